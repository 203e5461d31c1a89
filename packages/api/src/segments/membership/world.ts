import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/** A segment as it is computed now. */
export interface LiveSegment {
  readonly id: string;
  readonly number: number;
  readonly condition: Condition;
  /** Something it names is gone: its members stay as they are. */
  readonly frozen: boolean;
}

/** Segments computed together: those that name others see them by the same conditions. */
export interface World {
  readonly segments: readonly LiveSegment[];
  /** By id: for conditions that name others. */
  readonly conditions: ReadonlyMap<string, Condition>;
}

export interface Worlds {
  /** What membership is now. */
  readonly live: World;
  /** What is worked out beside it, under numbers of its own, until the swap; null: nothing. */
  readonly next: World | null;
}

/** While somebody computes, nobody swaps; the number is arbitrary, only equal everywhere. */
const WORLD_LOCK = 4_117_260_012;

/** What there is to compute stays until the transaction ends. */
export async function holdWorlds(tx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${WORLD_LOCK})`.execute(tx.sql);
}

/** Nobody computes until the transaction ends: what segments are may change. */
export async function stopWorlds(tx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(${WORLD_LOCK})`.execute(tx.sql);
}

export async function readWorlds(ctx: Pick<Context, 'sql'>): Promise<Worlds> {
  const rows = await ctx.sql
    .selectFrom('segment')
    .select(['id', 'number', 'next_number', 'condition', 'live_condition', 'state'])
    .where((eb) => eb.or([eb('live_condition', 'is not', null), eb('next_number', 'is not', null)]))
    .orderBy('id')
    .execute();
  const live = rows.flatMap(({ id, number, live_condition: condition, state }) =>
    condition === null ? [] : [{ id, number, condition, frozen: state === 'NEEDS_ATTENTION' }],
  );
  const next = rows.flatMap(({ id, next_number: number, condition }) =>
    number === null ? [] : [{ id, number, condition, frozen: false }],
  );
  const conditions = conditionsOf(live);
  return {
    live: { segments: live, conditions },
    next:
      next.length === 0
        ? null
        : { segments: next, conditions: new Map([...conditions, ...conditionsOf(next)]) },
  };
}

function conditionsOf(segments: readonly LiveSegment[]): Map<string, Condition> {
  return new Map(segments.map(({ id, condition }) => [id, condition]));
}

/** Every number that means something; whatever else stands in `profile_segment` is left over. */
export function numbersOf({ live, next }: Worlds): number[] {
  return [...live.segments, ...(next?.segments ?? [])].map(({ number }) => number);
}
