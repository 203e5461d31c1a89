import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import {
  EVERYBODY,
  persons,
  readSurroundings,
  type Fragment,
  type RfmBounds,
  type RfmCell,
  type RfmScale,
  type Surroundings,
} from '../../segments/index.ts';
import { PURCHASES } from '../segment-leaves/purchases-source.ts';
import { rfmFactsSql, rfmScoresSql, wholeDaysSql } from './rfm-feature.ts';
import { scoredAt } from './rfm-score.ts';

/** Of whoever bought nothing at all: the first buyers are the best ones. */
const NO_BUYERS: RfmBounds = { recency: [0, 0, 0, 0], frequency: [2, 2, 2, 2], monetary: [1, 1, 1, 1] };

/**
 * Bounds that cut all buyers into fifths, for each of the three measures alone. Whoever is better than a fifth of all
 * buyers by orders or money scores 2, better than two fifths 3, and so on: equal values always share a score, and the
 * lowest value scores 1 however many have it. By recency the other way round: whom more than a fifth of all outdo scores 4
 * at most, so the latest day scores 5 however many bought on it.
 */
export async function quintileBounds(
  ctx: Context,
  model: Pick<RfmScale, 'window' | 'currency'>,
): Promise<RfmBounds> {
  const surroundings = await readSurroundings(ctx, new Map());
  const facts = rfmFactsSql(model, surroundings);
  const days = wholeDaysSql(facts.last, scoredAt(model, surroundings.now));
  const { rows } = await sql<{ people: number; recency: number[]; frequency: number[]; monetary: number[] }>`
    select people, ${fifths('days')} as recency, ${fifths('orders')} as frequency, ${fifths('sums')} as monetary
    from (select count(*)::int as people, array_agg(buyer.days order by buyer.days) as days,
        array_agg(buyer.orders order by buyer.orders) as orders, array_agg(buyer.sum order by buyer.sum) as sums
      from (select ${days} as days, ${facts.orders} as orders, ${facts.sum} as sum
        from (${purchasesOfPersons(surroundings)}) r group by r.profile_id
        having ${facts.last} is not null) buyer) sorted`.execute(ctx.sql);
  const [row] = rows;
  if (row === undefined || row.people === 0) return NO_BUYERS;
  return {
    recency: row.recency.map(Number),
    frequency: row.frequency.map((most) => Number(most) + 1),
    monetary: row.monetary.map((most) => Number(most) + 1),
  };
}

/** The value of the last buyer of each fifth but the best, in whole numbers: a fraction of a float may miss it by one. */
function fifths(sorted: 'days' | 'orders' | 'sums'): Fragment {
  const cuts = [1, 2, 3, 4].map((fifth) => sql`(${sql.raw(sorted)})[(people * ${fifth}::int + 4) / 5]`);
  return sql`array[${sql.join(cuts)}]`;
}

/** Everybody with a score, by the same scores that segments ask for. */
export async function countCells(ctx: Context, scale: RfmScale): Promise<RfmCell[]> {
  const surroundings = await readSurroundings(ctx, new Map());
  const facts = rfmFactsSql(scale, surroundings);
  const { recency, frequency, monetary } = rfmScoresSql(scale, facts, surroundings);
  const { rows } = await sql<RfmCell>`
    select r, f, m, count(*)::int as people, sum(sum)::bigint as sum
    from (select ${recency} as r, ${frequency} as f, ${monetary} as m, ${facts.sum} as sum
      from (${purchasesOfPersons(surroundings)}) r group by r.profile_id) buyer
    where r is not null group by r, f, m order by r, f, m`.execute(ctx.sql);
  return rows;
}

function purchasesOfPersons(surroundings: Surroundings): Fragment {
  return sql`select purchase.* from (${PURCHASES.rows(EVERYBODY, [], surroundings)}) purchase
    join (${persons(EVERYBODY)}) person on person.id = purchase.profile_id`;
}
