import type { ProgramSettings } from '@clientele/shared/receipt';
import { audit, differences } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { insertVersion, refuseBadSettings } from './create-program.ts';
import { lockProgram, type LockedProgram } from './lock-program.ts';
import { forgetPrograms } from './programs.ts';

export interface NewProgramVersion {
  programId: string;
  settings: ProgramSettings;
  /** Now or later; now where absent. A version that is planned for after it still takes over then. */
  validFrom?: Date;
  /** Why, for those who read the list of versions. */
  note?: string | null;
}

const LONGEST_NOTE = 500;

/**
 * New rules from a moment on. What was published stays: purchases made before keep their rules, however late they are
 * recorded. @returns the id of the version
 * @throws InvalidInput
 */
export async function publishProgramVersion(ctx: Context, input: NewProgramVersion): Promise<string> {
  const id = await inTransaction(ctx, (tx) => publishWithin(tx, input));
  forgetPrograms(ctx.database);
  return id;
}

/** The same in a transaction of the caller, who then forgets the programs. */
export async function publishWithin(tx: Context, input: NewProgramVersion): Promise<string> {
  const problems = new InputProblems();
  refuseBadSettings(problems, input.settings);
  const note = input.note ? problems.exact(input.note, ['note'], { max: LONGEST_NOTE, lines: true }) : null;
  problems.refuseAny();
  const { programId, settings } = input;
  const now = tx.clock.now();
  const validFrom = input.validFrom ?? now;
  if (validFrom < now) throw invalid('validFrom', 'RANGE', 'rules of the past cannot be changed');
  const program = await lockProgram(tx, programId);
  demandSameFrame(program, settings);
  const before = await settingsAt(tx, programId, validFrom);
  const number = (await lastNumber(tx, programId)) + 1;
  await audit(tx, {
    action: 'program.published',
    subject: `program:${programId}`,
    facts: { number, validFrom, ...differences(before ?? {}, { ...settings }) },
  });
  await writeEvent(tx, { kind: 'program.changed', profileId: null, payload: { programId } });
  return insertVersion(tx, { programId, number, settings, validFrom, note: note ?? null });
}

/** Days of expiry and the reading of taxes are the program's own: points of several versions share a balance. */
function demandSameFrame(program: LockedProgram, settings: ProgramSettings): void {
  if (program.timezone !== settings.timezone) {
    throw invalid('settings.timezone', 'MISMATCH', `the program's zone is ${program.timezone}`);
  }
  if (program.fiscalMode !== settings.fiscalMode) {
    throw invalid('settings.fiscalMode', 'MISMATCH', `the program's mode is ${program.fiscalMode}`);
  }
}

/** The rules that would hold at that moment otherwise. @throws InvalidInput where others begin at that very moment */
async function settingsAt(
  tx: Context,
  programId: string,
  at: Date,
): Promise<Record<string, unknown> | undefined> {
  const version = await tx.sql
    .selectFrom('program_version')
    .leftJoin('program_withdrawal', 'program_withdrawal.version_id', 'program_version.id')
    .select(['settings', 'valid_from as validFrom'])
    .where('program_id', '=', programId)
    .where('valid_from', '<=', at)
    .where('program_withdrawal.version_id', 'is', null)
    .orderBy('valid_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (version?.validFrom.getTime() === at.getTime())
    throw invalid('validFrom', 'DUPLICATE', 'other rules begin at this moment');
  return version && { ...version.settings };
}

async function lastNumber(tx: Context, programId: string): Promise<number> {
  const { last } = await tx.sql
    .selectFrom('program_version')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('program_id', '=', programId)
    .executeTakeFirstOrThrow();
  return last;
}
