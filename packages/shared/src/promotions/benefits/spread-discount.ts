import { isFractional, lowerToPrintable, spreadPrintable } from '../../money/index.ts';
import type { Offer } from './benefit-kind.ts';

/** Spreads a discount over lines by what they cost; at most what they cost, and only what can be printed. */
export function spreadDiscount(
  amount: number,
  lines: readonly number[],
  { basket, prices }: Offer,
): Map<number, number> {
  const { shares } = spreadPrintable(
    amount,
    lines.map((index) => {
      const net = prices[index] ?? 0;
      return { net, headroom: net, quantityMilli: basket.lines[index]?.quantityMilli ?? 0 };
    }),
  );
  return new Map(lines.map((index, at) => [index, shares[at] ?? 0]));
}

/** A discount of each line by itself; never more than the line costs, and only what can be printed. */
export function lowerEach(
  lines: readonly number[],
  { basket, prices }: Offer,
  discountOf: (quantityMilli: number, price: number) => number,
): Map<number, number> {
  return new Map(
    lines.map((index) => {
      const quantityMilli = basket.lines[index]?.quantityMilli ?? 0;
      const price = prices[index] ?? 0;
      const wanted = Math.min(price, Math.max(0, discountOf(quantityMilli, price)));
      return [index, isFractional(quantityMilli) ? lowerToPrintable(price, wanted, quantityMilli) : wanted];
    }),
  );
}

/** What the lines cost together now. */
export function costOf(lines: readonly number[], { prices }: Offer): number {
  return lines.reduce((sum, index) => sum + (prices[index] ?? 0), 0);
}
