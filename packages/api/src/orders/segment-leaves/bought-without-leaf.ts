import { DAY_MS } from '@clientele/shared/time';
import { sql } from 'kysely';
import {
  allOf,
  daysBefore,
  earliest,
  feature,
  isTrue,
  plusDays,
  sinceOf,
  withinMoments,
  withinMomentsSql,
  type LeafKind,
} from '../../segments/index.ts';
import { missingInPurchases } from './missing-in-purchases.ts';
import { meantPurchase, meantSql, wantsOf } from './purchase-filter.ts';
import { PURCHASES } from './purchases-source.ts';

/** Bought one thing and in good time not the other. */
export const boughtWithout: LeafKind<'BOUGHT_WITHOUT'> = {
  code: 'BOUGHT_WITHOUT',
  question: ({ first, without, days, moments }, surroundings) => {
    const at = sql`r.occurred_at`;
    const isFirst = meantSql(first);
    const { within, changesAt } = withinMomentsSql(moments, at, sql`r.zone`, surroundings);
    // What is bought without another is bought before it.
    const since = sinceOf(moments, surroundings);
    const latest = daysBefore(surroundings.now, days);
    const firsts = sql`array_agg(${at}) filter (where ${allOf([isFirst, within, sql`${at} <= ${latest}::timestamptz`])})`;
    const others = sql`array_agg(${at}) filter (where ${meantSql(without)})`;
    const ends = sql`case when ${at} > ${latest}::timestamptz then ${plusDays(at, days)} end`;
    const meantFirst = meantPurchase(first);
    const meantOther = meantPurchase(without);
    return isTrue(
      feature(PURCHASES, {
        about: { first, without, days, moments },
        wants: [...wantsOf(first, since), ...wantsOf(without, since)],
        sql: {
          value: sql`exists (select from unnest(${firsts}) bought (at)
            where not exists (select from unnest(${others}) other (at)
              where other.at >= bought.at and other.at <= ${plusDays(sql`bought.at`, days)}))`,
          changesAt: sql`min(least(${changesAt ?? sql`null::timestamptz`}, ${ends})) filter (where ${isFirst})`,
          none: sql`false`,
        },
        ofRows: (rows) => {
          const otherTimes = rows
            .filter((row) => meantOther(row) !== null)
            .map((row) => row.occurredAt.getTime());
          const bought = rows
            .filter((row) => meantFirst(row) !== null)
            .map((row) => {
              const from = row.occurredAt.getTime();
              const end = new Date(from + days * DAY_MS);
              const window = withinMoments(moments, row.occurredAt, row.zone, surroundings);
              const isOver = end <= surroundings.now;
              const alone = !otherTimes.some((other) => other >= from && other <= end.getTime());
              return {
                end,
                holds: window.within && isOver && alone,
                changesAt: earliest([window.changesAt, isOver ? null : end]),
              };
            });
          const found = bought.find(({ holds }) => holds);
          return {
            value: found !== undefined,
            changesAt: earliest(bought.map((one) => one.changesAt)),
            shown: found?.end ?? null,
          };
        },
      }),
    );
  },
  missing: (ctx, { first, without }, surroundings) => missingInPurchases(ctx, [first, without], surroundings),
};
