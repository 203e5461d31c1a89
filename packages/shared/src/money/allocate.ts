import { toSafeNumber } from './rounding.ts';

/**
 * Spreads `total` over lines in proportion to `weights`, none above its cap (loyalty.md §5 "Allocation").
 *
 * A line whose exact share reaches its cap gets the cap and leaves; the others share what is left: floors first,
 * then one unit each to the largest fractional remainders, ties to the larger weight, then to the lower index.
 * All comparisons are exact. The parts sum to `total`, or to the sum of caps of weighted lines when that is less;
 * a line without weight gets nothing.
 *
 * @param total ≥ 0, smallest units (kopecks, points)
 * @param weights ≥ 0, one a line
 * @param caps ≥ 0, one a line; absent = no caps
 * @throws RangeError for negative numbers or lists of different length
 */
export function allocate(
  total: number,
  weights: readonly (number | bigint)[],
  caps?: readonly number[],
): number[] {
  const small = smallLines(total, weights, caps);
  return small === null ? allocateBig(total, weights, caps) : allocateSmall(total, small, weights.length);
}

interface SmallLine {
  readonly index: number;
  readonly weight: number;
  readonly cap: number;
}

/** The weighted lines when every product of the allocation is a safe integer, as in any common receipt; else null. */
function smallLines(
  total: number,
  weights: readonly (number | bigint)[],
  caps?: readonly number[],
): SmallLine[] | null {
  const lines: SmallLine[] = [];
  let sum = 0;
  let largest = total;
  if (!Number.isSafeInteger(total) || total < 0 || (caps !== undefined && caps.length !== weights.length))
    return null;
  for (let index = 0; index < weights.length; index += 1) {
    const cap = caps?.[index] ?? total;
    const weight = Number(weights[index]);
    if (!Number.isSafeInteger(weight) || !Number.isSafeInteger(cap) || weight < 0 || cap < 0) return null;
    if (weight === 0) continue;
    lines.push({ index, weight, cap });
    sum += weight;
    if (cap > largest) largest = cap;
  }
  return sum * largest <= Number.MAX_SAFE_INTEGER ? lines : null;
}

function allocateSmall(total: number, lines: SmallLine[], count: number): number[] {
  const parts = Array.from({ length: count }, () => 0);
  let open = lines;
  let rest = total;
  let sum = open.reduce((weight, line) => weight + line.weight, 0);
  for (;;) {
    const [before, left] = [rest, sum];
    const still: SmallLine[] = [];
    for (const line of open) {
      if (before * line.weight < line.cap * left) still.push(line);
      else {
        parts[line.index] = line.cap;
        rest -= line.cap;
        sum -= line.weight;
      }
    }
    if (still.length === open.length) break;
    open = still;
  }
  if (open.length > 0) shareSmall(open, rest, sum, parts);
  return parts;
}

function shareSmall(open: readonly SmallLine[], rest: number, sum: number, parts: number[]): void {
  let left = rest;
  const remainders = open.map((line) => {
    const product = rest * line.weight;
    const remainder = product % sum;
    parts[line.index] = (product - remainder) / sum;
    left -= (product - remainder) / sum;
    return { line, remainder };
  });
  if (left === 0) return;
  remainders.sort(
    (a, b) => b.remainder - a.remainder || b.line.weight - a.line.weight || a.line.index - b.line.index,
  );
  for (const { line } of remainders.slice(0, left)) parts[line.index] = (parts[line.index] ?? 0) + 1;
}

function allocateBig(
  total: number,
  weights: readonly (number | bigint)[],
  caps?: readonly number[],
): number[] {
  const parts = Array.from(weights, () => 0n);
  let open = openLines(total, weights, caps);
  let rest = BigInt(total);
  let sum = open.reduce((weight, line) => weight + line.weight, 0n);
  for (let full = takeFull(open, rest, sum); full.length > 0; full = takeFull(open, rest, sum)) {
    // A line that is full leaves more to the others, so all lines full at once may leave at once.
    for (const line of full) {
      parts[line.index] = line.cap ?? 0n;
      rest -= line.cap ?? 0n;
      sum -= line.weight;
    }
    open = open.filter((line) => !full.includes(line));
  }
  shareExactly(open, rest, sum, parts);
  return parts.map(toSafeNumber);
}

type Line = { index: number; weight: bigint; cap: bigint | null };

function openLines(total: number, weights: readonly (number | bigint)[], caps?: readonly number[]): Line[] {
  if (total < 0) throw new RangeError('only a total of zero or more can be allocated');
  if (caps !== undefined && caps.length !== weights.length) throw new RangeError('one cap a line');
  const lines = weights.map((weight, index) => {
    const cap = caps?.[index];
    return { index, weight: BigInt(weight), cap: cap === undefined ? null : BigInt(cap) };
  });
  if (lines.some((line) => line.weight < 0n || (line.cap ?? 0n) < 0n)) {
    throw new RangeError('weights and caps are zero or more');
  }
  return lines.filter((line) => line.weight > 0n);
}

function takeFull(open: readonly Line[], rest: bigint, sum: bigint): Line[] {
  return open.filter((line) => line.cap !== null && rest * line.weight >= line.cap * sum);
}

function shareExactly(open: readonly Line[], rest: bigint, sum: bigint, parts: bigint[]): void {
  if (sum === 0n) return;
  let left = rest;
  const remainders = open.map((line) => {
    const floor = (rest * line.weight) / sum;
    parts[line.index] = floor;
    left -= floor;
    return { line, remainder: (rest * line.weight) % sum };
  });
  remainders.sort(
    (a, b) =>
      compare(b.remainder, a.remainder) ||
      compare(b.line.weight, a.line.weight) ||
      a.line.index - b.line.index,
  );
  for (const { line } of remainders.slice(0, Number(left)))
    parts[line.index] = (parts[line.index] ?? 0n) + 1n;
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
