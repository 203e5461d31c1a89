import { allocate } from '../../money/index.ts';
import { demandWhole } from '../../rules/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import { givenCuts, NO_GOODS } from './benefit-kind.ts';
import type { BenefitKind, BenefitOf } from './benefit-kind.ts';
import { addCut, countPieces, pieceRuns, takePieces, valueOf } from './pieces.ts';
import type { PieceRun } from './pieces.ts';

/**
 * Sets of `take` pieces, the dearest together; of each the cheapest `take` − `pay` are free. Their value is spread over
 * the whole set, so that nobody keeps the free pieces and returns the paid ones.
 */
export const nForM: BenefitKind<BenefitOf<'N_FOR_M'>> = {
  kind: 'N_FOR_M',
  args: {
    take: { type: 'count', least: 2, most: 1_000 },
    pay: { type: 'count', least: 1, most: 999 },
    goods: { type: 'goods', optional: true },
  },
  check: ({ take, pay }, path) =>
    pay < take ? [] : [{ path: [...path, 'pay'], code: 'RANGE', message: 'fewer are paid than taken' }],
  prepare({ take, pay, goods }) {
    const chosen = lineChoice(goods);
    demandWhole(take, 2, 'taken pieces');
    demandWhole(pay, 1, 'paid pieces', take - 1);
    return (offer) => {
      const runs = pieceRuns(chosen(offer.basket), offer);
      const pieces = countPieces(runs);
      if (pieces === 0) return NO_GOODS;
      const sets = Math.min(Math.floor(pieces / take), offer.room);
      if (sets === 0)
        return { reason: { code: 'CONDITION', condition: 'N_FOR_M', need: take, have: pieces } };
      return givenCuts(cutsOfSets(runs, { take, pay, sets }), sets);
    };
  },
};

function cutsOfSets(
  runs: readonly PieceRun[],
  { take, pay, sets }: { readonly take: number; readonly pay: number; readonly sets: number },
): Map<number, number> {
  const cuts = new Map<number, number>();
  let left = sets;
  let at = 0;
  let used = 0;
  while (left > 0) {
    const run = runs[at];
    if (run === undefined) break;
    // Sets within one run are all alike: a line of ten thousand pieces is no more work than one of three.
    const alike = Math.min(left, Math.floor((run.count - used) / take));
    if (alike > 0) addCut(cuts, run.index, alike * (take - pay) * run.price);
    left -= alike;
    used += alike * take;
    if (left === 0) break;
    const mixed: PieceRun[] = [];
    let missing = take;
    for (let next = runs[at]; missing > 0 && next !== undefined; next = runs[at]) {
      const count = Math.min(missing, next.count - used);
      if (count > 0) mixed.push({ ...next, count });
      missing -= count;
      used += count;
      if (used === next.count) {
        at += 1;
        used = 0;
      }
    }
    if (missing > 0) break;
    spreadFree(mixed, take - pay, cuts);
    left -= 1;
  }
  return cuts;
}

function spreadFree(set: readonly PieceRun[], free: number, cuts: Map<number, number>): void {
  const value = valueOf(takePieces(set.toReversed(), free).taken);
  const shares = allocate(
    value,
    set.map(({ price, count }) => price * count),
  );
  set.forEach(({ index }, position) => addCut(cuts, index, shares[position] ?? 0));
}
