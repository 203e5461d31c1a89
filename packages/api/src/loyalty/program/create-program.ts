import { programSettingsProblems } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';
import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { authorOf } from './lock-program.ts';
import { forgetPrograms, type ProgramMode } from './programs.ts';

export interface NewProgram {
  brandId: string;
  name: string;
  mode: ProgramMode;
  /** For LIVE the present moment where absent; for EARN_ONLY: becomes LIVE by itself then. */
  liveAt?: Date | null;
  settings: ProgramSettings;
  /** Of the first version; may lie in the past, so that older purchases earn by it. The present moment where absent. */
  validFrom?: Date;
}

/**
 * A program with its first version. @returns its id
 * @throws InvalidInput by the path of what is wrong in the settings
 */
export async function createProgram(ctx: Context, input: NewProgram): Promise<string> {
  const { brandId, mode, settings } = input;
  const problems = new InputProblems();
  const name = problems.text(input.name, ['name'], 200);
  refuseBadSettings(problems, settings);
  problems.refuseAny();
  const now = ctx.clock.now();
  const id = newId();
  await inTransaction(ctx, async (tx) => {
    await tx.sql
      .insertInto('program')
      .values({
        id,
        brand_id: brandId,
        name: name ?? '',
        mode,
        live_at: input.liveAt ?? (mode === 'LIVE' ? now : null),
        timezone: settings.timezone,
        fiscal_mode: settings.fiscalMode,
        created_at: now,
        version: 1,
      })
      .execute();
    await insertVersion(tx, { programId: id, number: 1, settings, validFrom: input.validFrom ?? now });
    await audit(tx, { action: 'program.created', subject: `program:${id}` });
  });
  forgetPrograms(ctx.database);
  return id;
}

export function refuseBadSettings(problems: InputProblems, settings: unknown): void {
  for (const { path, code, message } of programSettingsProblems(settings)) {
    problems.add(['settings', ...path], code, message);
  }
}

/** @returns the id of the version */
export async function insertVersion(
  tx: Context,
  version: {
    programId: string;
    number: number;
    settings: ProgramSettings;
    validFrom: Date;
    note?: string | null;
  },
): Promise<string> {
  const id = newId();
  await tx.sql
    .insertInto('program_version')
    .values({
      id,
      program_id: version.programId,
      number: version.number,
      settings: version.settings,
      valid_from: version.validFrom,
      author_id: authorOf(tx),
      note: version.note ?? null,
      created_at: tx.clock.now(),
    })
    .execute();
  return id;
}
