import type { PrintLine } from '../money/index.ts';
import type { GoodsFacts, QuoteLine } from './quote.ts';

/** A line of a committed order as it was frozen; a `QuoteLine` is one. */
export type SoldLine = GoodsFacts &
  Pick<
    QuoteLine,
    'number' | 'quantityMilli' | 'net' | 'pointsDiscount' | 'toPay' | 'printLines' | 'earnable'
  >;

/** A part of a sold line that came back. */
export interface ReturnedLine {
  readonly number: number;
  readonly quantityMilli: number;
  readonly moneyBack: number;
  readonly pointsDiscount: number;
  /** For the refund document; they sum to moneyBack, or to moneyBack + pointsDiscount where points are a payment. */
  readonly printLines: readonly PrintLine[];
}
