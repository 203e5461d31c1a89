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
import { asNumber, recencyFallsAt, rfmScores, scoredAt, type RfmMeasure } from './rfm-score.ts';

/** One of the three scores of a shopper; null: no orders in the window. Shown as all three: 543. */
export function rfmScore(measure: RfmMeasure, scale: RfmScale, surroundings: Surroundings): Feature {
  const { window, bounds } = scale;
  const facts = rfmFactsSql(scale, surroundings);
  const changesAt =
    measure === 'recency'
      ? sql`least(${recencyFallsSql(scale, facts, surroundings)}, ${facts.changesAt})`
      : facts.changesAt;
  return feature(PURCHASES, {
    about: {
      rfm: {
        measure,
        window,
        bounds: bounds[measure],
        ...(measure === 'monetary' ? { currency: scale.currency } : {}),
      },
    },
    wants: [{ since: sinceOf(window, surroundings) }],
    sql: {
      value: rfmScoresSql(scale, facts, surroundings)[measure],
      changesAt,
      none: NULL,
      counts: facts.within,
    },
    ofRows: (rows) => observed(rows, measure, scale, surroundings),
  });
}

/** Each score by itself, null without orders in the window: money is added up, returns and all, only where it is asked. */
export function rfmScoresSql(
  scale: RfmScale,
  facts: RfmFactsSql,
  { now }: Surroundings,
): Readonly<Record<RfmMeasure, Fragment>> {
  const { recency, frequency, monetary } = scale.bounds;
  const days = wholeDaysSql(facts.last, scoredAt(scale, now));
  const score = (points: Fragment) => sql`case when ${facts.last} is not null then ${points} end`;
  // Searches the sorted bounds for how many of them are reached; each value is written once, however many bounds.
  return {
    recency: score(sql`5 - width_bucket(${days}, ${recency.map((most) => most + 1)}::bigint[])`),
    frequency: score(sql`1 + width_bucket(${facts.orders}, ${[...frequency]}::bigint[])`),
    monetary: score(sql`1 + width_bucket(${facts.sum}, ${[...monetary]}::bigint[])`),
  };
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
function recencyFallsSql(scale: RfmScale, { last }: RfmFactsSql, { now }: Surroundings): Fragment {
  const { window, bounds } = scale;
  const days = wholeDaysSql(last, scoredAt(scale, now));
  const ends = window.kind === 'ABSOLUTE' ? (window.to ?? null) : null;
  const falls = bounds.recency.map((most) => {
    const at = plusDays(last, most + 1);
    const comes = ends === null ? sql`` : sql` and ${at} <= ${ends}::timestamptz`;
    return sql`when ${days} <= ${most}::bigint${comes} then ${at}`;
  });
  return sql`case ${sql.join(falls, sql` `)} end`;
}

function observed(
  rows: readonly Purchase[],
  measure: RfmMeasure,
  scale: RfmScale,
  surroundings: Surroundings,
) {
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
  const falls = measure === 'recency' ? recencyFallsAt(last, scale, surroundings.now) : null;
  return {
    value: scores[measure],
    changesAt: earliest([...edges, falls]),
    shown: asNumber(scores),
  };
}
