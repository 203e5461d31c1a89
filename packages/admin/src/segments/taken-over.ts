import { asGroup, type SegmentValues } from './segment-form.ts';

let waiting: SegmentValues | null = null;

/** What a template or a copy begins with, for the builder that is opened next. */
export function bring(values: SegmentValues): void {
  // Without Vue's proxies: the form clones what it begins with.
  const plain = JSON.parse(JSON.stringify(values)) as SegmentValues;
  waiting = { ...plain, condition: asGroup(plain.condition) };
}

/** Once: a builder opened later begins from nothing. */
export function takeOver(): SegmentValues | null {
  const values = waiting;
  waiting = null;
  return values;
}
