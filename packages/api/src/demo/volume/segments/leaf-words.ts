import type {
  Condition,
  LeafOf,
  Moments,
  PurchaseFilter,
  PurchaseMeasure,
  Range,
} from '@clientele/shared/segments';
import type { GoodsFilter } from '@clientele/shared/rules';

/** What the segments of a chain name besides the catalogue and the stores: made by the company, found by id. */
export interface ChainWords {
  /** Ids of the series of codes, in the order of `POOLS`. */
  readonly pools: readonly string[];
  /** Of the RFM model. */
  readonly model: string;
}

/** A segment of the set; `key` is what others name it by. */
export interface ChainSegment {
  readonly key: string;
  readonly name: string;
  readonly condition: Condition;
}

export const ALWAYS: Moments = { kind: 'ALWAYS' };

export const last = (days: number): Moments => ({ kind: 'ROLLING', days });
export const before = (endedDays: number): Moments => ({ kind: 'ROLLING', endedDays });
export const between = (endedDays: number, days: number): Moments => ({ kind: 'ROLLING', days, endedDays });

export const all = (...of: readonly Condition[]): Condition => ({ group: 'ALL', of });
export const any = (...of: readonly Condition[]): Condition => ({ group: 'ANY', of });
export const none = (...of: readonly Condition[]): Condition => ({ group: 'NONE', of });
export const atLeast = (k: number, ...of: readonly Condition[]): Condition => ({ group: 'AT_LEAST', k, of });

export const goods = (only: GoodsFilter): PurchaseFilter => ({ goods: { only } });
export const category = (...categories: readonly string[]): PurchaseFilter => goods({ categories });
export const brand = (...brands: readonly string[]): PurchaseFilter => goods({ brands });
export const attribute = (name: string, ...values: readonly string[]): PurchaseFilter =>
  goods({ attributes: { [name]: values } });

/** So many purchases, of all goods or of some. */
export function bought(range: Range, moments: Moments, purchases?: PurchaseFilter): LeafOf<'PURCHASES'> {
  return measured('COUNT', range, moments, purchases);
}

export function measured(
  measure: PurchaseMeasure,
  range: Range,
  moments: Moments,
  purchases?: PurchaseFilter,
): LeafOf<'PURCHASES'> {
  return { leaf: 'PURCHASES', measure, moments, range, ...(purchases === undefined ? {} : { purchases }) };
}

/** Money in whole units of the currency. */
export function paid(
  measure: 'SUM' | 'AVERAGE' | 'LEAST' | 'GREATEST',
  { least, most, currency = 'RUB' }: Range & { readonly currency?: string },
  moments: Moments,
  purchases?: PurchaseFilter,
): LeafOf<'PURCHASES'> {
  const range: Range = {
    ...(least === undefined ? {} : { least: least * 100 }),
    ...(most === undefined ? {} : { most: most * 100 - 1 }),
  };
  return { ...measured(measure, range, moments, purchases), currency };
}

export const lastPurchase = (moments: Moments, purchases?: PurchaseFilter): LeafOf<'PURCHASE_DATE'> => ({
  leaf: 'PURCHASE_DATE',
  which: 'LAST',
  moments,
  ...(purchases === undefined ? {} : { purchases }),
});

export const firstPurchase = (moments: Moments): LeafOf<'PURCHASE_DATE'> => ({
  leaf: 'PURCHASE_DATE',
  which: 'FIRST',
  moments,
});

type Where = NonNullable<LeafOf<'EVENTS'>['where']>;

export function did(event: string, least: number, moments: Moments, where?: Where): LeafOf<'EVENTS'> {
  return {
    leaf: 'EVENTS',
    event,
    measure: 'COUNT',
    moments,
    range: { least },
    ...(where === undefined ? {} : { where }),
  };
}

export const lastDid = (event: string, moments: Moments): LeafOf<'EVENT_DATE'> => ({
  leaf: 'EVENT_DATE',
  which: 'LAST',
  event,
  moments,
});

export const agrees = (
  channel: NonNullable<LeafOf<'CONSENT'>['channel']>,
  state: LeafOf<'CONSENT'>['state'] = 'GRANTED',
): LeafOf<'CONSENT'> => ({ leaf: 'CONSENT', purpose: 'ADVERTISING', channel, state });

export const points = (
  which: LeafOf<'POINTS'>['which'],
  range: Range,
  withinDays?: number,
): LeafOf<'POINTS'> => ({
  leaf: 'POINTS',
  which,
  range,
  ...(withinDays === undefined ? {} : { withinDays }),
});

export const tier = (...tiers: readonly string[]): LeafOf<'TIER'> => ({ leaf: 'TIER', tiers });
export const tag = (...tags: readonly string[]): LeafOf<'TAG'> => ({ leaf: 'TAG', tags });
export const women: LeafOf<'GENDER'> = { leaf: 'GENDER', among: ['FEMALE'] };
export const men: LeafOf<'GENDER'> = { leaf: 'GENDER', among: ['MALE'] };
export const undisturbed: Condition = none({ leaf: 'DO_NOT_DISTURB' });
export const stages = (...names: LeafOf<'LIFECYCLE'>['stages']): LeafOf<'LIFECYCLE'> => ({
  leaf: 'LIFECYCLE',
  stages: names,
});
