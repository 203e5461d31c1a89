import { localDate } from '@clientele/shared/time';
import { sql } from 'kysely';
import {
  anniversaryOfProfile,
  anniversarySql,
  dayColumns,
  feature,
  inScope,
  isTrue,
  nearAnniversary,
  type LeafKind,
  type Source,
} from '../../segments/index.ts';
import { STANDING } from './purchases.sql.ts';

interface FirstPurchase {
  firstAt: Date;
  /** Of the store the shopper prefers; null: the company's counts. */
  zone: string | null;
}

/** One row a shopper who bought something that stands, by their own calendar: not that of each purchase's store. */
const FIRST_PURCHASE: Source<FirstPurchase> = {
  code: 'first purchase',
  tables: ['orders', 'profile'],
  single: true,
  rows: (scope, _features, surroundings) => sql`
    select first.profile_id, (first.first_at at time zone coalesce(home.time_zone, ${surroundings.zone}))::date as first_day,
      ${dayColumns(sql`home.time_zone`, surroundings)}
    from (select profile_id, min(occurred_at) as first_at from orders
      where ${inScope(scope, sql`profile_id`)} and state in ${STANDING} group by profile_id) first
    join profile on profile.id = first.profile_id
    left join store home on home.id = profile.preferred_store_id`,
  read: async (ctx, profileId) => {
    const { rows } = await sql<FirstPurchase>`
      select min(o.occurred_at) as "firstAt", min(home.time_zone) as zone
      from orders o join profile on profile.id = o.profile_id
      left join store home on home.id = profile.preferred_store_id
      where o.profile_id = ${profileId} and o.state in ${STANDING} having count(*) > 0`.execute(ctx.sql);
    return rows;
  },
};

/** Birthdays and the like; days begin as they do in the shopper's preferred store, else in the company's first. */
export const anniversary: LeafKind<'ANNIVERSARY'> = {
  code: 'ANNIVERSARY',
  question: ({ of, daysBefore, daysAfter }, surroundings) => {
    const days = { daysBefore, daysAfter };
    if (of !== 'FIRST_PURCHASE') return isTrue(anniversaryOfProfile(of, days, surroundings));
    return isTrue(
      feature(FIRST_PURCHASE, {
        about: days,
        ...anniversarySql(of, sql`r.first_day`, days),
        ofRows: ([first]) => {
          const zone = first?.zone ?? surroundings.zone;
          const day = first === undefined ? null : localDate(first.firstAt.getTime(), zone);
          return nearAnniversary(day, zone, days, surroundings);
        },
      }),
    );
  },
};
