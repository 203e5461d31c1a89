import { sql } from 'kysely';
import {
  daysBefore,
  feature,
  NULL,
  plusDays,
  PROFILE,
  type Feature,
  type FeatureValue,
  type Fragment,
  type LeafKind,
  type LifecycleThresholds,
  type Surroundings,
} from '../../segments/index.ts';
import { PURCHASES } from '../segment-leaves/purchases-source.ts';
import { lifecycleStage, nextAge } from './lifecycle-stage.ts';

/** In which of the eight stages of their life with the company somebody is. */
export const lifecycle: LeafKind<'LIFECYCLE'> = {
  code: 'LIFECYCLE',
  question: ({ stages }, surroundings) => {
    const thresholds = surroundings.models.lifecycle;
    return {
      features: lifecycleFeatures(surroundings),
      sql: (values) => sql`${stageSql(values, thresholds, surroundings.now)} = any(${[...stages]}::text[])`,
      holds: (values) => stages.includes(stageOf(values, thresholds, surroundings.now)),
    };
  },
};

/** What a stage is told by: last purchase, first purchase, their number, and since when the person is known. */
export function lifecycleFeatures(surroundings: Surroundings): Feature[] {
  const { prospectDays, newcomerDays, coolingDays, sleepingDays, lostDays } = surroundings.models.lifecycle;
  return [
    dateOfPurchase('LAST', [coolingDays, sleepingDays, lostDays], surroundings),
    dateOfPurchase('FIRST', [newcomerDays], surroundings),
    ORDERS,
    knownSince([newcomerDays, prospectDays], surroundings),
  ];
}

export function stageSql(
  [last, first, orders, createdAt]: readonly Fragment[],
  thresholds: LifecycleThresholds,
  now: Date,
): Fragment {
  const lessThan = (moment: Fragment | undefined, days: number) =>
    sql`${moment} > ${daysBefore(now, days)}::timestamptz`;
  const { prospectDays, newcomerDays, loyalOrders, coolingDays, sleepingDays, lostDays } = thresholds;
  return sql`case
    when ${last} is null then case when ${lessThan(createdAt, prospectDays)} then 'PROSPECT' else 'LOST' end
    when not ${lessThan(last, lostDays)} then 'LOST'
    when not ${lessThan(last, sleepingDays)} then 'SLEEPING'
    when not ${lessThan(last, coolingDays)} then 'COOLING'
    when ${orders} >= ${loyalOrders} then 'LOYAL'
    when ${lessThan(createdAt, newcomerDays)} and ${lessThan(first, newcomerDays)} then 'NEWCOMER'
    when ${orders} = 1 then 'ONE_TIME'
    else 'ACTIVE' end`;
}

function dateOf(value: FeatureValue | undefined): Date | null {
  return value instanceof Date ? value : null;
}

function stageOf(
  [last, first, orders, createdAt]: readonly FeatureValue[],
  thresholds: LifecycleThresholds,
  now: Date,
) {
  const facts = {
    // Whoever stands for themselves has a profile.
    createdAt: dateOf(createdAt) ?? now,
    orders: typeof orders === 'number' ? orders : 0,
    first: dateOf(first),
    last: dateOf(last),
  };
  return lifecycleStage(facts, thresholds, now);
}

const ORDERS = feature(PURCHASES, {
  about: 'orders',
  sql: { value: sql`count(*)`, changesAt: null, none: sql`0` },
  ofRows: ({ length }) => ({ value: length, changesAt: null }),
});

function dateOfPurchase(which: 'FIRST' | 'LAST', ages: readonly number[], { now }: Surroundings): Feature {
  const value = which === 'FIRST' ? sql`min(r.occurred_at)` : sql`max(r.occurred_at)`;
  return feature(PURCHASES, {
    about: { lifecycle: which, ages },
    sql: { value, changesAt: nextAgeSql(value, ages, now), none: NULL },
    ofRows: (rows) => {
      const row = which === 'FIRST' ? rows[0] : rows.at(-1);
      if (row === undefined) return { value: null, changesAt: null };
      return { value: row.occurredAt, changesAt: nextAge(row.occurredAt, ages, now) };
    },
  });
}

function knownSince(ages: readonly number[], { now }: Surroundings): Feature {
  const value = sql`r.created_at`;
  return feature(PROFILE, {
    about: { knownFor: ages },
    sql: { value, changesAt: nextAgeSql(value, ages, now), none: NULL },
    ofRows: ([person]) =>
      person === undefined
        ? { value: null, changesAt: null }
        : { value: person.createdAt, changesAt: nextAge(person.createdAt, ages, now) },
  });
}

function nextAgeSql(moment: Fragment, ages: readonly number[], now: Date): Fragment {
  const comes = ages.map((days) => {
    const at = plusDays(moment, days);
    return sql`case when ${at} > ${now}::timestamptz then ${at} end`;
  });
  return sql`least(${sql.join(comes)})`;
}
