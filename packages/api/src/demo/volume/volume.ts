/** How large the company is. Everything follows from the number of people. */
export interface Volume {
  readonly people: number;
  readonly orders: number;
  readonly lines: number;
  readonly events: number;
  /** Profiles besides that turn out to be somebody known, and are merged. */
  readonly duplicates: number;
}

/** A purchase and its shopper are packed into one number when they are put in order of time: 2²⁰ people fit. */
export const MOST_PEOPLE = 1_000_000;

/** 450,000 people: 3 million purchases of 6 million lines, 8 million events. */
export function volumeOf(people: number): Volume {
  return {
    people,
    orders: Math.round((people * 20) / 3),
    lines: Math.round((people * 40) / 3),
    events: Math.round((people * 160) / 9),
    duplicates: Math.round(people / 1_000),
  };
}

/** How far back people and purchases, and behaviour on the site, are known. */
export const HISTORY_DAYS = 3 * 365;
export const EVENT_DAYS = 400;

export interface VolumeProgress {
  readonly step: VolumeStep;
  readonly done: number;
  readonly total: number;
}

export const VOLUME_STEPS = [
  'company',
  'products',
  'people',
  'purchases',
  'events',
  'points',
  'codes',
  'indexes',
  'merges',
  'statistics',
] as const;
export type VolumeStep = (typeof VOLUME_STEPS)[number];

export type OnProgress = (progress: VolumeProgress) => void;
