/**
 * When something was. Instants: from inclusive, to exclusive.
 *
 * - ROLLING: less than `days` × 24 hours ago, and at least `endedDays` × 24 hours ago; one of them at least. "In the last
 *   30 days" is `days` alone, "more than 180 days ago" `endedDays` alone. Exact to the millisecond: what was exactly `days`
 *   ago is out, what was exactly `endedDays` ago is in;
 * - CALENDAR: the day, week (from Monday), month, quarter or year that is now, `back` of them ago, in the zone of the
 *   store of each purchase, else of the company;
 * - ABSOLUTE: ISO 8601 instants; one of them at least.
 */
export type Moments =
  | { readonly kind: 'ALWAYS' }
  | { readonly kind: 'ROLLING'; readonly days?: number; readonly endedDays?: number }
  | { readonly kind: 'CALENDAR'; readonly unit: CalendarUnit; readonly back?: number }
  | { readonly kind: 'ABSOLUTE'; readonly from?: string; readonly to?: string };

export const CALENDAR_UNITS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];
