import { BOUNDS } from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import type { ReferenceKind } from '../field.ts';

// Names that mean something to a JavaScript object.
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const NAME = /^[\p{L}_][\p{L}\p{N}_.: -]{0,99}$/u;
const EVENT = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A text of 1 to `longest` characters that the database gives back as it was. */
export function textOf(longest: number): Check {
  return (value, path) => {
    if (typeof value !== 'string') return [wanted(value, path, 'a text')];
    if (value.length > longest) return [problem(path, 'RANGE', `${longest} characters at most`)];
    if (value.trim() === '') return [problem(path, 'REQUIRED', 'a text that is not empty')];
    const whole = value.isWellFormed() && !value.includes('\u0000');
    return whole ? [] : [problem(path, 'FORMAT', 'a text of whole characters without NUL')];
  };
}

export const shortText = textOf(BOUNDS.text);

/** Of an attribute or a property: letters, digits and `_ . : -`, a letter first. A pattern or a piece of SQL is no name. */
export const nameOf = formatted(
  (text) => NAME.test(text) && !FORBIDDEN_NAMES.has(text),
  'a name of letters, digits and _ . : -, a letter first',
);

const eventCode = formatted((text) => EVENT.test(text), 'the code of an event');
const id = formatted((text) => ID.test(text), 'an id');

const REFERENCES: { readonly [Kind in ReferenceKind]: Check } = {
  STORE: shortText,
  PRODUCT: shortText,
  CATEGORY: shortText,
  ATTRIBUTE: nameOf,
  SEGMENT: id,
  SNAPSHOT: id,
  POOL: id,
  PROGRAM: id,
  TIER: shortText,
  MODEL: id,
  EVENT: eventCode,
};

/** How such a thing is named; whether it is there is not known here. */
export function referenceOf(kind: ReferenceKind): Check {
  return REFERENCES[kind];
}

export function currency(value: unknown, path: readonly string[]): Problem[] {
  const fits = typeof value === 'string' && /^[A-Z]{3}$/.test(value);
  return fits ? [] : [wanted(value, path, 'a currency code of three capital letters')];
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/**
 * RFC 3339 with an offset: an instant without one would mean another in every zone. Of days that there are, which the
 * database minds, from 1900 to 2199.
 */
export function instant(value: unknown, path: readonly string[]): Problem[] {
  const day = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
  const fits = day !== undefined && isDay(day) && !Number.isNaN(Date.parse(String(value)));
  return fits ? [] : [wanted(value, path, 'an RFC 3339 instant with an offset')];
}

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return day >= '1900' && day < '2200' && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

export function problem(path: readonly string[], code: Problem['code'], message: string): Problem {
  return { path, code, message };
}

function formatted(fits: (text: string) => boolean, message: string): Check {
  return (value, path) => {
    const problems = shortText(value, path);
    if (problems.length > 0) return problems;
    return fits(String(value)) ? [] : [problem(path, 'FORMAT', message)];
  };
}

function wanted(value: unknown, path: readonly string[], message: string): Problem {
  return problem(path, value === undefined ? 'REQUIRED' : 'FORMAT', message);
}
