/** What the calculation must be told about promotions besides their rules; read by the API in one statement. */
export interface PromotionFacts {
  /** By promotion id; absent: never used. */
  readonly uses: Readonly<Record<string, PromotionUse>>;
  readonly codes: readonly PresentedCode[];
}

/** How much of its limits a promotion has used, in their windows, at this moment. */
export interface PromotionUse {
  readonly shopperTimes: number;
  readonly totalTimes: number;
  /** Minor units of the order's currency. */
  readonly spent: number;
}

/** A code as somebody typed it, and what the register of codes says of it for this shopper now. */
export interface PresentedCode {
  readonly code: string;
  /** The promotion its pool belongs to; null with a `refused`. */
  readonly promotionId: string | null;
  readonly refused: 'UNKNOWN' | 'EXPIRED' | 'NOT_YET' | 'USED' | 'HELD' | 'OTHER_SHOPPER' | null;
}
