import type { Moments } from '@clientele/shared/segments';
import { DAY_MS } from '@clientele/shared/time';
import { sql } from 'kysely';
import type { Fragment } from '../../segments/index.ts';

/** After so many half-lives a purchase tells nothing any more. */
const HALF_LIVES = 30;
/** A hundred years. */
const LONGEST_DAYS = 36_500;
/** Days are counted from here, in UTC. */
const FIRST_DAY = '1900-01-01';
const UNIT = 2 ** 20;
/** Of purchases dated ahead; weights stay within 64 bits. */
const MOST_DOUBLINGS = 40;

/** Purchases that weigh anything. */
export function weighing(halfLifeDays: number): Moments {
  return { kind: 'ROLLING', days: Math.min(HALF_LIVES * halfLifeDays, LONGEST_DAYS) };
}

/**
 * How much a purchase weighs: twice as much as one made `halfLifeDays` earlier. Weights are whole numbers, so that the
 * database and TypeScript agree to the last digit. They are told from a day some half-lives before all that weighs: that
 * day moves on with time, but all weights are halved by it exactly, so that shares stay as they are.
 */
export function weightOf(occurredAt: Date, halfLifeDays: number, now: Date): bigint {
  const days = Math.floor((occurredAt.getTime() - Date.parse(FIRST_DAY)) / DAY_MS);
  const doublings = Math.floor(days / halfLifeDays) - startOf(halfLifeDays, now);
  const within = BigInt(withinHalfLife(days % halfLifeDays, halfLifeDays));
  return within << BigInt(Math.min(doublings, MOST_DOUBLINGS));
}

/** The same of a row's `occurred_at`, as bigint. */
export function weightSql(occurredAt: Fragment, halfLifeDays: number, now: Date): Fragment {
  const withins = Array.from({ length: halfLifeDays }, (_, day) => withinHalfLife(day, halfLifeDays));
  const days = sql`((${occurredAt} at time zone 'UTC')::date - ${FIRST_DAY}::date)`;
  return sql`((${withins}::bigint[])[1 + ${days} % ${halfLifeDays}::int]
    << least(${days} / ${halfLifeDays}::int - ${startOf(halfLifeDays, now)}::int, ${MOST_DOUBLINGS}::int))`;
}

/** Half-lives from the first day to before everything that weighs. */
function startOf(halfLifeDays: number, now: Date): number {
  const days = Math.floor((now.getTime() - Date.parse(FIRST_DAY)) / DAY_MS);
  return Math.floor(days / halfLifeDays) - HALF_LIVES - 1;
}

function withinHalfLife(day: number, halfLifeDays: number): number {
  return Math.round(UNIT * 2 ** (day / halfLifeDays));
}

const WHOLE = 10_000n;

/** Basis points, rounded down; null: nothing was paid in all. */
export function shareOf(part: bigint, all: bigint): number | null {
  return all === 0n ? null : Number((part * WHOLE) / all);
}

export function shareSql(part: Fragment, all: Fragment): Fragment {
  return sql`div(${part} * 10000, nullif(${all}, 0))::int`;
}
