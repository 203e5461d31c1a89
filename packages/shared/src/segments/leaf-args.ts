import type { GoodsFilter, GoodsSelection } from '../rules/index.ts';
import type { Moments } from './moments.ts';
import type { Range } from './range.ts';

/** Money in one currency, minor units. */
export interface MoneyRange extends Range {
  readonly currency: string;
}

/**
 * Which purchases are meant; what is absent does not narrow. Only what was kept counts: a purchase given back in full is
 * none, one given back in part counts with what stayed. Goods are judged by the catalogue as it is now.
 */
export interface PurchaseFilter {
  /** Purchases with one such piece at least; sums and averages are over these pieces alone. */
  readonly goods?: GoodsSelection;
  /** Codes of stores. */
  readonly stores?: readonly string[];
  /** STORE, ONLINE … */
  readonly channels?: readonly string[];
  /** Ids of series of promo codes: bought with a code of one of them. */
  readonly codePools?: readonly string[];
  /** What the whole purchase cost after returns. */
  readonly paid?: MoneyRange;
}

export const PURCHASE_MEASURES = [
  'COUNT',
  'SUM',
  'AVERAGE',
  'LEAST',
  'GREATEST',
  'PIECES',
  'DISTINCT_PRODUCTS',
  'DISTINCT_CATEGORIES',
  'DISTINCT_STORES',
  'DISTINCT_DAYS',
] as const;
/**
 * Of purchases. SUM, AVERAGE, LEAST and GREATEST are money and need `currency`: purchases in others do not count.
 * AVERAGE is per purchase, rounded half up. LEAST, GREATEST and AVERAGE of no purchases hold for no range.
 * PIECES are whole pieces (quantity rounded down). DISTINCT_CATEGORIES are the goods' own categories;
 * DISTINCT_DAYS are business days of the store.
 */
export type PurchaseMeasure = (typeof PURCHASE_MEASURES)[number];
export const MONEY_MEASURES: readonly PurchaseMeasure[] = ['SUM', 'AVERAGE', 'LEAST', 'GREATEST'];

/** A property of a behaviour event, by its name. */
export interface PropertyTest {
  readonly property: string;
  readonly among?: readonly string[];
  readonly range?: Range;
}

/** Fits the type of the attribute: texts and choices `among` or `contains`, numbers `range`, flags `is`, dates `moments`. */
export type AttributeTest =
  | { readonly known: boolean }
  | { readonly among: readonly string[] }
  | { readonly contains: string }
  | { readonly range: Range }
  | { readonly is: boolean }
  | { readonly moments: Moments };

export const EVENT_MEASURES = ['COUNT', 'SUM', 'GREATEST', 'DISTINCT_VALUES', 'DISTINCT_DAYS'] as const;
export type EventMeasure = (typeof EVENT_MEASURES)[number];

/** Where a purchase was made. */
export const SALES_CHANNELS = ['STORE', 'ONLINE'] as const;
/** How a company reaches people. */
export const CONTACT_CHANNELS = ['EMAIL', 'SMS', 'VIBER', 'PUSH', 'CALL'] as const;
export const CONSENT_PURPOSES = ['PROCESSING', 'ADVERTISING'] as const;
export const KNOWN_FIELDS = ['NAME', 'BIRTH_DATE', 'GENDER', 'PREFERRED_STORE', 'PREFERRED_CHANNEL'] as const;
export const GENDERS = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'] as const;
export const IDENTITY_KINDS = ['PHONE', 'EMAIL', 'CARD', 'EXTERNAL', 'DEVICE'] as const;
export const CONSENT_STATES = ['GRANTED', 'REFUSED', 'UNASKED'] as const;
export const ANNIVERSARIES = ['BIRTHDAY', 'MEMBERSHIP', 'FIRST_PURCHASE'] as const;
export const POINTS_KINDS = ['ACTIVE', 'PENDING', 'EXPIRING', 'DEBT'] as const;
export const CODE_STATES = ['OPEN', 'USED', 'EXPIRED'] as const;
/** From the newest to the longest gone; thresholds are the company's (`LifecycleStages`). */
export const LIFECYCLE_STAGES = [
  'PROSPECT',
  'NEWCOMER',
  'ONE_TIME',
  'ACTIVE',
  'LOYAL',
  'COOLING',
  'SLEEPING',
  'LOST',
] as const;
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

/** What each kind of leaf is asked with. */
export interface LeafArgs {
  // Profile
  readonly GENDER: { readonly among: readonly (typeof GENDERS)[number][] };
  /** Full years, by the calendar of the shopper's zone. Without a birth date: no. */
  readonly AGE: { readonly years: Range };
  readonly FIELD_KNOWN: { readonly field: (typeof KNOWN_FIELDS)[number] };
  readonly PREFERRED_STORE: { readonly stores: readonly string[] };
  readonly PREFERRED_CHANNEL: { readonly channels: readonly string[] };
  /** Since when the company knows them. */
  readonly KNOWN_SINCE: { readonly moments: Moments };
  /** Since when they are a member; those who are none: no. */
  readonly MEMBER_SINCE: { readonly moments: Moments };
  readonly DO_NOT_DISTURB: object;
  readonly ATTRIBUTE: { readonly attribute: string; readonly test: AttributeTest };
  /** Any of them. */
  readonly TAG: { readonly tags: readonly string[] };
  /** The newest answer counts; UNASKED: none was given. Channel absent: the consent to the purpose as a whole. */
  readonly CONSENT: {
    readonly purpose: string;
    readonly channel?: string;
    readonly topic?: string;
    readonly state: (typeof CONSENT_STATES)[number];
  };
  readonly IDENTITY: { readonly kind: (typeof IDENTITY_KINDS)[number]; readonly verified?: boolean };
  /** Today lies from `daysBefore` days before to `daysAfter` days after it. 29 February is celebrated on 28 in other years. */
  readonly ANNIVERSARY: {
    readonly of: (typeof ANNIVERSARIES)[number];
    readonly daysBefore: number;
    readonly daysAfter: number;
  };

  // Purchases
  readonly PURCHASES: {
    readonly measure: PurchaseMeasure;
    readonly purchases?: PurchaseFilter;
    readonly moments: Moments;
    readonly range: Range;
    /** ISO 4217, of money measures alone. */
    readonly currency?: string;
  };
  /** The first or the last of such purchases of all time lies in the moments; without any: no. */
  readonly PURCHASE_DATE: {
    readonly which: 'FIRST' | 'LAST';
    readonly purchases?: PurchaseFilter;
    readonly moments: Moments;
  };
  /** Bought `first`, and neither with it nor within `days` × 24 hours after it anything of `without`; those days are over. */
  readonly BOUGHT_WITHOUT: {
    readonly first: PurchaseFilter;
    readonly without: PurchaseFilter;
    readonly days: number;
    /** Of the first purchase. */
    readonly moments: Moments;
  };
  /** No purchase for `times` (basis points: 20 000 = ×2) of the shopper's own average gap; needs three purchases. */
  readonly OWN_INTERVAL: { readonly times: number; readonly purchases?: PurchaseFilter };
  /**
   * Share (basis points) of such goods in what was kept of all purchases, each purchase weighing half as much with every
   * `halfLifeDays` of age and nothing after thirty of them; at least `pieces` of them, however old.
   */
  readonly INTEREST: {
    readonly goods: GoodsFilter;
    readonly leastShare: number;
    readonly pieces: number;
    readonly halfLifeDays: number;
  };
  /** Scores 1 to 5 (5 is best) of the model; an empty list: any. Who never bought in its window: no. */
  readonly RFM: {
    readonly model: string;
    readonly recency: readonly number[];
    readonly frequency: readonly number[];
    readonly monetary: readonly number[];
  };
  readonly LIFECYCLE: { readonly stages: readonly LifecycleStage[] };

  // Behaviour
  readonly EVENTS: {
    readonly event: string;
    readonly measure: EventMeasure;
    /** Of SUM, GREATEST and DISTINCT_VALUES. */
    readonly property?: string;
    readonly where?: readonly PropertyTest[];
    readonly moments: Moments;
    readonly range: Range;
  };
  readonly EVENT_DATE: {
    readonly which: 'FIRST' | 'LAST';
    readonly event: string;
    readonly where?: readonly PropertyTest[];
    readonly moments: Moments;
  };

  // Loyalty and offers
  /** Of all programs together, or of one. EXPIRING: within `withinDays`. */
  readonly POINTS: {
    readonly which: (typeof POINTS_KINDS)[number];
    readonly withinDays?: number;
    readonly program?: string;
    readonly range: Range;
  };
  readonly TIER: { readonly tiers: readonly string[] };
  /** Has a code of one of the series in this state; absent: of any series. Moments: when it was given, or used for USED. */
  readonly PROMO_CODE: {
    readonly pools?: readonly string[];
    readonly state: (typeof CODE_STATES)[number];
    readonly moments?: Moments;
  };

  // Sets
  readonly SEGMENT: { readonly segment: string };
  /** Who was in a segment when the snapshot was taken, or a list brought in. */
  readonly SNAPSHOT: { readonly snapshot: string };
  /** A lasting random share: hundredths of a percent of everybody, from inclusive, to exclusive (0 … 10 000). */
  readonly BUCKET: { readonly seed: string; readonly from: number; readonly to: number };
}

export type LeafCode = keyof LeafArgs;
