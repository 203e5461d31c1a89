import { demandWhole } from '../../rules/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import type { BenefitKind, BenefitOf } from './benefit-kind.ts';
import { addCut, countPieces, pieceRuns, takePieces } from './pieces.ts';

/** Pieces of the goods in the basket are free, the cheapest first; each counts once against the limits. */
export const gift: BenefitKind<BenefitOf<'GIFT'>> = {
  kind: 'GIFT',
  args: { goods: { type: 'goods' }, quantity: { type: 'count', least: 1, most: 1_000 } },
  prepare({ goods, quantity }) {
    const chosen = lineChoice(goods);
    demandWhole(quantity, 1, 'pieces of a gift');
    return (offer) => {
      const cheapestFirst = pieceRuns(chosen(offer.basket), offer).toReversed();
      const wanted = Math.min(quantity, offer.room);
      const { taken } = takePieces(cheapestFirst, wanted);
      const pieces = countPieces(taken);
      const missingGift = pieces < wanted;
      if (pieces === 0) return { reason: { code: 'NO_GOODS' }, missingGift };
      const cuts = new Map<number, number>();
      for (const { index, price, count } of taken) addCut(cuts, index, price * count);
      return { reason: null, cuts, times: pieces, missingGift };
    };
  },
};
