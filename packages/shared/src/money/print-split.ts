import { divideFloor, divideHalfUp, toSafeNumber } from './rounding.ts';

/** One line of the fiscal printer: `amount` = quantity × price, within a kopeck where the quantity is fractional. */
export interface PrintLine {
  readonly quantityMilli: number;
  readonly unitPrice: number;
  readonly amount: number;
}

/** Whether the quantity is not a whole number of pieces (weight, length); such a line is never split. */
export function isFractional(quantityMilli: number): boolean {
  return quantityMilli % 1000 !== 0;
}

/** Quantity × unit price, half-up to the minor unit: 1.235 × 99.90 = 123.38. */
export function lineGross(quantityMilli: number, unitPriceMinor: number): number {
  return toSafeNumber(divideHalfUp(BigInt(quantityMilli) * BigInt(unitPriceMinor), 1000n));
}

/**
 * Printer lines whose amounts sum to `totalMinor` exactly (loyalty.md §5 "Print split"): a whole quantity becomes
 * (q−r) × p and r × (p+1), lower price first; a fractional one stays a single line at the nearest kopeck price.
 * Whether that price is near enough for the printer is said by `isPrintable`.
 */
export function printSplit(totalMinor: number, quantityMilli: number): PrintLine[] {
  if (isFractional(quantityMilli)) {
    return [{ quantityMilli, unitPrice: nearestPrice(totalMinor, quantityMilli), amount: totalMinor }];
  }
  const quantity = quantityMilli / 1000;
  const price = Math.floor(totalMinor / quantity);
  const dearer = totalMinor % quantity;
  return [
    { quantityMilli: (quantity - dearer) * 1000, unitPrice: price, amount: (quantity - dearer) * price },
    { quantityMilli: dearer * 1000, unitPrice: price + 1, amount: dearer * (price + 1) },
  ].filter((line) => line.quantityMilli > 0);
}

/** Whether some kopeck price × quantity is within one kopeck of the total: what fiscal drivers demand. */
export function isPrintable(totalMinor: number, quantityMilli: number): boolean {
  return nextPrintable(totalMinor, quantityMilli) === totalMinor;
}

/**
 * The largest discount, not above `share`, after which a line of `netMinor` can be printed. Zero when none can:
 * then the line stays as the till gave it.
 */
export function lowerToPrintable(netMinor: number, share: number, quantityMilli: number): number {
  const total = nextPrintable(netMinor - share, quantityMilli);
  return total >= netMinor ? 0 : netMinor - total;
}

/** Price × quantity rises by at least a kopeck a step, so only the two prices around the total can be near. */
function nearestPrice(totalMinor: number, quantityMilli: number): number {
  return toSafeNumber(divideHalfUp(BigInt(totalMinor) * 1000n, BigInt(quantityMilli)));
}

function nextPrintable(totalMinor: number, quantityMilli: number): number {
  if (!isFractional(quantityMilli)) return totalMinor;
  const below = toSafeNumber(divideFloor(BigInt(totalMinor) * 1000n, BigInt(quantityMilli)));
  if (totalMinor - lineGross(quantityMilli, below) <= 1) return totalMinor;
  return Math.max(totalMinor, lineGross(quantityMilli, below + 1) - 1);
}
