/**
 * The time over which something is counted. Calendar windows are those of the zone the rule is kept in; ROLLING counts
 * back `days` × 24 hours from the moment asked about.
 */
export type CountWindow =
  | { readonly kind: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' | 'ALWAYS' }
  | { readonly kind: 'ROLLING'; readonly days: number };
