import { quoteOf, startOf } from './calculation.ts';
import type { Step } from './calculation.ts';
import { earnOnLines } from './earn-on-lines.ts';
import { lowerByPromotions } from './lower-by-promotions.ts';
import { priceLines } from './price-lines.ts';
import type { Quote, ReceiptInput } from './quote.ts';
import { needsVerification, spendPoints } from './spend-points.ts';
import { splitForPrinter } from './split-for-printer.ts';

/** The order of loyalty.md §5: promo codes (3) are promotions that ask for a code. */
const CALCULATION_ORDER: readonly Step[] = [
  priceLines,
  lowerByPromotions,
  spendPoints,
  earnOnLines,
  splitForPrinter,
];

/**
 * What a basket costs, how many points it takes and brings. Pure: the server is the judge, the till shows the same
 * while it is offline. A wish above `points.max` is clamped, the reasons are in `points.limits`.
 * @throws RangeError for lines with `draftLineProblems`
 */
export function calculateReceipt(input: ReceiptInput): Quote {
  const calculation = CALCULATION_ORDER.reduce((so, step) => step(so), startOf(input));
  return quoteOf(calculation, needsVerification(calculation));
}
