import { BOUNDS, keysOf, objectOf, optional, whole } from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import type { RangeUnit } from '../field.ts';
import { currency, problem } from './text-checks.ts';

const LARGEST_NUMBER = 1e15;

const NUMBERS: { readonly [Unit in RangeUnit]: Check } = {
  COUNT: whole(0, BOUNDS.points),
  MONEY: whole(0, BOUNDS.money),
  YEARS: whole(0, 150),
  POINTS: whole(0, BOUNDS.points),
  NUMBER: anyNumber,
};

/** `least` to `most` of the unit, one of them at least. */
export function rangeOf(unit: RangeUnit): Check {
  return ordered(objectOf(bounds(unit)));
}

export const moneyRange: Check = ordered(objectOf({ ...bounds('MONEY'), currency }));

function bounds(unit: RangeUnit): { readonly least: Check; readonly most: Check } {
  return { least: optional(NUMBERS[unit]), most: optional(NUMBERS[unit]) };
}

function ordered(shape: Check): Check {
  return (value, path) => {
    const problems = shape(value, path);
    if (problems.length > 0) return problems;
    const { least, most } = keysOf(value);
    if (least === undefined && most === undefined)
      return [problem(path, 'REQUIRED', '`least`, `most` or both')];
    const empty = least !== undefined && most !== undefined && Number(least) > Number(most);
    return empty ? [problem([...path, 'most'], 'RANGE', 'not less than `least`')] : [];
  };
}

function anyNumber(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [problem(path, 'FORMAT', 'a number')];
  return Math.abs(value) <= LARGEST_NUMBER
    ? []
    : [problem(path, 'RANGE', `from ${-LARGEST_NUMBER} to ${LARGEST_NUMBER}`)];
}
