import type { ProgramSettings } from '@clientele/shared/receipt';
import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { insertVersion, refuseBadSettings } from './create-program.ts';
import { forgetPrograms } from './programs.ts';

export interface NewProgramVersion {
  programId: string;
  settings: ProgramSettings;
  /** Now or later, and after every version there is; now where absent. */
  validFrom?: Date;
}

/**
 * New rules from a moment on. What was published stays: purchases made before keep their rules, however late they are
 * recorded. @returns the id of the version
 * @throws InvalidInput
 */
export async function publishProgramVersion(ctx: Context, input: NewProgramVersion): Promise<string> {
  const problems = new InputProblems();
  refuseBadSettings(problems, input.settings);
  problems.refuseAny();
  const now = ctx.clock.now();
  const validFrom = input.validFrom ?? now;
  if (validFrom < now) throw invalid('validFrom', 'RANGE', 'rules of the past cannot be changed');
  const id = await inTransaction(ctx, async (tx) => {
    const last = await lockLastVersion(tx, input);
    if (last.validFrom >= validFrom) throw invalid('validFrom', 'RANGE', 'a later version is there already');
    await audit(tx, { action: 'program.published', subject: `program:${input.programId}` });
    await writeEvent(tx, {
      kind: 'program.changed',
      profileId: null,
      payload: { programId: input.programId },
    });
    return insertVersion(tx, {
      programId: input.programId,
      number: last.number + 1,
      settings: input.settings,
      validFrom,
    });
  });
  forgetPrograms(ctx.database);
  return id;
}

/** Two publishers at once wait for each other. */
async function lockLastVersion(
  tx: Context,
  { programId, settings }: NewProgramVersion,
): Promise<{ number: number; validFrom: Date }> {
  const program = await tx.sql
    .selectFrom('program')
    .select(['timezone', 'fiscal_mode'])
    .where('id', '=', programId)
    .forUpdate()
    .executeTakeFirst();
  if (program === undefined) throw invalid('programId', 'UNKNOWN', 'no such program');
  // Days of expiry and the reading of taxes are the program's own: points of several versions share a balance.
  if (program.timezone !== settings.timezone) {
    throw invalid('settings.timezone', 'MISMATCH', `the program's zone is ${program.timezone}`);
  }
  if (program.fiscal_mode !== settings.fiscalMode) {
    throw invalid('settings.fiscalMode', 'MISMATCH', `the program's mode is ${program.fiscal_mode}`);
  }
  const last = await tx.sql
    .selectFrom('program_version')
    .select(['number', 'valid_from as validFrom'])
    .where('program_id', '=', programId)
    .orderBy('valid_from', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return last;
}
