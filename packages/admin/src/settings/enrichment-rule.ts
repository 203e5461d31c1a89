/** As a form holds it: sources are empty where the kind needs none. */
export interface EnrichmentRule {
  kind: 'NEWEST' | 'FIRST' | 'SOURCE_PRIORITY';
  sources: string[];
}

/** A copy without what the server's answer has besides. */
export function plainRule({
  kind,
  sources,
}: {
  kind: EnrichmentRule['kind'];
  sources: readonly string[];
}): EnrichmentRule {
  return { kind, sources: [...sources] };
}
