/** Why what was quoted no longer holds. */
export type QuoteChangeCode =
  | 'BALANCE'
  | 'PROMOTION'
  | 'PROMO_CODE'
  | 'PROGRAM'
  | 'PRICE'
  | 'QUOTE_EXPIRED'
  | 'SHOPPER';

export interface QuoteChange {
  code: QuoteChangeCode;
  message: string;
  /** 1-based; null: the whole basket. */
  line: number | null;
}
