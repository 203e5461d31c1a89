import type { Rounding } from '../money/index.ts';
import type { ReturnPolicy } from '../points/index.ts';
import type { AmountByCurrency, CountWindow, GoodsFilter } from '../rules/index.ts';

export type { AmountByCurrency, GoodsFilter } from '../rules/index.ts';

/**
 * The immutable settings of a program version, as stored in its JSON. Points are whole, money is minor units by
 * currency, rates are basis points. Source of every rule: loyalty.md §5. The first option named is the default.
 */
export interface ProgramSettings {
  /** IANA zone of the program: expiry days, day rules. */
  readonly timezone: string;
  /** DISCOUNT lowers the prices of the lines; PAYMENT leaves them alone and books points as a payment kind. */
  readonly fiscalMode: 'DISCOUNT' | 'PAYMENT';
  /** What one point pays. */
  readonly pointValueMinor: AmountByCurrency;
  /** Every rule that matches grants, in the order of `priority`, unless one before it was `exclusive`. */
  readonly earningRules: readonly EarningRule[];
  readonly multipliers: readonly MultiplierRule[];
  /** ADDITIVE: 1 + Σ(factor − 1); PRODUCT: all factors multiplied. */
  readonly multiplierMode: 'ADDITIVE' | 'PRODUCT';
  readonly earningLimits: readonly EarningLimit[];
  /** Points for what shoppers do besides buying. */
  readonly actions: readonly ActionRule[];
  readonly tiers: TierLadder;
  /** NET: on what is paid in money; NONE: no earning on a receipt with points; GROSS: as if no points were spent. */
  readonly earnOnPoints: 'NET' | 'NONE' | 'GROSS';
  /** Goods that never earn. */
  readonly earningExclusions: GoodsFilter;
  readonly redemption: RedemptionPolicy;
  /** Days of 24 hours from the purchase to activation. */
  readonly freezeDays: number;
  /** Days from activation to expiry (end of day); null = points never expire. */
  readonly ttlDays: number | null;
  /** Where clawed points come from when the order's own are gone. */
  readonly returnPolicy: ReturnPolicy;
  /** What happens to restored points whose lot has expired meanwhile. */
  readonly expiredRestorePolicy:
    | { readonly kind: 'GRACE'; readonly days: number }
    | { readonly kind: 'ORIGINAL' };
  /** Life of points released from a hold after their lot has expired. */
  readonly releaseGraceHours: number;
  /** Whether the promo code of a fully returned order may be used again. */
  readonly freeCodeOnFullReturn: boolean;
  /** Whether a shopper earns before confirming the code. */
  readonly earnWithoutCode: boolean;
  /** Whether balance and offers stay hidden until the code is confirmed. */
  readonly hideAccountUntilVerified: boolean;
  /** Life of a hold begun at a till. */
  readonly holdMinutesTill: number;
  /** Life of a hold begun online. */
  readonly holdHoursOnline: number;
  /** How long after a sale a shopper may be attached to it, and how many sales a day; null = no such limit. */
  readonly attach: { readonly days: number; readonly perDay: number | null };
}

export interface RedemptionPolicy {
  /** Largest share of the base that points may pay. */
  readonly capBp: number;
  /** ELIGIBLE: goods that may be paid by points; RECEIPT: everything but delivery and fees. */
  readonly capBase: 'ELIGIBLE' | 'RECEIPT';
  /** Price of one piece below which points never bring it, unless the product has its own. */
  readonly minUnitPriceMinor: AmountByCurrency;
  /** Most points on one receipt; null = no such limit. */
  readonly perReceiptMax: number | null;
  /** Fewer points than this are not taken at all. */
  readonly minRedeem: number;
  /** Goods that points never pay for. */
  readonly exclusions: GoodsFilter;
  readonly code: SpendingCode;
}

/** When points may be spent only after the shopper confirmed a code. */
export interface SpendingCode {
  /** ABOVE: for more points' worth than `above`; a currency that is missing there always needs the code. */
  readonly need: 'ALWAYS' | 'ABOVE' | 'NEVER';
  readonly above: AmountByCurrency;
  /** Stores that go without. */
  readonly neverAtStoreIds: readonly string[];
}

/** Every key given must match, by any one of its values; an empty match fits everything. */
export interface RuleMatch {
  readonly categories?: readonly string[];
  readonly brands?: readonly string[];
  readonly skus?: readonly string[];
  readonly tags?: readonly string[];
  /** Every attribute named, with any of its values. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly tiers?: readonly string[];
  readonly shopperTags?: readonly string[];
  /** ISO weekdays in the program's zone, Monday 1 … Sunday 7. */
  readonly weekdays?: readonly number[];
  /** Dates YYYY-MM-DD in the program's zone. */
  readonly dates?: readonly string[];
  /** HH:MM in the program's zone, `to` exclusive; `to` before `from` goes over midnight. */
  readonly hours?: { readonly from: string; readonly to: string };
  /** Goods left out although everything else matches. */
  readonly except?: GoodsFilter;
}

/** How purchases earn. `rounding` (default FLOOR) is applied once, after multipliers. */
export type EarningRule = AmountStepRule | PercentRule | PerItemRule | PerVisitRule;

/** What every earning rule has. */
export interface EarningRuleParts {
  readonly code: string;
  /** For staff and shoppers; absent: the code. */
  readonly name?: string;
  readonly match?: RuleMatch;
  readonly rounding?: Rounding;
  /** A smaller number first, default 0; ties in the order of the list. */
  readonly priority?: number;
  /** Lines that earn by this rule earn by none after it. */
  readonly exclusive?: boolean;
}

/** `points` for each full `stepMinor` of the matching lines together. */
export interface AmountStepRule extends EarningRuleParts {
  readonly type: 'AMOUNT_STEP';
  readonly steps: Readonly<Record<string, { readonly stepMinor: number; readonly points: number }>>;
}

/** `rateBp` of the matching lines together, paid in points of `pointValueMinor`. */
export interface PercentRule extends EarningRuleParts {
  readonly type: 'PERCENT';
  readonly rateBp: number;
}

/** `points` for each whole piece of the matching goods. */
export interface PerItemRule extends EarningRuleParts {
  readonly type: 'PER_ITEM';
  readonly points: number;
}

/** `points` for a purchase whose matching lines come to at least `atLeast`; multipliers do not touch it. */
export interface PerVisitRule extends EarningRuleParts {
  readonly type: 'PER_VISIT';
  readonly points: number;
  readonly atLeast: AmountByCurrency;
}

/** Multiplies what matching lines earn: 15 000 = ×1.5. */
export interface MultiplierRule {
  readonly code: string;
  readonly factorBp: number;
  readonly match: RuleMatch;
}

/**
 * Most points granted by one rule (or action), to one shopper or by the whole program in a window (calendar windows in
 * the program's zone). What is used already in the window is counted by the caller.
 */
export interface EarningLimit {
  readonly code: string;
  readonly scope: 'RULE' | 'SHOPPER' | 'PROGRAM';
  /** Code of the earning rule or action; for scope RULE only. A rule's limit counts for each shopper apart. */
  readonly rule?: string;
  readonly window: 'RECEIPT' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' | 'ALWAYS' | 'ROLLING';
  /** For ROLLING only: × 24 hours back. */
  readonly days?: number;
  readonly max: number;
}

/** Points for one thing a shopper does. */
export interface ActionRule {
  readonly code: string;
  readonly name: string;
  readonly on:
    | 'ENROLMENT'
    | 'SUBSCRIPTION'
    | 'SOCIAL_LINK'
    | 'REVIEW_APPROVED'
    | 'BIRTHDAY'
    | 'SURVEY'
    | 'REFERRAL'
    | 'EVENT';
  /** Kind of the behaviour event that counts; needed for EVENT, a default stands for the others. */
  readonly event?: string;
  /** Every property of the event that is named, with any of its values (as texts): `{ status: ['approved'] }`. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** For REFERRAL: REFERRER (where absent) is whom the event's `referrer` names, FRIEND whose event it is. */
  readonly to?: 'REFERRER' | 'FRIEND';
  readonly points: number;
  /** SHOPPER: once in a life, also after a merge; PROPERTY: once for each value of `property` (network, order …). */
  readonly once: 'NO' | 'SHOPPER' | 'PROPERTY';
  readonly property?: string;
  readonly freezeDays: number;
  /** Null = never expire; a birthday's points expire with its window. */
  readonly ttlDays: number | null;
  /** For BIRTHDAY: granted this many days before, spendable to the end of this many days after. */
  readonly birthday?: { readonly daysBefore: number; readonly daysAfter: number };
  readonly match?: { readonly tiers?: readonly string[]; readonly shopperTags?: readonly string[] };
  /** How often for one shopper: two reviews a day, three a month. */
  readonly atMost?: readonly { readonly times: number; readonly window: CountWindow }[];
}

/** Tiers, lowest first; a shopper below the first has none. Empty `levels`: a program without tiers. */
export interface TierLadder {
  /** SPEND: net of returns; POINTS: points earned by purchases. */
  readonly basis: 'SPEND' | 'POINTS';
  readonly window: 'LAST_12_MONTHS' | 'ALL';
  /** An upgrade is at once. A tier no longer carried is kept this many days since it was reached; null = for ever. */
  readonly keepDays: number | null;
  readonly levels: readonly TierLevel[];
}

export interface TierLevel {
  readonly code: string;
  readonly name: string;
  /** Threshold for SPEND, by currency. */
  readonly from: AmountByCurrency;
  /** Threshold for POINTS. */
  readonly fromPoints: number;
  /** What differs from the program's redemption for this tier. */
  readonly redemption?: {
    readonly capBp?: number;
    readonly perReceiptMax?: number | null;
    readonly minRedeem?: number;
  };
}

/**
 * The preset (product.md L2): 3 points for each full 100 of the amount paid, up to 50 % of an order payable in
 * points, 1 point = 1 of the currency, 14 days of freeze, no expiry, no piece below 1.00.
 */
export const presetSettings: ProgramSettings = {
  timezone: 'Europe/Moscow',
  fiscalMode: 'DISCOUNT',
  pointValueMinor: { RUB: 100, KZT: 100, GBP: 100 },
  earningRules: [
    {
      code: 'purchase',
      type: 'AMOUNT_STEP',
      steps: {
        RUB: { stepMinor: 10_000, points: 3 },
        KZT: { stepMinor: 10_000, points: 3 },
        GBP: { stepMinor: 10_000, points: 3 },
      },
    },
  ],
  multipliers: [],
  multiplierMode: 'ADDITIVE',
  earningLimits: [],
  actions: [],
  tiers: { basis: 'SPEND', window: 'LAST_12_MONTHS', keepDays: 365, levels: [] },
  earnOnPoints: 'NET',
  earningExclusions: {},
  redemption: {
    capBp: 5_000,
    capBase: 'ELIGIBLE',
    minUnitPriceMinor: { RUB: 100, KZT: 100, GBP: 100 },
    perReceiptMax: null,
    minRedeem: 0,
    exclusions: {},
    code: { need: 'ALWAYS', above: {}, neverAtStoreIds: [] },
  },
  freezeDays: 14,
  ttlDays: null,
  returnPolicy: 'DEBT',
  expiredRestorePolicy: { kind: 'GRACE', days: 14 },
  releaseGraceHours: 24,
  freeCodeOnFullReturn: true,
  earnWithoutCode: true,
  hideAccountUntilVerified: true,
  holdMinutesTill: 30,
  holdHoursOnline: 72,
  attach: { days: 14, perDay: 3 },
};
