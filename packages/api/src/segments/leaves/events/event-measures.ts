import type { EventMeasure } from '@clientele/shared/segments';
import { localDate } from '@clientele/shared/time';
import { sql } from 'kysely';
import { canonical, NULL, type Fragment } from '../../language/index.ts';
import { decimalSum } from './decimal-sum.ts';
import type { EventFacts } from './events-source.ts';
import { propertyOf, propertySql } from './meant-events.ts';
import { propertyNumber, propertyNumberSql } from './property-number.ts';

interface Measure {
  /** Over rows `r` of which `counted` is true. @param zone whose days they are */
  sql(counted: Fragment, property: string, zone: string): Fragment;
  readonly none: Fragment;
  of(events: readonly EventFacts[], property: string, zone: string): number | null;
}

const ZERO = sql`0`;

const COUNT: Measure = {
  sql: (counted) => sql`count(*) filter (where ${counted})`,
  none: ZERO,
  of: ({ length }) => length,
};

/** Of whatever is a number there: exact, and only then the nearest number of the language. */
const SUM: Measure = {
  sql: (counted, property) =>
    sql`coalesce(sum(${exactNumber(property)}) filter (where ${counted}), 0)::float8`,
  none: sql`0::float8`,
  of: (events, property) => decimalSum(numbersOf(events, property)),
};

const GREATEST: Measure = {
  sql: (counted, property) => sql`(max(${exactNumber(property)}) filter (where ${counted}))::float8`,
  none: NULL,
  of: (events, property) => {
    const numbers = numbersOf(events, property);
    return numbers.length === 0 ? null : Math.max(...numbers);
  },
};

const DISTINCT_VALUES: Measure = {
  sql: (counted, property) =>
    sql`count(distinct nullif(${propertySql(property)}, 'null')) filter (where ${counted})`,
  none: ZERO,
  of: (events, property) =>
    new Set(
      events
        .map(({ properties }) => propertyOf(properties, property) ?? null)
        .filter((value) => value !== null)
        .map((value) => canonical(value)),
    ).size,
};

const DISTINCT_DAYS: Measure = {
  sql: (counted, _property, zone) =>
    sql`count(distinct (r.occurred_at at time zone ${zone})::date) filter (where ${counted})`,
  none: ZERO,
  of: (events, _property, zone) =>
    new Set(events.map(({ occurredAt }) => localDate(occurredAt.getTime(), zone))).size,
};

export const MEASURES_OF_EVENTS: { readonly [Code in EventMeasure]: Measure } = {
  COUNT,
  SUM,
  GREATEST,
  DISTINCT_VALUES,
  DISTINCT_DAYS,
};

function exactNumber(property: string): Fragment {
  return propertyNumberSql(propertySql(property));
}

function numbersOf(events: readonly EventFacts[], property: string): number[] {
  return events
    .map(({ properties }) => propertyNumber(propertyOf(properties, property)))
    .filter((value) => value !== null);
}
