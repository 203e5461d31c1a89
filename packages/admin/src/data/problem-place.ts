/** Where in a record something is wrong: fields by name, positions in lists counted from one. */
export type PlacePart = { field: string } | { position: number };

export function placeOf(path: readonly string[]): PlacePart[] {
  return path
    .filter((part) => part !== 'content')
    .map((part) => (/^\d+$/.test(part) ? { position: Number(part) + 1 } : { field: part }));
}

/** A key that tells nothing to a person. */
const HASH = /^[\w-]{43}$/;

/** What names a record to a person: its number, sku or first contact; null where nothing does. */
export function labelOf({ key, content }: { key: string | null; content: unknown }): string | null {
  const record = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>;
  for (const field of ['externalId', 'sku', 'id', 'phones', 'emails', 'cards', 'name', 'givenName']) {
    const value = record[field];
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'string' && first !== '') return first;
  }
  return key === null || HASH.test(key) ? null : key;
}
