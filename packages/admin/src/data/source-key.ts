import type { IntakeKind } from './operations/sources.ts';

const KINDS: readonly IntakeKind[] = ['ORDERS', 'RETURNS', 'PROFILES', 'PRODUCTS', 'EVENTS', 'BALANCES'];

/** A source and what it brings, as one piece of a URL: `ORDERS~site`. */
export function keyOf({ source, kind }: { source: string; kind: IntakeKind }): string {
  return `${kind}~${source}`;
}

/** null for what is no such key. */
export function readKey(key: string): { source: string; kind: IntakeKind } | null {
  const at = key.indexOf('~');
  const kind = KINDS.find((known) => known === key.slice(0, at));
  const source = key.slice(at + 1);
  return kind === undefined || source === '' ? null : { kind, source };
}
