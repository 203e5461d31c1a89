/** One value that two documents do not share. */
export interface RuleChange {
  path: string[];
  /** null: it was not there. */
  before: unknown;
  /** null: it is no longer there. */
  after: unknown;
}

/**
 * Where two JSON documents differ, by path: objects name by name, lists of texts and numbers whole, lists of objects
 * position by position.
 */
export function ruleChanges(before: unknown, after: unknown, path: readonly string[] = []): RuleChange[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return names.flatMap((name) => ruleChanges(before[name], after[name], [...path, name]));
  }
  if (isListOfRecords(before) && isListOfRecords(after)) {
    const longest = Math.max(before.length, after.length);
    return Array.from({ length: longest }, (_, index) =>
      ruleChanges(before[index], after[index], [...path, String(index)]),
    ).flat();
  }
  if (same(before ?? null, after ?? null)) return [];
  return [{ path: [...path], before: before ?? null, after: after ?? null }];
}

/** Equal values, whatever order their names came in. */
function same(one: unknown, other: unknown): boolean {
  if (isRecord(one) && isRecord(other)) {
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
    );
  }
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  return one === other;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isListOfRecords(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every(isRecord);
}
