import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

const badRequest = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });

/**
 * Text scalars only bound the length here: what their content means depends on the store's currency or country, so
 * the use case parses them and answers a wrong one with InvalidInput and its path.
 */
const TEXT_SCALARS: {
  name: 'Money' | 'Quantity' | 'Phone' | 'Cursor' | 'CurrencyCode' | 'Date';
  max: number;
  description: string;
}[] = [
  {
    name: 'Money',
    max: 40,
    description:
      'Decimal string with exactly the minor digits of the currency, VAT included: "1990.00"; never a float.',
  },
  {
    name: 'Quantity',
    max: 40,
    description: 'Decimal string, up to 3 digits after the point, > 0: "1", "0.347".',
  },
  {
    name: 'Phone',
    max: 100,
    description: 'In: any dialled form (without + the country of the store is assumed). Out: E.164.',
  },
  { name: 'Cursor', max: 200, description: 'Position in the change log; valid for every topic.' },
  { name: 'CurrencyCode', max: 3, description: 'ISO 4217.' },
  { name: 'Date', max: 10, description: 'Calendar day, YYYY-MM-DD.' },
];

for (const { name, max, description } of TEXT_SCALARS) {
  builder.scalarType(name, {
    description,
    serialize: (value) => String(value),
    parseValue: (value) => {
      if (typeof value !== 'string') throw badRequest(`${name} is a string.`);
      if (value.length > max) throw badRequest(`${name} is too long.`);
      return value;
    },
  });
}

/** What stores JSON, and what reads it, calls itself for each level. */
const MAX_JSON_DEPTH = 64;

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

builder.scalarType('DateTime', {
  description: 'RFC 3339; input carries an offset, output is UTC with Z.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    if (typeof value !== 'string' || !WITH_OFFSET.test(value))
      throw badRequest('DateTime is RFC 3339 with an offset, e.g. 2026-11-22T12:00:00+03:00.');
    const instant = new Date(value);
    if (!isRealDay(value) || !isInCalendar(instant)) throw badRequest('DateTime names no real moment.');
    return instant;
  },
});

/** JavaScript takes the 30th of February for the 2nd of March. */
function isRealDay(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

/** Years that every part of the system writes with four digits; false for no moment at all. */
function isInCalendar(instant: Date): boolean {
  return instant >= FIRST_MOMENT && instant < AFTER_LAST_MOMENT;
}

const FIRST_MOMENT = new Date('1000-01-01T00:00:00Z');
const AFTER_LAST_MOMENT = new Date(Date.UTC(10_000, 0, 1));

builder.scalarType('JSON', {
  description: `Any JSON value, nested ${MAX_JSON_DEPTH} levels deep at most.`,
  serialize: (value) => value,
  parseValue: (value) => {
    if (isDeeperThan(value, MAX_JSON_DEPTH)) throw badRequest('JSON is nested too deeply.');
    return value;
  },
});

/** Level by level: whatever calls itself would end on what it looks for. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? Object.values(item as Record<string, unknown>) : [],
    );
  }
  return false;
}
