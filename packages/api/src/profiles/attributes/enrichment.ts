/**
 * Which of two values of one field a profile keeps when several sources tell of it. Rules are for what sources deliver;
 * what a member of staff types in is a decision and goes past them.
 *
 * - `NEWEST`: told of the latest moment; a later "nothing" forgets the value;
 * - `FIRST`: told of the earliest moment;
 * - `SOURCE_PRIORITY`: of the source that stands earliest in the list (those not listed come last, all alike), of one
 *   source the newest.
 *
 * Under the last two "nothing" takes a value away only from the source that gave it.
 */
export type EnrichmentRule =
  | { kind: 'NEWEST' }
  | { kind: 'FIRST' }
  | { kind: 'SOURCE_PRIORITY'; sources: readonly string[] };

export const ENRICHMENT_KINDS = ['NEWEST', 'FIRST', 'SOURCE_PRIORITY'] as const;

export const NEWEST: EnrichmentRule = { kind: 'NEWEST' };

/** A value with where it came from. */
export interface ToldValue<Value = unknown> {
  /** null: the source says there is none. */
  value: Value | null;
  source: string;
  /** When it was true at its source, ISO 8601 in UTC. */
  at: string;
}

/**
 * The value that stands after another was told. Moments being different, the order in which sources tell does not
 * matter; of one moment the later told wins, under `FIRST` the earlier told.
 * @param current null: nothing is known yet
 * @returns one of the two, the same object
 */
export function decideValue<Value>(
  rule: EnrichmentRule,
  current: ToldValue<Value> | null,
  incoming: ToldValue<Value>,
): ToldValue<Value> {
  if (current === null) return incoming;
  if (rule.kind === 'NEWEST') return incoming.at >= current.at ? incoming : current;
  if (current.value === null || incoming.value === null) return decideNothing(current, incoming);
  if (rule.kind === 'FIRST') return incoming.at < current.at ? incoming : current;
  const better = rank(rule.sources, current.source) - rank(rule.sources, incoming.source);
  if (better !== 0) return better > 0 ? incoming : current;
  return incoming.at >= current.at ? incoming : current;
}

function decideNothing<Value>(current: ToldValue<Value>, incoming: ToldValue<Value>): ToldValue<Value> {
  const same = current.source === incoming.source;
  if (current.value === null) return !same || incoming.at >= current.at ? incoming : current;
  return same && incoming.at >= current.at ? incoming : current;
}

function rank(sources: readonly string[], source: string): number {
  const position = sources.indexOf(source);
  return position === -1 ? sources.length : position;
}
