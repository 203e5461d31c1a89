/** What became of one promotion on one receipt; the first reason that keeps it away is told. */
export interface PromotionVerdict {
  readonly promotionId: string;
  readonly revision: number;
  readonly title: string;
  readonly applied: boolean;
  /** Null when applied. */
  readonly reason: PromotionReason | null;
  /** Minor units taken off, and the same by line number. */
  readonly amount: number;
  readonly lines: readonly { readonly number: number; readonly amount: number }[];
  /** Points its benefits add, after limits. */
  readonly points: number;
  /** Times it counts against its limits; 0 when not applied. */
  readonly times: number;
  /** The presented code it was applied by. */
  readonly code: string | null;
  /** Goods the shopper may still add to get the gift. */
  readonly missingGift: boolean;
}

export type PromotionReason =
  | { readonly code: 'NOT_STARTED' | 'ENDED' | 'OTHER_DAY' | 'OTHER_HOUR' | 'OTHER_STORE' | 'OTHER_CHANNEL' }
  | { readonly code: 'NO_SHOPPER' | 'NOT_IN_AUDIENCE' | 'NOT_GRANTED' | 'EXCLUDED_SHOPPER' }
  /** `condition`: kind of the first condition not met; how much is needed and how much there is, in its own unit. */
  | { readonly code: 'CONDITION'; readonly condition: string; readonly need: number; readonly have: number }
  | { readonly code: 'CODE_NEEDED' | 'NO_GOODS' | 'NO_CURRENCY' }
  /** Another promotion of its group came first or saves more. */
  | { readonly code: 'STACKING'; readonly by: string }
  | { readonly code: 'LIMIT_PER_SHOPPER' | 'LIMIT_TOTAL' | 'BUDGET' }
  /** Its rules could not be calculated; the sale goes on and staff are told. */
  | { readonly code: 'FAILED'; readonly message: string };
