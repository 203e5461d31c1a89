import type { Leaf, LeafGroup } from '@clientele/shared/segments';
import type { Choices } from '../choices.ts';

/** A question a person may begin with, filled in as it is usually asked. */
interface Beginning {
  readonly group: LeafGroup;
  readonly leaf: (choices: Choices) => Leaf;
}

const first = (choices: readonly { readonly value: string }[]): string => choices[0]?.value ?? '';
const lastDays = (days: number) => ({ kind: 'ROLLING', days }) as const;
const currencyOf = ({ currencies }: Choices): string => currencies[0] ?? 'RUB';
/** In units of the currency. */
const HUNDRED = 100;
const USUAL_SUM = 10_000 * HUNDRED;

const measured =
  (measure: 'SUM' | 'AVERAGE' | 'GREATEST', least: number) =>
  (choices: Choices): Leaf => ({
    leaf: 'PURCHASES',
    measure,
    moments: lastDays(365),
    range: { least },
    currency: currencyOf(choices),
  });
const counted =
  (measure: 'COUNT' | 'PIECES' | 'DISTINCT_CATEGORIES', days: number, least: number) => (): Leaf => ({
    leaf: 'PURCHASES',
    measure,
    moments: lastDays(days),
    range: { least },
  });

/** In the order of the menu. Words: `segments.beginnings.<name>`. */
export const BEGINNINGS = {
  bought: { group: 'PURCHASES', leaf: counted('COUNT', 90, 1) },
  notBought: {
    group: 'PURCHASES',
    leaf: () => ({ leaf: 'PURCHASES', measure: 'COUNT', moments: lastDays(30), range: { most: 0 } }),
  },
  spent: { group: 'PURCHASES', leaf: measured('SUM', USUAL_SUM) },
  averageReceipt: { group: 'PURCHASES', leaf: measured('AVERAGE', USUAL_SUM / 2) },
  largestReceipt: { group: 'PURCHASES', leaf: measured('GREATEST', USUAL_SUM) },
  pieces: { group: 'PURCHASES', leaf: counted('PIECES', 365, 3) },
  variety: { group: 'PURCHASES', leaf: counted('DISTINCT_CATEGORIES', 365, 3) },
  lastPurchase: {
    group: 'PURCHASES',
    leaf: () => ({ leaf: 'PURCHASE_DATE', which: 'LAST', moments: { kind: 'ROLLING', endedDays: 180 } }),
  },
  firstPurchase: {
    group: 'PURCHASES',
    leaf: () => ({ leaf: 'PURCHASE_DATE', which: 'FIRST', moments: lastDays(30) }),
  },
  interest: {
    group: 'PURCHASES',
    leaf: () => ({ leaf: 'INTEREST', goods: {}, leastShare: 2000, pieces: 1, halfLifeDays: 180 }),
  },
  boughtWithout: {
    group: 'PURCHASES',
    leaf: () => ({ leaf: 'BOUGHT_WITHOUT', first: {}, without: {}, days: 14, moments: lastDays(90) }),
  },
  ownInterval: { group: 'PURCHASES', leaf: () => ({ leaf: 'OWN_INTERVAL', times: 20_000 }) },
  rfm: {
    group: 'PURCHASES',
    leaf: ({ models }) => ({
      leaf: 'RFM',
      model: first(models),
      recency: [4, 5],
      frequency: [4, 5],
      monetary: [],
    }),
  },
  lifecycle: { group: 'PURCHASES', leaf: () => ({ leaf: 'LIFECYCLE', stages: ['SLEEPING'] }) },

  consent: {
    group: 'PROFILE',
    leaf: () => ({ leaf: 'CONSENT', purpose: 'ADVERTISING', channel: 'SMS', state: 'GRANTED' }),
  },
  gender: { group: 'PROFILE', leaf: () => ({ leaf: 'GENDER', among: ['FEMALE'] }) },
  age: { group: 'PROFILE', leaf: () => ({ leaf: 'AGE', years: { least: 25, most: 34 } }) },
  birthday: {
    group: 'PROFILE',
    leaf: () => ({ leaf: 'ANNIVERSARY', of: 'BIRTHDAY', daysBefore: 7, daysAfter: 0 }),
  },
  tag: { group: 'PROFILE', leaf: () => ({ leaf: 'TAG', tags: [] }) },
  attribute: {
    group: 'PROFILE',
    leaf: ({ attributes }) => ({ leaf: 'ATTRIBUTE', attribute: first(attributes), test: { known: true } }),
  },
  identity: { group: 'PROFILE', leaf: () => ({ leaf: 'IDENTITY', kind: 'EMAIL' }) },
  fieldKnown: { group: 'PROFILE', leaf: () => ({ leaf: 'FIELD_KNOWN', field: 'BIRTH_DATE' }) },
  preferredStore: {
    group: 'PROFILE',
    leaf: ({ stores }) => ({ leaf: 'PREFERRED_STORE', stores: stores.slice(0, 1).map(({ value }) => value) }),
  },
  preferredChannel: { group: 'PROFILE', leaf: () => ({ leaf: 'PREFERRED_CHANNEL', channels: ['EMAIL'] }) },
  knownSince: { group: 'PROFILE', leaf: () => ({ leaf: 'KNOWN_SINCE', moments: lastDays(30) }) },
  doNotDisturb: { group: 'PROFILE', leaf: () => ({ leaf: 'DO_NOT_DISTURB' }) },

  event: {
    group: 'BEHAVIOUR',
    leaf: ({ events }) => ({
      leaf: 'EVENTS',
      event: first(events),
      measure: 'COUNT',
      moments: lastDays(30),
      range: { least: 1 },
    }),
  },
  lastEvent: {
    group: 'BEHAVIOUR',
    leaf: ({ events }) => ({
      leaf: 'EVENT_DATE',
      which: 'LAST',
      event: first(events),
      moments: { kind: 'ROLLING', endedDays: 30 },
    }),
  },

  points: { group: 'LOYALTY', leaf: () => ({ leaf: 'POINTS', which: 'ACTIVE', range: { least: 500 } }) },
  expiring: {
    group: 'LOYALTY',
    leaf: () => ({ leaf: 'POINTS', which: 'EXPIRING', withinDays: 30, range: { least: 1 } }),
  },
  tier: {
    group: 'LOYALTY',
    leaf: ({ tiers }) => ({ leaf: 'TIER', tiers: tiers.slice(0, 1).map(({ value }) => value) }),
  },
  memberSince: { group: 'LOYALTY', leaf: () => ({ leaf: 'MEMBER_SINCE', moments: { kind: 'ALWAYS' } }) },
  promoCode: { group: 'LOYALTY', leaf: () => ({ leaf: 'PROMO_CODE', state: 'OPEN' }) },

  segment: { group: 'SETS', leaf: ({ segments }) => ({ leaf: 'SEGMENT', segment: first(segments) }) },
  snapshot: { group: 'SETS', leaf: ({ snapshots }) => ({ leaf: 'SNAPSHOT', snapshot: first(snapshots) }) },
  bucket: { group: 'SETS', leaf: () => ({ leaf: 'BUCKET', seed: 'A', from: 0, to: 1000 }) },
} as const satisfies Record<string, Beginning>;

export type BeginningName = keyof typeof BEGINNINGS;
export const BEGINNING_NAMES = Object.keys(BEGINNINGS) as readonly BeginningName[];

export interface BeginningWords {
  readonly name: BeginningName;
  readonly group: LeafGroup;
  readonly title: string;
  readonly hint: string;
  /** Other words people look for it by. */
  readonly also: string;
}

/** Those that every word of the search is found in, what is named so before what is described so. */
export function foundBeginnings(all: readonly BeginningWords[], search: string): BeginningWords[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const found = all.filter(({ title, hint, also }) => fits(`${title} ${hint} ${also}`));
  if (words.length === 0) return found;
  return found.toSorted((one, other) => Number(fits(other.title)) - Number(fits(one.title)));
}
