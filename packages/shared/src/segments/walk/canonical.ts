import type { Condition } from '../condition.ts';

/**
 * The same text for conditions that ask the same in other words: whatever the order of keys, of parts of a group and of
 * values of a list (all lists are sets), with the same instants in any offset, and without arguments that narrow nothing.
 * @param condition one without problems
 */
export function canonical(condition: Condition): string {
  return canonicalText(condition) ?? '';
}

/** Null: says nothing, like an absent argument. */
function canonicalText(value: unknown, key = ''): string | null {
  if (value === undefined) return null;
  if (Array.isArray(value)) return listText(value, key);
  if (typeof value === 'object' && value !== null) return objectText(value, key);
  if (key === 'back' && value === 0) return null;
  if ((key === 'from' || key === 'to') && typeof value === 'string')
    return JSON.stringify(new Date(value).toISOString());
  return JSON.stringify(value);
}

function listText(items: readonly unknown[], key: string): string | null {
  // An empty group is everybody or nobody; any other empty list narrows nothing.
  if (items.length === 0 && key !== 'of') return null;
  const texts = items.map((item) => canonicalText(item) ?? '{}');
  return `[${texts.toSorted().join()}]`;
}

function objectText(value: object, key: string): string | null {
  const entries = Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const text = canonicalText(item, name);
    return text === null ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  if (entries.length === 0 && key !== '') return null;
  return `{${entries.toSorted().join()}}`;
}
