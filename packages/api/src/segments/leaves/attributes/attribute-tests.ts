import type { AttributeTest } from '@clientele/shared/segments';
import { isWithin, type Range } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { allOf, anyOf, FALSE, type Fragment } from '../../language/index.ts';

/** A test of a value as it stands in `profile.attributes`; what is of another type than it should be passes none. */
export interface ValueTest {
  /** @param value a jsonb expression; null: there is none */
  sql(value: Fragment): Fragment;
  of(value: unknown): boolean;
}

type TestOf<Key extends string> = Extract<AttributeTest, Readonly<Record<Key, unknown>>>;

const NEVER: ValueTest = { sql: () => FALSE, of: () => false };

/** @returns null: an attribute of that type cannot be asked so. Tests of dates by moments are `dayOfValue`. */
export function valueTest(type: string, test: AttributeTest): ValueTest | null {
  if ('known' in test) return known(test);
  if ('among' in test) return type === 'MULTI_CHOICE' ? anyOfMany(test.among) : textTypes(type, among(test));
  if ('contains' in test)
    return type === 'MULTI_CHOICE' ? anyOfMany([test.contains]) : textTypes(type, contains(test));
  if ('range' in test) return type === 'NUMBER' ? range(test.range) : null;
  if ('is' in test) return type === 'BOOLEAN' ? is(test) : null;
  return null;
}

export function neverTrue(): ValueTest {
  return NEVER;
}

function textTypes(type: string, test: ValueTest): ValueTest | null {
  return type === 'TEXT' || type === 'CHOICE' ? test : null;
}

function known({ known: wanted }: TestOf<'known'>): ValueTest {
  return {
    sql: (value) => sql`(coalesce(jsonb_typeof(${value}), 'null') ${wanted ? sql`<>` : sql`=`} 'null')`,
    of: (value) => (value !== undefined && value !== null) === wanted,
  };
}

function among({ among: list }: TestOf<'among'>): ValueTest {
  return {
    sql: (value) =>
      sql`(jsonb_typeof(${value}) = 'string' and (${value} #>> '{}') = any(${[...list]}::text[]))`,
    of: (value) => list.some((one) => one === value),
  };
}

/** Whatever the case of the letters. */
function contains({ contains: part }: TestOf<'contains'>): ValueTest {
  const wanted = small(part);
  return {
    sql: (value) =>
      sql`(jsonb_typeof(${value}) = 'string' and position(${wanted}::text in lower(${value} #>> '{}')) > 0)`,
    of: (value) => typeof value === 'string' && small(value).includes(wanted),
  };
}

/** Letter by letter, as the database does: a whole word is made small otherwise in Greek. */
function small(text: string): string {
  return Array.from(text, (letter) => letter.toLowerCase()).join('');
}

function anyOfMany(list: readonly string[]): ValueTest {
  return {
    sql: (value) => sql`(jsonb_typeof(${value}) = 'array' and ${value} ?| ${[...list]}::text[])`,
    of: (value) => Array.isArray(value) && list.some((one) => value.includes(one)),
  };
}

function range(bounds: Range): ValueTest {
  return {
    sql: (value) => numberSql(numberOf(value), bounds),
    of: (value) => typeof value === 'number' && isWithin(value, bounds),
  };
}

function is({ is: wanted }: TestOf<'is'>): ValueTest {
  return {
    sql: (value) => sql`(${value} = ${JSON.stringify(wanted)}::jsonb)`,
    of: (value) => value === wanted,
  };
}

/** The number a JSON value is, as JavaScript knows it; null: it is none. */
export function numberOf(value: Fragment): Fragment {
  return sql`(case when jsonb_typeof(${value}) = 'number' then (${value})::float8 end)`;
}

export function numberSql(number: Fragment, { least, most }: Range): Fragment {
  return allOf([
    ...(least === undefined ? [] : [sql`${number} >= ${least}::float8`]),
    ...(most === undefined ? [] : [sql`${number} <= ${most}::float8`]),
  ]);
}

/** One of some texts, numbers and flags written as texts: `among` of properties, which have no type of their own. */
export function jsonAmong(list: readonly string[]): ValueTest {
  const wanted = list.flatMap(meanings);
  return {
    sql: (value) => anyOf([sql`${value} = any(${wanted.map((one) => JSON.stringify(one))}::jsonb[])`]),
    of: (value) => wanted.some((one) => one === value),
  };
}

function meanings(text: string): (string | number | boolean)[] {
  const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return [
    text,
    ...(Number.isFinite(number) ? [number] : []),
    ...(text === 'true' ? [true] : []),
    ...(text === 'false' ? [false] : []),
  ];
}
