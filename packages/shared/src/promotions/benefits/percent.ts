import { divideHalfUp, toSafeNumber } from '../../money/index.ts';
import { BOUNDS } from '../../rules/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import { givenCuts, NO_CURRENCY, openLines } from './benefit-kind.ts';
import type { BenefitKind, BenefitOf } from './benefit-kind.ts';
import { costOf, spreadDiscount } from './spread-discount.ts';

/** A share of what the goods cost together, half-up to the kopeck, `upTo` at most. */
export const percent: BenefitKind<BenefitOf<'PERCENT'>> = {
  kind: 'PERCENT',
  args: {
    rateBp: { type: 'rate', least: 1, most: BOUNDS.rate },
    goods: { type: 'goods', optional: true },
    upTo: { type: 'money', least: 1, optional: true },
  },
  prepare({ rateBp, goods, upTo }) {
    const chosen = lineChoice(goods);
    return (offer) => {
      const most = upTo === undefined ? Number.MAX_SAFE_INTEGER : upTo[offer.basket.currency];
      if (most === undefined) return NO_CURRENCY;
      const lines = openLines(chosen(offer.basket), offer);
      const share = divideHalfUp(BigInt(costOf(lines, offer)) * BigInt(rateBp), BigInt(BOUNDS.rate));
      return givenCuts(spreadDiscount(Math.min(toSafeNumber(share), most), lines, offer));
    };
  },
};
