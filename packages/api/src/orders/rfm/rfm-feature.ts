import { DAY_MS } from '@clientele/shared/time';
import { sql } from 'kysely';
import {
  earliest,
  feature,
  NULL,
  plusDays,
  sinceOf,
  withinMoments,
  withinMomentsSql,
  type Feature,
  type Fragment,
  type RfmScale,
  type Surroundings,
} from '../../segments/index.ts';
import type { Purchase } from '../segment-leaves/purchase.ts';
import { PURCHASES } from '../segment-leaves/purchases-source.ts';
import { asNumber, recencyFallsAt, rfmScores, scoredAt } from './rfm-score.ts';

/** The three scores of a shopper as one number, 543; null: no orders in the window. */
export function rfmScore(scale: RfmScale, surroundings: Surroundings): Feature {
  const { window, currency, bounds } = scale;
  const facts = rfmFactsSql(scale, surroundings);
  const days = wholeDaysSql(facts.last, scoredAt(scale, surroundings.now));
  // Searches the sorted bounds for how many of them are reached; each value is written once, however many bounds.
  const scores = sql`case when ${facts.last} is not null then
      100 * (5 - width_bucket(${days}, ${bounds.recency.map((most) => most + 1)}::bigint[]))
      + 10 * (1 + width_bucket(${facts.orders}, ${[...bounds.frequency]}::bigint[]))
      + 1 + width_bucket(${facts.sum}, ${[...bounds.monetary]}::bigint[]) end`;
  return feature(PURCHASES, {
    about: { rfm: { window, currency, bounds } },
    wants: [{ since: sinceOf(window, surroundings) }],
    sql: {
      value: scores,
      changesAt: sql`least(${recencyFallsSql(scale, facts.last, days)}, ${facts.changesAt})`,
      none: NULL,
      counts: facts.within,
    },
    ofRows: (rows) => observed(rows, scale, surroundings),
  });
}

export interface RfmFactsSql {
  /** Whether a row lies in the window. */
  readonly within: Fragment;
  readonly last: Fragment;
  readonly orders: Fragment;
  readonly sum: Fragment;
  /** When an order enters or leaves the window. */
  readonly changesAt: Fragment;
}

/** RFM's own definitions over rows `r` of purchases: last order, number and sum within the window. */
export function rfmFactsSql(
  { window, currency }: Pick<RfmScale, 'window' | 'currency'>,
  surroundings: Surroundings,
): RfmFactsSql {
  const { within, changesAt } = withinMomentsSql(window, sql`r.occurred_at`, sql`r.zone`, surroundings);
  return {
    within,
    last: sql`max(r.occurred_at) filter (where ${within})`,
    orders: sql`count(*) filter (where ${within})`,
    sum: sql`coalesce(sum(r.paid) filter (where ${within} and r.currency = ${currency}), 0)::bigint`,
    changesAt: changesAt === null ? sql`null::timestamptz` : sql`min(${changesAt})`,
  };
}

/** Whole days of 24 hours, to the millisecond as clocks here tell it. */
export function wholeDaysSql(from: Fragment, to: Date): Fragment {
  return sql`floor((${to.getTime()}::bigint - floor(extract(epoch from ${from}) * 1000)) / ${DAY_MS}::bigint)::bigint`;
}

/** A moment that comes after the window's end changes nothing; looked at then, it would be told again without end. */
function recencyFallsSql({ window, bounds }: RfmScale, last: Fragment, days: Fragment): Fragment {
  const ends = window.kind === 'ABSOLUTE' ? (window.to ?? null) : null;
  const falls = bounds.recency.map((most) => {
    const at = plusDays(last, most + 1);
    const comes = ends === null ? sql`` : sql` and ${at} <= ${ends}::timestamptz`;
    return sql`when ${days} <= ${most}::bigint${comes} then ${at}`;
  });
  return sql`case ${sql.join(falls, sql` `)} end`;
}

function observed(rows: readonly Purchase[], scale: RfmScale, surroundings: Surroundings) {
  const { window, currency, bounds } = scale;
  const found = rows.map((row) => ({
    ...row,
    ...withinMoments(window, row.occurredAt, row.zone, surroundings),
  }));
  const edges = found.map(({ changesAt }) => changesAt);
  const counted = found.filter(({ within }) => within);
  const lastOne = Math.max(...counted.map(({ occurredAt }) => occurredAt.getTime()));
  if (counted.length === 0) return { value: null, changesAt: earliest(edges) };
  const last = new Date(lastOne);
  const sum = counted
    .filter((purchase) => purchase.currency === currency)
    .reduce((total, { paid }) => total + paid, 0);
  const scores = rfmScores({ last, orders: counted.length, sum }, bounds, scoredAt(scale, surroundings.now));
  return {
    value: asNumber(scores),
    changesAt: earliest([...edges, recencyFallsAt(last, scale, surroundings.now)]),
  };
}
