import type { InputPath, InputProblems } from '../../platform/input-problems.ts';
import type { DefinedKind, PropertyType } from './defined-kind.ts';

/** Whether an event has what its kind asks for; properties nobody described are let through. */
export function checkProperties(
  kind: DefinedKind,
  properties: Readonly<Record<string, unknown>>,
  path: InputPath,
  problems: InputProblems,
): void {
  for (const { code, type, required } of kind.properties) {
    const value = Object.hasOwn(properties, code) ? properties[code] : undefined;
    if (value === undefined || value === null) {
      if (required) problems.add([...path, code], 'REQUIRED', `is asked for by ${kind.code}`);
    } else {
      const wrong = WRONG[type](value);
      if (wrong !== null) problems.add([...path, code], 'FORMAT', wrong);
    }
  }
}

const LONGEST_ID = 200;
const MONEY = /^-?\d{1,13}(\.\d{1,4})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** What is wrong with a value that should be of the type; null: nothing. */
const WRONG: Readonly<Record<PropertyType, (value: unknown) => string | null>> = {
  TEXT: (value) => (typeof value === 'string' ? null : 'is a text'),
  NUMBER: (value) => (typeof value === 'number' ? null : 'is a number'),
  BOOLEAN: (value) => (typeof value === 'boolean' ? null : 'is true or false'),
  DATE: (value) =>
    typeof value === 'string' && DATE.test(value) && isRealDay(value)
      ? null
      : 'is a day or a moment with its offset, e.g. 2026-11-22',
  ID: (value) =>
    typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_ID
      ? null
      : 'is a text of 1 to 200 characters: numbers lose their last digits',
  MONEY: (value) =>
    typeof value === 'string' && MONEY.test(value) ? null : 'is a decimal text, e.g. "1990.00"',
};

function isRealDay(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(text)) &&
    !Number.isNaN(midnight.getTime()) &&
    midnight.toISOString().startsWith(day)
  );
}
