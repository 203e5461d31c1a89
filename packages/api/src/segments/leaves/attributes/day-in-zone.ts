import { sql } from 'kysely';
import type { Fragment } from '../../language/index.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a JSON value is a calendar day, YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value) || value < '0001') return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** The date a jsonb expression holds; null: it holds none. What is no date must not reach the cast. */
export function validDay(value: Fragment): Fragment {
  const text = sql`(${value} #>> '{}')`;
  return sql`(case when jsonb_typeof(${value}) = 'string' and ${text} ~ '^\\d{4}-\\d{2}-\\d{2}$'
    and pg_input_is_valid(${text}, 'date') then ${text}::date end)`;
}

/**
 * When a date begins in a zone. Where clocks are put back at midnight that comes twice: the first counts, as in
 * `instantOfLocal`; one hour before is never doubtful.
 */
export function firstMoment(day: Fragment, zone: Fragment): Fragment {
  return sql`least(${day}::timestamp at time zone ${zone},
    ((${day}::timestamp - interval '1 hour') at time zone ${zone}) + interval '1 hour')`;
}
