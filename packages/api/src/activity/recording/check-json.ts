import { isForbiddenName, isStorable } from '../../platform/json-names.ts';
import type { InputPath, InputProblems } from '../../platform/input-problems.ts';

const LONGEST_NAME = 100;

/**
 * Whether the database gives a JSON value back as it came. JSON knows no whole number above 2^53 that survives being
 * read by a program, so such numbers are refused, never rounded: whoever counts so far sends text. Names that mean
 * something to a JavaScript object are refused at any depth.
 * @param value nested no deeper than the JSON scalar lets through
 */
export function checkJson(value: unknown, path: InputPath, problems: InputProblems): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) problems.add(path, 'FORMAT', 'holds characters that are none');
  } else if (typeof value === 'number') {
    if (!isExact(value)) problems.add(path, 'RANGE', 'is too large for a number: send it as text');
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkJson(item, [...path, index], problems);
  } else if (typeof value === 'object' && value !== null) {
    checkObject(value as Record<string, unknown>, path, problems);
  }
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  path: InputPath,
  problems: InputProblems,
): void {
  for (const name of Object.keys(value)) {
    const inner = [...path, name];
    if (name === '' || name.length > LONGEST_NAME || isForbiddenName(name) || !isStorable(name)) {
      problems.add([...path, name.slice(0, LONGEST_NAME)], 'FORMAT', 'is no name a property may have');
    } else checkJson(value[name], inner, problems);
  }
}

/** Whole numbers that were read exactly, and fractions, which are what they are. */
function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}
