import { sql } from 'kysely';
import type { Fragment } from '../../language/index.ts';

/** Fifteen digits at most: what the language and the database hold alike. */
const DECIMAL = '^-?[0-9]{1,11}(\\.[0-9]{1,4})?$';
const isDecimal = new RegExp(DECIMAL);

/** The number a property is: a number, or a decimal text as sums of money are told ("1990.00"); null: it is none. */
export function propertyNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && isDecimal.test(value) ? Number(value) : null;
}

/** The same in the database, as an exact numeric. @param value a jsonb expression */
export function propertyNumberSql(value: Fragment): Fragment {
  const words = sql`(${value} #>> '{}')`;
  return sql`(case jsonb_typeof(${value}) when 'number' then (${value})::numeric
    when 'string' then case when ${words} ~ ${DECIMAL} then ${words}::numeric end end)`;
}
