import { allocate } from './allocate.ts';
import { isFractional, lowerToPrintable } from './print-split.ts';

/** A line that a discount may lower. Minor units. */
export interface LoweredLine {
  readonly net: number;
  /** Most that may be taken off. */
  readonly headroom: number;
  readonly quantityMilli: number;
  /** What the discount is spread by; absent: `net`. */
  readonly weight?: bigint;
}

export interface PrintableSpread {
  /** One a line; Σ shares + left = the amount. */
  readonly shares: readonly number[];
  /** What could not be placed so that every line can be printed. */
  readonly left: number;
}

/**
 * Spreads a discount over lines so that every one can be printed (loyalty.md §5 "Allocation", "Print split"): the share
 * of a fractional-quantity line falls to the nearest printable value, what is freed goes to lines of whole quantity.
 */
export function spreadPrintable(amount: number, lines: readonly LoweredLine[]): PrintableSpread {
  const exact = spreadExactly(amount, lines);
  const lowered = exact.map((share, index) => {
    const line = lines[index];
    if (line === undefined || share === 0 || !isFractional(line.quantityMilli)) return share;
    return lowerToPrintable(line.net, share, line.quantityMilli);
  });
  const freed = amount - sum(lowered);
  if (freed === 0) return { shares: lowered, left: 0 };
  const extra = allocate(
    freed,
    lines.map((line) => (isFractional(line.quantityMilli) ? 0 : weightOf(line))),
    lines.map((line, index) => line.headroom - (lowered[index] ?? 0)),
  );
  return { shares: lowered.map((share, index) => share + (extra[index] ?? 0)), left: freed - sum(extra) };
}

/** The same where nothing is printed at the lowered prices: every share fits. */
export function spreadExactly(amount: number, lines: readonly LoweredLine[]): number[] {
  return allocate(
    amount,
    lines.map(weightOf),
    lines.map((line) => line.headroom),
  );
}

function weightOf(line: LoweredLine): number | bigint {
  return line.weight ?? line.net;
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}
