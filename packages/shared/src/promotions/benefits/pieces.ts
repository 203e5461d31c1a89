import { isFractional, printSplit } from '../../money/index.ts';
import { openLines } from './benefit-kind.ts';
import type { Offer } from './benefit-kind.ts';

/** Pieces of one line at one price. */
export interface PieceRun {
  readonly index: number;
  readonly price: number;
  readonly count: number;
}

/**
 * The pieces of lines by the price each is printed at, dearest first, ties by line. Weighed goods have no pieces; what
 * costs nothing is nobody's piece.
 */
export function pieceRuns(chosen: readonly number[], offer: Offer): PieceRun[] {
  const runs = openLines(chosen, offer).flatMap((index) => {
    const quantityMilli = offer.basket.lines[index]?.quantityMilli ?? 0;
    if (isFractional(quantityMilli)) return [];
    return printSplit(offer.prices[index] ?? 0, quantityMilli)
      .filter(({ unitPrice }) => unitPrice > 0)
      .map((printed) => ({ index, price: printed.unitPrice, count: printed.quantityMilli / 1000 }));
  });
  return runs.toSorted((a, b) => b.price - a.price || a.index - b.index);
}

export function countPieces(runs: readonly PieceRun[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}

/** The first `wanted` pieces of the runs, and the rest. */
export function takePieces(
  runs: readonly PieceRun[],
  wanted: number,
): { readonly taken: PieceRun[]; readonly rest: PieceRun[] } {
  const taken: PieceRun[] = [];
  const rest: PieceRun[] = [];
  let left = wanted;
  for (const run of runs) {
    const count = Math.min(left, run.count);
    left -= count;
    if (count > 0) taken.push({ ...run, count });
    if (count < run.count) rest.push({ ...run, count: run.count - count });
  }
  return { taken, rest };
}

/** What runs cost, together or by line. */
export function valueOf(runs: readonly PieceRun[]): number {
  return runs.reduce((sum, { price, count }) => sum + price * count, 0);
}

export function addCut(cuts: Map<number, number>, index: number, amount: number): void {
  cuts.set(index, (cuts.get(index) ?? 0) + amount);
}
