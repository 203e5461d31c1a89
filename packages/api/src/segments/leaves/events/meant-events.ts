import type { Moments, PropertyTest } from '@clientele/shared/segments';
import { isWithin } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { allOf, sinceOf, type Fragment, type Surroundings } from '../../language/index.ts';
import { jsonAmong, numberSql } from '../attributes/attribute-tests.ts';
import type { EventFacts, EventWant } from './events-source.ts';
import { propertyNumber, propertyNumberSql } from './property-number.ts';

/** Whether a row `r` of events is of that kind and passes all the tests. Names of properties are values, never SQL. */
export function meantSql(event: string, where: readonly PropertyTest[]): Fragment {
  return allOf([
    sql`r.kind = ${event}`,
    ...where.flatMap(({ property, among, range }) => [
      ...(among === undefined ? [] : [jsonAmong(among).sql(propertySql(property))]),
      ...(range === undefined
        ? []
        : [numberSql(sql`${propertyNumberSql(propertySql(property))}::float8`, range)]),
    ]),
  ]);
}

export function isMeant(event: string, where: readonly PropertyTest[]): (row: EventFacts) => boolean {
  const tests = where.map(({ property, among, range }) => {
    const isAmong = among === undefined ? () => true : jsonAmong(among).of;
    return ({ properties }: EventFacts): boolean => {
      const value = propertyOf(properties, property);
      const number = propertyNumber(value);
      return isAmong(value) && (range === undefined || (number !== null && isWithin(number, range)));
    };
  });
  return (row) => row.kind === event && tests.every((test) => test(row));
}

export function propertySql(property: string): Fragment {
  return sql`(r.properties -> ${property}::text)`;
}

export function propertyOf(properties: Readonly<Record<string, unknown>>, property: string): unknown {
  return Object.hasOwn(properties, property) ? properties[property] : undefined;
}

/** Events outside can never again lie in the moments, as long as time goes forward. */
export function wantOf(kind: string, moments: Moments, surroundings: Surroundings): EventWant {
  const before = moments.kind === 'ABSOLUTE' && moments.to !== undefined ? new Date(moments.to) : null;
  return { kind, from: sinceOf(moments, surroundings), before };
}
