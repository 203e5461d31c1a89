import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { callFunction } from '../database/call-function.ts';
import { hashContent } from '../database/idempotent.ts';
import type { InputProblem } from '../errors.ts';
import type { RecordStatus } from '../graphql/record-status.ts';
import { newId } from '../ids.ts';

export type IntakeKind = 'ORDERS' | 'RETURNS' | 'PROFILES' | 'PRODUCTS' | 'EVENTS' | 'BALANCES';

/** OPEN waits for somebody; CORRECTED: its source brought it right, or it was edited here and taken. */
export type RejectedState = 'OPEN' | 'REPLAYED' | 'CORRECTED' | 'DISMISSED';

/** What became of one record of a batch. */
export interface IntakeRecord {
  /** By what its source knows it; null: by what it is. */
  key: string | null;
  status: RecordStatus;
  problems: readonly InputProblem[];
  /** As it came: kept, sealed, where it could not be taken. */
  input: unknown;
}

export interface Intake {
  source: string;
  kind: IntakeKind;
  records: readonly IntakeRecord[];
  /** Keys that may tell of a person are kept as keyed hashes. */
  personalKeys?: boolean;
  /** Blind indexes of the identities in a record that is kept: it goes when one of them is erased. */
  about?: (input: unknown) => readonly string[];
}

interface Kept {
  key: string;
  record: IntakeRecord;
}

const REFUSED: ReadonlySet<RecordStatus> = new Set(['REJECTED', 'CONFLICT']);

/**
 * Tells the exchange monitor what a source brought: counts, and every record that could not be taken, so that nothing
 * is dropped silently. One statement a batch, in the batch's own transaction.
 */
export async function reportIntake(ctx: Context, intake: Intake): Promise<void> {
  const { source, kind, records } = intake;
  if (records.length === 0 || ctx.replaying === true) return;
  // Of records with one key the last one counts.
  const last = new Map<string, Kept>();
  for (const record of records) {
    const key = keyOf(ctx, intake, record);
    last.set(key, { key, record });
  }
  const kept = [...last.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const count = (statuses: readonly RecordStatus[]): number =>
    records.filter(({ status }) => statuses.includes(status)).length;
  await callFunction(ctx.sql, 'report_intake', {
    id: newId(),
    source,
    kind,
    now: ctx.clock.now(),
    accepted: count(['CREATED', 'UPDATED', 'WAITING']),
    unchanged: count(['UNCHANGED']),
    refused: count(['REJECTED', 'CONFLICT']),
    failure: null,
    good: kept.filter(({ record }) => !REFUSED.has(record.status)).map(({ key }) => key),
    bad: kept.filter(({ record }) => REFUSED.has(record.status)).map((one) => refused(ctx, intake, one)),
  });
}

function refused(ctx: Context, { about }: Intake, { key, record }: Kept): Record<string, unknown> {
  const { status, problems, input } = record;
  return {
    id: newId(),
    key,
    content: ctx.vault.seal(JSON.stringify(input)),
    status,
    problems: problems.map((problem) => ({ ...problem, path: problem.path.map(storable) })),
    about: about?.(input) ?? [],
  };
}

function keyOf(ctx: Context, { kind, personalKeys }: Intake, { key, input }: IntakeRecord): string {
  const own = key === null || key === '' ? hashContent(input) : key;
  return personalKeys === true ? ctx.vault.index(`intake:${kind}`, own) : storable(own.slice(0, 300));
}

/** What is wrong with a record may be that the database cannot hold it: NUL and halves of a sign are shown by others. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\u2400').toWellFormed();
}

export interface IntakeCounts {
  source: string;
  kind: IntakeKind;
  accepted: number;
  unchanged: number;
  refused: number;
  /** A code, where nothing could be brought at all. */
  failure?: string;
}

/** The counts alone, of an import whose refused rows stand in a file of its own, or of a visit that failed. */
export async function reportCounts(ctx: Context, counts: IntakeCounts): Promise<void> {
  await callFunction(ctx.sql, 'report_intake', {
    failure: null,
    ...counts,
    id: newId(),
    now: ctx.clock.now(),
    good: [],
    bad: [],
  });
}

/** Records that hold an erased person's identities go whole. @returns how many */
export async function forgetRejectedAbout(ctx: Context, blindIndexes: readonly string[]): Promise<number> {
  if (blindIndexes.length === 0) return 0;
  const gone = await ctx.sql
    .deleteFrom('rejected_record')
    .where(sql<boolean>`about && ${blindIndexes}::text[]`)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}
