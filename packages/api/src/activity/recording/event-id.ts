import { hash } from 'node:crypto';

/**
 * The id of an event: a UUID (version 8) of its source and its number there. Whoever sends it again finds it by this,
 * with no table of numbers besides.
 */
export function eventId(source: string, externalId: string): string {
  return hashedUuid(`${source}\u0000${externalId}`);
}

/** What an event tells, in short. @param properties their `canonicalJson` */
export function contentHash(kind: string, occurredAt: Date, properties: string): string {
  return hashedUuid(`${kind}\u0000${occurredAt.getTime()}\u0000${properties}`);
}

function hashedUuid(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** JSON with the names of every object in order: equal for equal values, however they were written. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson((value as Record<string, unknown>)[name])}`);
  return `{${parts.join(',')}}`;
}
