import { allocate, lineGross } from '@clientele/shared/money';
import type { ParsedLine } from '../../quote/draft.ts';

const DISCOUNTED: ReadonlySet<string> = new Set(['GOODS', 'SERVICE']);

/**
 * Puts a discount of the whole purchase on its goods and services, in proportion to what they cost after their own
 * discounts. Minor units.
 * @returns null when it is more than that
 */
export function spreadDiscount(lines: readonly ParsedLine[], discount: number): ParsedLine[] | null {
  const net = lines.map((line) => (DISCOUNTED.has(line.kind) ? netOfLine(line) : 0));
  if (discount > net.reduce((sum, part) => sum + part, 0)) return null;
  const shares = allocate(discount, net, net);
  return lines.map((line, index) => {
    const share = shares[index] ?? 0;
    return share === 0 ? line : { ...line, discount: (line.discount ?? 0) + share };
  });
}

/** What a line costs after its own discount. */
export function netOfLine({ quantityMilli, unitPrice, amount, discount }: ParsedLine): number {
  return (amount ?? lineGross(quantityMilli, unitPrice)) - (discount ?? 0);
}
