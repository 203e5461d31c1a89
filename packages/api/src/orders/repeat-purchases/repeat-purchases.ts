import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { EVERYBODY, persons, type Fragment, type Scope, type Surroundings } from '../../segments/index.ts';
import { PURCHASES } from '../segment-leaves/purchases-source.ts';

/**
 * What models of repeat buying (BG/NBD and its kin) are fitted to; Fader, Hardie and Lee 2005. Their words are not those of
 * RFM: frequency counts what came *after* the first day, recency is the time from the first day to the last one, and
 * several purchases on one day are one. Only shoppers who have bought by the end of the calibration.
 */
export interface RepeatPurchases {
  profileId: string;
  /** x: days with a purchase after the first such day. */
  repeatFrequency: number;
  /** t_x: days from the first such day to the last; 0 without a repeat. */
  repeatRecencyDays: number;
  /** T: days from the first such day to the end of the calibration. */
  observedDays: number;
  /** Average of what the repeat days came to, minor units, rounded half up; 0 without a repeat. */
  meanRepeatValue: number;
}

export interface Calibration {
  /** The last day, YYYY-MM-DD, of each store's own calendar. */
  lastDay: string;
  currency: string;
  /** Everybody where absent. */
  scope?: Scope;
}

/** One row a shopper, over rows `d` of days with a purchase: `profile_id`, `day`, `paid`. */
const repeatFrequency = sql`(count(*) - 1)::int`;
const repeatRecencyDays = sql`max(d.day) - min(d.day)`;
const observedDays = (lastDay: string): Fragment => sql`${lastDay}::date - min(d.day)`;
const repeatValue = sql`(sum(d.paid) - (array_agg(d.paid order by d.day))[1])`;
const meanRepeatValue = sql`coalesce(div(2 * ${repeatValue} + count(*) - 1, 2 * nullif(count(*) - 1, 0)), 0)::bigint`;

/** By profile. */
export async function readRepeatPurchases(
  ctx: Pick<Context, 'sql'>,
  { lastDay, currency, scope = EVERYBODY }: Calibration,
  surroundings: Surroundings,
): Promise<RepeatPurchases[]> {
  const { rows } = await sql<RepeatPurchases>`
    select d.profile_id as "profileId", ${repeatFrequency} as "repeatFrequency",
      ${repeatRecencyDays} as "repeatRecencyDays", ${observedDays(lastDay)} as "observedDays",
      ${meanRepeatValue} as "meanRepeatValue"
    from (select r.profile_id, (r.occurred_at at time zone r.zone)::date as day, sum(r.paid) as paid
      from (${PURCHASES.rows(scope, [], surroundings)}) r
      join (${persons(scope)}) person on person.id = r.profile_id
      where r.currency = ${currency} and (r.occurred_at at time zone r.zone)::date <= ${lastDay}::date
      group by r.profile_id, day) d
    group by d.profile_id order by d.profile_id`.execute(ctx.sql);
  return rows;
}
