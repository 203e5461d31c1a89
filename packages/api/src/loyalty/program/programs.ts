import type { ProgramSettings } from '@clientele/shared/receipt';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';

export type ProgramMode = 'OFF' | 'EARN_ONLY' | 'LIVE';

export interface ProgramVersionRecord {
  readonly id: string;
  readonly number: number;
  readonly settings: ProgramSettings;
  readonly validFrom: Date;
}

export interface ProgramRecord {
  readonly id: string;
  readonly brandId: string;
  readonly name: string;
  /** As set by staff; what holds at a moment is `modeAt`. */
  readonly mode: ProgramMode;
  readonly liveAt: Date | null;
  readonly timezone: string;
  readonly fiscalMode: 'DISCOUNT' | 'PAYMENT';
  /** Of mode, instant and name: see VersionConflict. */
  readonly version: number;
  /** The latest first, without those withdrawn before they began. */
  readonly versions: readonly ProgramVersionRecord[];
}

type ProgramContext = Pick<Context, 'database' | 'clock'>;

/** A program changed by another process is seen after this time at most; changed here, at once. */
export const REMEMBER_MS = 1_000;

const remembered = new WeakMap<Database, { programs: Promise<readonly ProgramRecord[]>; until: number }>();

/** Every program with all its versions, oldest program first: few rows, needed by every preview. */
export function allPrograms(ctx: ProgramContext): Promise<readonly ProgramRecord[]> {
  const now = ctx.clock.now().getTime();
  const known = remembered.get(ctx.database);
  if (known !== undefined && known.until > now) return known.programs;
  const programs = readPrograms(ctx.database);
  remembered.set(ctx.database, { programs, until: now + REMEMBER_MS });
  programs.catch(() => forgetPrograms(ctx.database));
  return programs;
}

/** After a change, once it is committed. */
export function forgetPrograms(database: Database): void {
  remembered.delete(database);
}

export async function findProgram(ctx: ProgramContext, id: string): Promise<ProgramRecord | null> {
  return (await allPrograms(ctx)).find((program) => program.id === id) ?? null;
}

/** The program whose points a brand's tills give and take: its oldest that is not switched off. */
export async function programOfBrand(ctx: ProgramContext, brandId: string): Promise<ProgramRecord | null> {
  const ofBrand = (await allPrograms(ctx)).filter((program) => program.brandId === brandId);
  return ofBrand.find((program) => program.mode !== 'OFF') ?? ofBrand[0] ?? null;
}

/** The version that holds at a moment; null before the first. An order keeps the one it used. */
export function versionAt(program: ProgramRecord, at: Date): ProgramVersionRecord | null {
  return program.versions.find((version) => version.validFrom <= at) ?? null;
}

/** EARN_ONLY: orders attach and earn, nothing is spent. LIVE from `liveAt` on, in every store at once. */
export function modeAt({ mode, liveAt }: Pick<ProgramRecord, 'mode' | 'liveAt'>, at: Date): ProgramMode {
  if (mode === 'OFF') return 'OFF';
  if (liveAt !== null) return liveAt <= at ? 'LIVE' : 'EARN_ONLY';
  return mode;
}

async function readPrograms(database: Database): Promise<ProgramRecord[]> {
  const [programs, versions] = await Promise.all([
    database.sql.selectFrom('program').selectAll().orderBy('created_at').orderBy('id').execute(),
    database.sql
      .selectFrom('program_version')
      .select(['id', 'program_id', 'number', 'settings', 'valid_from'])
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('program_withdrawal')
              .whereRef('program_withdrawal.version_id', '=', 'program_version.id'),
          ),
        ),
      )
      .orderBy('valid_from', 'desc')
      .execute(),
  ]);
  return programs.map((program) => ({
    id: program.id,
    brandId: program.brand_id,
    name: program.name,
    mode: program.mode,
    liveAt: program.live_at,
    timezone: program.timezone,
    fiscalMode: program.fiscal_mode,
    version: program.version,
    versions: versions
      .filter((version) => version.program_id === program.id)
      .map(({ id, number, settings, valid_from }) => ({ id, number, settings, validFrom: valid_from })),
  }));
}
