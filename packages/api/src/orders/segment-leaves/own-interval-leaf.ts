import { sql } from 'kysely';
import { feature, isTrue, type LeafKind } from '../../segments/index.ts';
import { missingInPurchases } from './missing-in-purchases.ts';
import { meantPurchase, meantSql, wantsOf } from './purchase-filter.ts';
import { PURCHASES } from './purchases-source.ts';

const LEAST_PURCHASES = 3;
const WHOLE = 10_000;

/** Silent for longer than the shopper's own habit; told to the millisecond, so that both ways agree. */
export const ownInterval: LeafKind<'OWN_INTERVAL'> = {
  code: 'OWN_INTERVAL',
  question: ({ times, purchases: filter = {} }, { now }) => {
    const isMeant = meantSql(filter);
    const count = sql`count(*) filter (where ${isMeant})`;
    const first = sql`min(${milliseconds}) filter (where ${isMeant})`;
    const last = sql`max(${milliseconds}) filter (where ${isMeant})`;
    const due = sql`case when ${count} >= ${LEAST_PURCHASES} and ${last} > ${first}
      then ${last} + div((${last} - ${first}) * ${times}, ${WHOLE} * (${count} - 1)) end`;
    const at = sql`(timestamptz 'epoch' + (${due})::float8 * interval '1 millisecond')`;
    const meant = meantPurchase(filter);
    return isTrue(
      feature(PURCHASES, {
        about: { ownInterval: times, filter },
        wants: wantsOf(filter, null),
        sql: {
          value: sql`coalesce(${due} <= ${now.getTime()}, false)`,
          changesAt: sql`case when ${due} > ${now.getTime()} then ${at} end`,
          none: sql`false`,
          counts: isMeant,
        },
        ofRows: (rows) => {
          const moment = dueAt(
            rows.filter((row) => meant(row) !== null).map((row) => row.occurredAt.getTime()),
            times,
          );
          if (moment === null) return { value: false, changesAt: null, shown: null };
          return { value: moment <= now, changesAt: moment > now ? moment : null, shown: moment };
        },
      }),
    );
  },
  missing: (ctx, { purchases }, surroundings) => missingInPurchases(ctx, [purchases], surroundings),
};

const milliseconds = sql`floor(extract(epoch from r.occurred_at) * 1000)`;

/** When the shopper has been silent for so many times their average gap; null: no habit is known. */
function dueAt(purchases: readonly number[], times: number): Date | null {
  const [first, last] = [Math.min(...purchases), Math.max(...purchases)];
  if (purchases.length < LEAST_PURCHASES || last <= first) return null;
  const ahead = (BigInt(last - first) * BigInt(times)) / BigInt(WHOLE * (purchases.length - 1));
  return new Date(last + Number(ahead));
}
