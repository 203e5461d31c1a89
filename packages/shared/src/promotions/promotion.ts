import type { AmountByCurrency, CountWindow, GoodsSelection } from '../rules/index.ts';

/** A promotion as the calculation takes it: its rules are immutable, an edit makes a new revision. */
export interface Promotion {
  readonly id: string;
  readonly revision: number;
  /** For the shopper: on the receipt, at the till. */
  readonly title: string;
  readonly groupId: string;
  /** Within its group: a smaller number first; ties by id. */
  readonly priority: number;
  readonly rules: PromotionRules;
}

/** Promotions of one group answer to one rule of stacking; groups follow each other by `priority`. */
export interface PromotionGroup {
  readonly id: string;
  readonly priority: number;
  readonly stacking: Stacking;
}

/**
 * SEQUENTIAL: each on what the one before left. EXCLUSIVE_ORDER: the first that applies, the others not at all.
 * EXCLUSIVE_LINE: each line by the first that applies to it. SUM: all on the prices before the group, added.
 * BEST: the one that saves the shopper most on this order.
 */
export type Stacking = 'SEQUENTIAL' | 'EXCLUSIVE_ORDER' | 'EXCLUSIVE_LINE' | 'SUM' | 'BEST';

/** As stored in JSON. Everything given must hold; what is null or empty asks nothing. */
export interface PromotionRules {
  readonly when: PromotionTime;
  readonly where: {
    readonly storeIds: readonly string[];
    readonly channels: readonly ('STORE' | 'ONLINE')[];
  };
  readonly audience: Audience;
  readonly conditions: readonly PromotionCondition[];
  readonly benefits: readonly PromotionBenefit[];
  readonly limits: PromotionLimits;
  /** Whether points may pay for lines this promotion lowered. */
  readonly allowsPoints: boolean;
  /** What the cashier reads aloud and why; absent: the title. */
  readonly say: string;
}

/** Days and hours are those of the store. */
export interface PromotionTime {
  /** RFC 3339 instants, from inclusive, to exclusive. */
  readonly from: string | null;
  readonly to: string | null;
  /** ISO weekdays, Monday 1 … Sunday 7. */
  readonly weekdays: readonly number[];
  /** HH:MM, to exclusive; `to` before `from` goes over midnight. */
  readonly hours: { readonly from: string; readonly to: string } | null;
}

/**
 * ANYBODY: unknown shoppers too. MEMBERS: everyone known. CHOSEN: those with any of the tags, tiers or segments named.
 * GRANTED: those to whom the offer was granted personally. `except` leaves people out by tag or segment.
 */
export interface Audience {
  readonly who: 'ANYBODY' | 'MEMBERS' | 'CHOSEN' | 'GRANTED';
  readonly tags: readonly string[];
  readonly tiers: readonly string[];
  readonly segmentIds: readonly string[];
  readonly except: { readonly tags: readonly string[]; readonly segmentIds: readonly string[] };
}

/** Kinds are registered in `conditions/`; `goods` absent = all lines. */
export type PromotionCondition =
  | { readonly kind: 'BASKET_SUM'; readonly atLeast: AmountByCurrency; readonly goods?: GoodsSelection }
  | { readonly kind: 'QUANTITY'; readonly atLeast: number; readonly goods?: GoodsSelection }
  /** Purchases before this one, 0 = this is the first. NTH: this one is number `every`, 2 × `every` … or just `every`. */
  | { readonly kind: 'FIRST_ORDER' }
  | { readonly kind: 'NTH_ORDER'; readonly number: number; readonly repeated: boolean }
  | { readonly kind: 'BIRTHDAY'; readonly daysBefore: number; readonly daysAfter: number }
  /** A valid promo code of this promotion is presented. */
  | { readonly kind: 'PROMO_CODE' };

/** Kinds are registered in `benefits/`. Money is taken off lines, spread by the allocation. */
export type PromotionBenefit =
  | {
      readonly kind: 'PERCENT';
      readonly rateBp: number;
      readonly goods?: GoodsSelection;
      readonly upTo?: AmountByCurrency;
    }
  | {
      readonly kind: 'AMOUNT';
      readonly amount: AmountByCurrency;
      readonly per: 'ORDER' | 'ITEM';
      readonly goods?: GoodsSelection;
    }
  | { readonly kind: 'FIXED_PRICE'; readonly price: AmountByCurrency; readonly goods: GoodsSelection }
  /** Of each `take` pieces the cheapest `take` − `pay` are free. */
  | {
      readonly kind: 'N_FOR_M';
      readonly take: number;
      readonly pay: number;
      readonly goods?: GoodsSelection;
    }
  /** The cheapest piece of the selection costs `rateBp` less, from `take` pieces on. */
  | {
      readonly kind: 'CHEAPEST';
      readonly take: number;
      readonly rateBp: number;
      readonly goods?: GoodsSelection;
    }
  /** Up to `quantity` pieces of the goods in the basket are free; where they are missing the till says so. */
  | { readonly kind: 'GIFT'; readonly goods: GoodsSelection; readonly quantity: number }
  | {
      readonly kind: 'EXTRA_POINTS';
      readonly points: number;
      readonly per: 'ORDER' | 'ITEM';
      readonly goods?: GoodsSelection;
    }
  | { readonly kind: 'POINTS_FACTOR'; readonly factorBp: number; readonly goods?: GoodsSelection }
  /** Points may pay up to `capBp` of these goods, whatever the program excludes. */
  | { readonly kind: 'PAY_BY_POINTS'; readonly capBp: number; readonly goods?: GoodsSelection }
  /** After the purchase the shopper gets a personal code of the pool, valid `validDays` to the end of the day. */
  | { readonly kind: 'NEXT_CODE'; readonly poolId: string; readonly validDays: number }
  /** Only words: `say`. */
  | { readonly kind: 'TEXT' };

/** What is counted at begin, given back at cancel and full return; null = no limit. */
export interface PromotionLimits {
  /** Times one receipt gets it: sets of N for M, gifts. */
  readonly perOrder: number | null;
  readonly perShopper: { readonly times: number; readonly window: CountWindow } | null;
  readonly total: { readonly times: number; readonly window: CountWindow } | null;
  /** Discounts given in all, by currency. */
  readonly budget: AmountByCurrency | null;
}
