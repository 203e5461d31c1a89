import type { PrintLine } from '../money/index.ts';
import type {
  FrozenPromotion,
  Promotion,
  PromotionFacts,
  PromotionGroup,
  PromotionVerdict,
  RefusedCode,
} from '../promotions/index.ts';
import type { GoodsFacts } from '../rules/index.ts';
import type { Instant } from '../time/index.ts';
import type { ProgramSettings } from './program-settings.ts';

export type LineKind = 'GOODS' | 'SERVICE' | 'DELIVERY' | 'GIFT_CARD' | 'FEE';

export type { RefusedCodeReason } from '../promotions/index.ts';
export type { GoodsFacts } from '../rules/index.ts';

/** A line as the till gives it, with what the catalogue knows of its product. Money in minor units. */
export interface DraftLine extends GoodsFacts {
  /** 1-based position in the input. */
  readonly number: number;
  readonly kind: LineKind;
  /** Thousandths, more than 0. */
  readonly quantityMilli: number;
  readonly unitPrice: number;
  /** The till's own quantity × price; within a kopeck of ours it is used. */
  readonly amount?: number | undefined;
  /** Given by the till on the whole line: a fact, before our own. */
  readonly discount?: number | undefined;
  readonly minUnitPrice?: number | undefined;
  /** The product's word over the kind's default: only GOODS and SERVICE earn and redeem. */
  readonly earnable?: boolean | undefined;
  readonly redeemable?: boolean | undefined;
}

/** The shopper at the time of the calculation. */
export interface DraftShopper {
  /** False for a phone nobody has yet: earns as a new member, has nothing to spend. */
  readonly known: boolean;
  readonly verified: boolean;
  readonly blocked: boolean;
  /** Active points not held, brought to now. */
  readonly available: number;
  readonly tierCode?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly segmentIds?: readonly string[] | undefined;
  /** YYYY-MM-DD; absent: not known. */
  readonly birthDate?: string | undefined;
  /** Committed purchases before this one, full returns not counted. */
  readonly ordersBefore?: number | undefined;
  /** Promotions granted to this shopper personally and still open. */
  readonly grantedPromotionIds?: readonly string[] | undefined;
}

/** Where the purchase is made. */
export interface SalePlace {
  readonly storeId: string;
  readonly channel: 'STORE' | 'ONLINE';
  /** IANA zone of the store: days and hours of promotions. */
  readonly timezone: string;
}

export type SpendPoints =
  | { readonly kind: 'NONE' | 'MAX' }
  | { readonly kind: 'EXACT'; readonly points: number };

export type ProgramMode = 'OFF' | 'EARN_ONLY' | 'LIVE';

export interface ReceiptInput {
  readonly currency: string;
  readonly lines: readonly DraftLine[];
  /** Null: no program version is valid at that time. */
  readonly settings: ProgramSettings | null;
  readonly mode: ProgramMode;
  /** Null: anonymous. */
  readonly shopper: DraftShopper | null;
  readonly spend: SpendPoints;
  readonly occurredAt: Instant;
  /** Points granted so far in the window of each earning limit, by limit code; absent = none. */
  readonly limitsUsed?: Readonly<Record<string, number>>;
  /** Absent: no promotion is tried. */
  readonly place?: SalePlace;
  /** Every promotion that might apply; the calculation judges each. */
  readonly promotions?: readonly Promotion[];
  readonly promotionGroups?: readonly PromotionGroup[];
  readonly promotionFacts?: PromotionFacts;
}

/** A discount of one line. TILL: given by the till as a fact; PROMOTION: by one of ours. */
export type LineDiscount =
  | { readonly source: 'TILL'; readonly amount: number }
  | {
      readonly source: 'PROMOTION';
      readonly amount: number;
      readonly promotionId: string;
      readonly title: string;
      readonly code: string | null;
    };

/** A line after the calculation: toPay = gross − Σ discounts − pointsDiscount. */
export interface QuoteLine extends GoodsFacts {
  readonly number: number;
  readonly kind: LineKind;
  readonly quantityMilli: number;
  readonly unitPrice: number;
  /** The line's own floor, else the program's. */
  readonly minUnitPrice: number;
  readonly gross: number;
  readonly discounts: readonly LineDiscount[];
  /** gross − Σ discounts: what points may lower. */
  readonly net: number;
  readonly pointsDiscount: number;
  readonly toPay: number;
  /** For the printer; they sum to toPay, or to net where points are a payment kind. */
  readonly printLines: readonly PrintLine[];
  readonly earnable: boolean;
  readonly redeemable: boolean;
  /** Minor units of this line that earn. */
  readonly earnBase: number;
  /** Points of the receipt's earning that this line brought. */
  readonly earnShare: number;
  readonly earns: readonly LineEarn[];
}

/** What one rule grants for one line. */
export interface LineEarn {
  readonly rule: string;
  readonly baseMinor: number;
  readonly points: number;
}

export type PointsLimitCode =
  | 'NO_SHOPPER'
  | 'NOT_VERIFIED'
  | 'BALANCE'
  | 'SHARE_OF_ORDER'
  | 'PER_RECEIPT'
  | 'MINIMUM_PRICE'
  | 'EXCLUDED_GOODS'
  | 'BELOW_MINIMUM'
  | 'PROGRAM_NOT_LIVE'
  | 'ACCOUNT_BLOCKED';

export interface PointsLimit {
  readonly code: PointsLimitCode;
  /** Most points this reason alone would allow. */
  readonly max: number;
}

export interface QuotePoints {
  /** 0 while the account is hidden from an unverified shopper. */
  readonly available: number;
  readonly max: number;
  readonly applied: number;
  /** What sets `max` and, for an exact wish, everything below it; smallest first. */
  readonly limits: readonly PointsLimit[];
  /** The share of the order in points by both readings; the program's `capBase` says which counts. */
  readonly caps: { readonly eligible: number; readonly receipt: number };
}

/** Why nothing is earned at all; null when the rules decided. */
export type NoEarningReason =
  | 'PROGRAM_OFF'
  | 'NO_CURRENCY'
  | 'NOT_VERIFIED'
  | 'ACCOUNT_BLOCKED'
  | 'POINTS_SPENT';

export interface EarningCut {
  readonly limit: string;
  readonly rule: string;
  readonly points: number;
}

export interface QuoteEarning {
  readonly points: number;
  /** Null when nothing is earned. */
  readonly activateAt: Instant | null;
  /** Null when nothing is earned or points never expire. */
  readonly expireAt: Instant | null;
  readonly rules: readonly { readonly rule: string; readonly points: number }[];
  /** What limits took away from the rules. */
  readonly cuts: readonly EarningCut[];
  /** Every earning rule in the order of calculation; empty with a `reason`. */
  readonly verdicts: readonly EarningVerdict[];
  readonly reason: NoEarningReason | null;
}

/** What one earning rule did on this receipt. */
export interface EarningVerdict {
  readonly rule: string;
  /** The rule's name, else its code. */
  readonly name: string;
  /** Minor units of the lines it matched that earn. */
  readonly baseMinor: number;
  /** The multiplier of its lines together, weighted, in basis points; 10 000 where nothing multiplies. */
  readonly factorBp: number;
  /** Codes of the multipliers, or ids of the promotions, that touched its lines. */
  readonly multipliedBy: readonly string[];
  /** Granted, after limits. */
  readonly points: number;
  /** Taken away by limits. */
  readonly cut: number;
  /** Why there are no points; null when there are. */
  readonly reason: NoPointsReason | null;
}

/**
 * NO_CURRENCY: no value here. OTHER_DAY and OTHER_HOUR: not now. NOT_FOR_SHOPPER: tier or tag. NO_GOODS: no line that
 * earns matches. EXCLUSIVE: a rule before it took the lines. TOO_LITTLE: below its step or its least sum. LIMIT: cut.
 * FAILED: it could not be calculated; the sale goes on.
 */
export type NoPointsReason =
  | 'NO_CURRENCY'
  | 'OTHER_DAY'
  | 'OTHER_HOUR'
  | 'NOT_FOR_SHOPPER'
  | 'NO_GOODS'
  | 'EXCLUSIVE'
  | 'TOO_LITTLE'
  | 'LIMIT'
  | 'FAILED';

export interface Quote {
  readonly currency: string;
  readonly lines: readonly QuoteLine[];
  readonly gross: number;
  readonly discount: number;
  readonly pointsDiscount: number;
  readonly toPay: number;
  readonly points: QuotePoints;
  readonly earning: QuoteEarning;
  /** Whether this shopper must confirm a code before points can be spent here. */
  readonly verificationRequired: boolean;
  /** Every promotion that was tried, in the order of calculation. */
  readonly promotions: readonly PromotionVerdict[];
  /** Presented codes that did nothing here, with the reason. */
  readonly refusedCodes: readonly RefusedCode[];
  /** Of the applied promotions that give points: kept with the order and given back to `calculateReturn`. */
  readonly frozenPromotions: readonly FrozenPromotion[];
}
