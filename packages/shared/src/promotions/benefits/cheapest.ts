import { divideHalfUp, toSafeNumber } from '../../money/index.ts';
import { BOUNDS, demandWhole } from '../../rules/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import { givenCuts, NO_GOODS } from './benefit-kind.ts';
import type { BenefitKind, BenefitOf } from './benefit-kind.ts';
import { countPieces, pieceRuns } from './pieces.ts';
import { spreadDiscount } from './spread-discount.ts';

/** The one cheapest piece costs `rateBp` less; taken off all pieces of the selection together. */
export const cheapest: BenefitKind<BenefitOf<'CHEAPEST'>> = {
  kind: 'CHEAPEST',
  args: {
    take: { type: 'count', least: 1, most: BOUNDS.count },
    rateBp: { type: 'rate', least: 1, most: BOUNDS.rate },
    goods: { type: 'goods', optional: true },
  },
  prepare({ take, rateBp, goods }) {
    const chosen = lineChoice(goods);
    demandWhole(take, 1, 'taken pieces');
    return (offer) => {
      const runs = pieceRuns(chosen(offer.basket), offer);
      const last = runs.at(-1);
      const pieces = countPieces(runs);
      if (last === undefined) return NO_GOODS;
      if (pieces < take)
        return { reason: { code: 'CONDITION', condition: 'CHEAPEST', need: take, have: pieces } };
      const off = divideHalfUp(BigInt(last.price) * BigInt(rateBp), BigInt(BOUNDS.rate));
      const lines = [...new Set(runs.map(({ index }) => index))].toSorted((a, b) => a - b);
      return givenCuts(spreadDiscount(toSafeNumber(off), lines, offer));
    };
  },
};
