import type { FrozenPromotion } from '../promotions/index.ts';

interface KeptLine {
  readonly number: number;
  /** Thousandths the shopper keeps. */
  readonly quantityMilli: number;
}

/**
 * The promotions whose points the kept goods still deserve: those of which every basket sum and quantity is still
 * reached. A line counts with its part of what it counted with at the sale, rounded down.
 */
export function keptPromotions(
  frozen: readonly FrozenPromotion[],
  lines: readonly KeptLine[],
): FrozenPromotion[] {
  const kept = new Map(lines.map(({ number, quantityMilli }) => [number, quantityMilli]));
  return frozen.filter(
    ({ sums, quantities }) =>
      sums.every((sum) => reaches(sum, kept)) &&
      quantities.every(({ atLeast, lines: numbers }) => {
        const milli = numbers.reduce((so, number) => so + (kept.get(number) ?? 0), 0);
        return Math.floor(milli / 1000) >= atLeast;
      }),
  );
}

function reaches(
  { atLeast, lines }: FrozenPromotion['sums'][number],
  kept: ReadonlyMap<number, number>,
): boolean {
  const sum = lines.reduce((so, { number, quantityMilli, amount }) => {
    const part = BigInt(amount) * BigInt(kept.get(number) ?? 0);
    return so + part / BigInt(quantityMilli);
  }, 0n);
  return sum >= BigInt(atLeast);
}
