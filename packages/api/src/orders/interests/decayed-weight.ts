import { DAY_MS } from '@clientele/shared/time';
import { sql } from 'kysely';
import type { Fragment } from '../../segments/index.ts';

/** Days are counted from here; what was bought before weighs as on this day. */
const FIRST_DAY = Date.UTC(1990, 0, 1);
const UNIT = 2 ** 30;

/**
 * How much a purchase weighs: twice as much as one made `halfLifeDays` earlier. Weights are told from a fixed day on,
 * not from now, so that shares do not move with time and need no looking at again; and as whole numbers, so that the
 * database and TypeScript agree to the last digit.
 */
export function weightOf(occurredAt: Date, halfLifeDays: number): bigint {
  const days = Math.max(0, Math.floor((occurredAt.getTime() - FIRST_DAY) / DAY_MS));
  const within = BigInt(Math.round(UNIT * 2 ** ((days % halfLifeDays) / halfLifeDays)));
  return within << BigInt(Math.floor(days / halfLifeDays));
}

/** The same of a row's `occurred_at`, as numeric. */
export function weightSql(occurredAt: Fragment, halfLifeDays: number): Fragment {
  const withins = Array.from({ length: halfLifeDays }, (_, day) =>
    Math.round(UNIT * 2 ** (day / halfLifeDays)),
  );
  const days = sql`greatest(0, floor((extract(epoch from ${occurredAt}) * 1000 - ${FIRST_DAY}::bigint)
    / ${DAY_MS}::bigint)::int)`;
  return sql`((${withins}::bigint[])[1 + ${days} % ${halfLifeDays}::int]
    * power(2::numeric, (${days} / ${halfLifeDays}::int)::numeric))`;
}

const WHOLE = 10_000n;

/** Basis points, rounded down; null: nothing was paid in all. */
export function shareOf(part: bigint, all: bigint): number | null {
  return all === 0n ? null : Number((part * WHOLE) / all);
}

export function shareSql(part: Fragment, all: Fragment): Fragment {
  return sql`div(${part} * 10000, nullif(${all}, 0))::int`;
}
