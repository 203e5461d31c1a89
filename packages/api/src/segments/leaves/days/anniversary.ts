import type { LeafArgs } from '@clientele/shared/segments';
import { localDate } from '@clientele/shared/time';
import { sql } from 'kysely';
import {
  feature,
  type Feature,
  type FeatureSql,
  type Fragment,
  type Observed,
  type RowColumn,
  type Surroundings,
} from '../../language/index.ts';
import { fullYears, fullYearsColumn, yearsAfter, yearsAfterSql } from './full-years.ts';
import { beginningSql, dayAfter, daysBetween, midnight, todayIn } from './local-day.ts';
import { DAYS, PROFILE, type ProfileFacts } from '../profile-source.ts';

type Days = Pick<LeafArgs['ANNIVERSARY'], 'daysBefore' | 'daysAfter'>;

/**
 * Whether today is near an anniversary of a day, the first one being a year after it. Of a row `r` with `dayColumns`.
 * @param since an expression of type date; null: no
 */
export function anniversarySql(
  of: LeafArgs['ANNIVERSARY']['of'],
  since: Fragment,
  { daysBefore, daysAfter }: Days,
): { columns: readonly RowColumn[]; sql: FeatureSql } {
  const { column, value: full } = fullYearsColumn(of, since);
  const last = yearsAfterSql(since, full);
  const next = yearsAfterSql(since, sql`greatest(${full} + 1, 1)`);
  const justWas = sql`(${full} >= 1 and r.today - ${last} <= ${daysAfter}::int)`;
  const isSoon = sql`(${next} - r.today <= ${daysBefore}::int)`;
  const turn = sql`(case when ${justWas} then ${last} + ${daysAfter}::int + 1
    when ${isSoon} then ${next} + ${daysAfter}::int + 1 else ${next} - ${daysBefore}::int end)`;
  return {
    columns: [column],
    sql: { value: sql`(${justWas} or ${isSoon})`, changesAt: beginningSql(turn), none: sql`false` },
  };
}

/** The same in TypeScript. @param since YYYY-MM-DD; null: no */
export function nearAnniversary(
  since: string | null,
  zone: string,
  { daysBefore, daysAfter }: Days,
  surroundings: Surroundings,
): Observed {
  if (since === null) return { value: false, changesAt: null, shown: null };
  const today = todayIn(zone, surroundings);
  const full = fullYears(since, today);
  const last = yearsAfter(since, full);
  const next = yearsAfter(since, Math.max(full + 1, 1));
  const justWas = full >= 1 && daysBetween(last, today) <= daysAfter;
  const isSoon = daysBetween(today, next) <= daysBefore;
  const turn = justWas
    ? dayAfter(last, daysAfter + 1)
    : isSoon
      ? dayAfter(next, daysAfter + 1)
      : dayAfter(next, -daysBefore);
  return { value: justWas || isSoon, changesAt: midnight(turn, zone), shown: since };
}

/** Of the days a profile itself knows: 29 February is celebrated on 28 in other years. */
export function anniversaryOfProfile(
  of: 'BIRTHDAY' | 'MEMBERSHIP',
  days: Days,
  surroundings: Surroundings,
): Feature {
  const since =
    of === 'BIRTHDAY'
      ? sql`r.birth_date`
      : sql`(r.enrolled_at at time zone coalesce(r.zone, ${surroundings.zone}))::date`;
  return feature(PROFILE, {
    about: { anniversary: of, ...daysOnly(days) },
    wants: [DAYS],
    ...anniversarySql(of, since, days),
    ofRows: ([person]) =>
      nearAnniversary(
        person === undefined ? null : dayOf(of, person, surroundings),
        person?.zone ?? surroundings.zone,
        days,
        surroundings,
      ),
  });
}

function dayOf(of: 'BIRTHDAY' | 'MEMBERSHIP', person: ProfileFacts, { zone }: Surroundings): string | null {
  if (of === 'BIRTHDAY') return person.birthDate;
  return person.enrolledAt === null ? null : localDate(person.enrolledAt.getTime(), person.zone ?? zone);
}

function daysOnly({ daysBefore, daysAfter }: Days): Days {
  return { daysBefore, daysAfter };
}
