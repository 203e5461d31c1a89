import { lowerToPrintable, spreadExactly, spreadPrintable } from '../../money/index.ts';
import type { LoweredLine, PrintableSpread } from '../../money/index.ts';

/** How many points go, and the share of each line in minor units: Σ shares = points × v. */
export interface Spread {
  readonly points: number;
  readonly shares: readonly number[];
}

/**
 * Spreads points over lines so that every line can be printed (loyalty.md §5 "Allocation", "Print split").
 *
 * The share of a fractional-quantity line falls to the nearest printable value and the freed kopecks go to lines of
 * whole quantity. Where those have no room the points fall to the largest number for which everything fits.
 * @param wanted points, with wanted × v ≤ Σ headroom
 * @param printed false where prices are left alone: then every share fits
 */
export function spreadPoints(
  wanted: number,
  lines: readonly LoweredLine[],
  pointValueMinor: number,
  printed: boolean,
): Spread {
  let points = wanted;
  let trimmed: readonly number[] | null = null;
  while (points > 0) {
    const attempt = settle(points * pointValueMinor, lines, printed);
    if (attempt.left === 0) return { points, shares: attempt.shares };
    if (trimmed !== null) return { points, shares: trimmed };
    // A larger number cannot fit: the printable shares below these sum to no more than what was placed.
    const placed = points * pointValueMinor - attempt.left;
    points = Math.floor(placed / pointValueMinor);
    trimmed = trim(attempt.shares, lines, placed - points * pointValueMinor);
  }
  return { points: 0, shares: lines.map(() => 0) };
}

function settle(amount: number, lines: readonly LoweredLine[], printed: boolean): PrintableSpread {
  return printed ? spreadPrintable(amount, lines) : { shares: spreadExactly(amount, lines), left: 0 };
}

/**
 * Takes `excess` off the shares, keeping every line printable; null when it cannot be done line by line.
 * Needed where several weighed goods stand alone: their first spread rarely fits all of them at once.
 */
function trim(shares: readonly number[], lines: readonly LoweredLine[], excess: number): number[] | null {
  let left = excess;
  const trimmed = shares.map((share, index) => {
    const line = lines[index];
    if (line === undefined || left === 0) return share;
    const lower = raiseToPrintable(line, Math.max(0, share - left), share);
    left -= share - lower;
    return lower;
  });
  return left === 0 ? trimmed : null;
}

/** The smallest printable share not below `least`; `share` itself is printable. */
function raiseToPrintable(line: LoweredLine, least: number, share: number): number {
  let candidate = least;
  while (candidate < share && lowerToPrintable(line.net, candidate, line.quantityMilli) !== candidate)
    candidate += 1;
  return candidate;
}
