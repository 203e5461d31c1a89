import { programSettingsProblems } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, VersionConflict } from '../../platform/errors.ts';
import { forbiddenPath } from '../../platform/json-names.ts';
import { authorOf, lockOwnProgram } from './lock-program.ts';
import { publishWithin } from './publish-program-version.ts';
import { forgetPrograms } from './programs.ts';

/** Characters of JSON: several hundred rules. */
const LONGEST_SETTINGS = 300_000;

export interface DraftSave {
  programId: string;
  /** Of the draft as the editor last saw it; 0 where there never was one. */
  version: number;
  /** JSON; it need not be right yet. */
  settings: unknown;
}

/**
 * Keeps what is being written. Nothing earns by a draft, so it may be wrong, and only its publishing is noted in the
 * audit. @returns its new version
 * @throws InvalidInput where it cannot be kept @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function saveProgramDraft(
  ctx: Context,
  { programId, version, settings }: DraftSave,
): Promise<number> {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw invalid('settings', 'FORMAT', 'an object');
  const bad = forbiddenPath(settings);
  if (bad !== null)
    throw invalid(['settings', ...bad].join('.'), 'FORMAT', 'a text or name that cannot be kept');
  if (JSON.stringify(settings).length > LONGEST_SETTINGS)
    throw invalid('settings', 'RANGE', `may have ${LONGEST_SETTINGS} characters at most`);
  return inTransaction(ctx, async (tx) => {
    await lockOwnProgram(tx, programId);
    await demandDraft(tx, programId, version);
    return writeDraft(tx, { programId, version: version + 1, settings });
  });
}

/** Throws away what was being written. @throws VersionConflict @throws InvalidInput @throws RequestError FORBIDDEN */
export async function discardProgramDraft(
  ctx: Context,
  { programId, version }: { programId: string; version: number },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await lockOwnProgram(tx, programId);
    await demandDraft(tx, programId, version);
    await writeDraft(tx, { programId, version: version + 1, settings: null });
  });
}

export interface DraftPublishing {
  programId: string;
  /** Of the draft that was looked at. */
  version: number;
  /** Now where absent. */
  validFrom?: Date | null;
  note?: string | null;
}

/**
 * What is written becomes rules. @returns the id of the version
 * @throws InvalidInput with paths into the settings @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function publishProgramDraft(ctx: Context, publishing: DraftPublishing): Promise<string> {
  const { programId, version, validFrom, note } = publishing;
  const id = await inTransaction(ctx, async (tx) => {
    const program = await lockOwnProgram(tx, programId);
    const settings = await demandDraft(tx, programId, version);
    if (settings === null) throw invalid('version', 'UNKNOWN', 'there is no draft');
    await refuseForeignStores(tx, program.brandId, settings);
    await writeDraft(tx, { programId, version: version + 1, settings: null });
    return publishWithin(tx, {
      programId,
      // Judged by its content within.
      settings: settings as ProgramSettings,
      ...(validFrom ? { validFrom } : {}),
      note: note?.trim() || null,
    });
  });
  forgetPrograms(ctx.database);
  return id;
}

/** @returns the settings of the draft, null where nothing is written. @throws VersionConflict */
async function demandDraft(tx: Context, programId: string, version: number): Promise<unknown> {
  const draft = await tx.sql
    .selectFrom('program_draft')
    .leftJoin('staff', 'staff.id', 'program_draft.changed_by')
    .select(['settings', 'program_draft.version', 'staff.name', 'changed_at as changedAt'])
    .where('program_id', '=', programId)
    .executeTakeFirst();
  const now = draft?.version ?? 0;
  if (now !== version) {
    throw new VersionConflict({
      version: now,
      changedBy: draft?.name ?? null,
      changedAt: draft?.changedAt ?? null,
    });
  }
  return draft?.settings ?? null;
}

async function writeDraft(
  tx: Context,
  { programId, version, settings }: { programId: string; version: number; settings: unknown },
): Promise<number> {
  const row = {
    settings: settings === null ? null : JSON.stringify(settings),
    version,
    changed_by: authorOf(tx),
    changed_at: tx.clock.now(),
  };
  await tx.sql
    .insertInto('program_draft')
    .values({ program_id: programId, ...row })
    .onConflict((conflict) => conflict.column('program_id').doUpdateSet(row))
    .execute();
  return version;
}

/** Stores without a spending code are stores of the program's brand. Settings that are wrong otherwise are told later. */
async function refuseForeignStores(tx: Context, brandId: string, settings: unknown): Promise<void> {
  if (programSettingsProblems(settings).length > 0) return;
  const { neverAtStoreIds } = (settings as ProgramSettings).redemption.code;
  if (neverAtStoreIds.length === 0) return;
  const stores = await tx.sql
    .selectFrom('store')
    .select((eb) => eb.cast<string>('id', 'text').as('id'))
    .where('brand_id', '=', brandId)
    .execute();
  const known = new Set(stores.map(({ id }) => id));
  const index = neverAtStoreIds.findIndex((id) => !known.has(id));
  if (index >= 0)
    throw invalid(`settings.redemption.code.neverAtStoreIds.${index}`, 'UNKNOWN', 'no store of this brand');
}
