/** Names that mean something to a JavaScript object: nothing of ours may be called so, at any depth. */
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

export function isForbiddenName(name: string): boolean {
  return FORBIDDEN_NAMES.has(name);
}

/**
 * Where a value holds a name no object may have, or a text the database cannot keep (NUL, half a sign); null: nowhere.
 * Level by level: whatever calls itself would end on what it looks for.
 */
export function forbiddenPath(value: unknown): string[] | null {
  let level: { path: string[]; value: unknown }[] = [{ path: [], value }];
  while (level.length > 0) {
    const found = level.find(({ path, value: inner }) => !isKeepable(path.at(-1), inner));
    if (found) return found.path;
    level = level.flatMap(({ path, value: inner }) =>
      typeof inner === 'object' && inner !== null
        ? Reflect.ownKeys(inner)
            .filter((name) => typeof name === 'string')
            .filter((name) => !(Array.isArray(inner) && name === 'length'))
            .map((name) => ({ path: [...path, name], value: (inner as Record<string, unknown>)[name] }))
        : [],
    );
  }
  return null;
}

function isKeepable(name: string | undefined, value: unknown): boolean {
  if (name !== undefined && (isForbiddenName(name) || !isStorable(name))) return false;
  return typeof value !== 'string' || isStorable(value);
}

/** Whether the database gives a text back as it was: NUL and halves of a sign it does not. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}
