import { programSettingsProblems, type Problem, type ProgramSettings } from '@clientele/shared/receipt';
import type { Context } from '../../platform/context.ts';
import type { ProgramRecord } from './programs.ts';

export interface VersionRecord {
  number: number;
  settings: ProgramSettings;
  validFrom: Date;
  createdAt: Date;
  note: string | null;
  author: string | null;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  /** HOLDS now; PLANNED for later; PAST; WITHDRAWN before it began. */
  state: 'HOLDS' | 'PLANNED' | 'PAST' | 'WITHDRAWN';
}

/** Every version ever published, the latest number first, with who and why. */
export async function readVersions(
  ctx: Pick<Context, 'sql' | 'clock'>,
  program: Pick<ProgramRecord, 'id'>,
): Promise<VersionRecord[]> {
  const rows = await ctx.sql
    .selectFrom('program_version')
    .leftJoin('program_withdrawal', 'program_withdrawal.version_id', 'program_version.id')
    .leftJoin('staff as author', 'author.id', 'program_version.author_id')
    .leftJoin('api_key as key', 'key.id', 'program_version.author_id')
    .leftJoin('staff as withdrawer', 'withdrawer.id', 'program_withdrawal.author_id')
    .select([
      'number',
      'settings',
      'valid_from as validFrom',
      'program_version.created_at as createdAt',
      'note',
    ])
    .select(['author.name as staffName', 'key.name as keyName', 'withdrawer.name as withdrawnBy'])
    .select('program_withdrawal.created_at as withdrawnAt')
    .where('program_id', '=', program.id)
    .orderBy('number', 'desc')
    .execute();
  const now = ctx.clock.now();
  const begun = rows.filter(({ withdrawnAt, validFrom }) => withdrawnAt === null && validFrom <= now);
  const holds = Math.max(...begun.map(({ validFrom }) => validFrom.getTime()));
  return rows.map(({ staffName, keyName, ...row }) => ({
    ...row,
    author: staffName ?? keyName,
    state: stateOf(row, now, holds),
  }));
}

function stateOf(
  { withdrawnAt, validFrom }: Pick<VersionRecord, 'withdrawnAt' | 'validFrom'>,
  now: Date,
  holds: number,
): VersionRecord['state'] {
  if (withdrawnAt !== null) return 'WITHDRAWN';
  if (validFrom > now) return 'PLANNED';
  return validFrom.getTime() === holds ? 'HOLDS' : 'PAST';
}

export interface DraftRecord {
  version: number;
  /** Null: nothing is being written. */
  settings: unknown;
  /** What keeps it from being published. */
  problems: readonly Problem[];
  changedBy: string | null;
  changedAt: Date | null;
}

export async function readDraft(
  ctx: Pick<Context, 'sql'>,
  program: Pick<ProgramRecord, 'id'>,
): Promise<DraftRecord> {
  const row = await ctx.sql
    .selectFrom('program_draft')
    .leftJoin('staff', 'staff.id', 'program_draft.changed_by')
    .select(['program_draft.version', 'settings', 'staff.name as changedBy', 'changed_at as changedAt'])
    .where('program_id', '=', program.id)
    .executeTakeFirst();
  if (row === undefined)
    return { version: 0, settings: null, problems: [], changedBy: null, changedAt: null };
  return { ...row, problems: row.settings === null ? [] : programSettingsProblems(row.settings) };
}

/** Currencies of the brand's stores in use, the most stores first; those of the rules where it has none. */
export async function currenciesOf(
  ctx: Pick<Context, 'sql'>,
  program: Pick<ProgramRecord, 'brandId' | 'versions'>,
): Promise<string[]> {
  const rows = await ctx.sql
    .selectFrom('store')
    .select('currency')
    .where('brand_id', '=', program.brandId)
    .where('archived_at', 'is', null)
    .groupBy('currency')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('currency')
    .execute();
  if (rows.length > 0) return rows.map(({ currency }) => currency);
  return Object.keys(program.versions[0]?.settings.pointValueMinor ?? {});
}
