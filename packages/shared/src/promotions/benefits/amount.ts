import { lineGross } from '../../money/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import { givenCuts, NO_CURRENCY, openLines } from './benefit-kind.ts';
import type { BenefitKind, BenefitOf } from './benefit-kind.ts';
import { costOf, lowerEach, spreadDiscount } from './spread-discount.ts';

/** So much money off the goods together, or off each piece (each unit of weight) of them. */
export const amount: BenefitKind<BenefitOf<'AMOUNT'>> = {
  kind: 'AMOUNT',
  args: {
    amount: { type: 'money', least: 1 },
    per: { type: 'choice', options: ['ORDER', 'ITEM'] },
    goods: { type: 'goods', optional: true },
  },
  prepare({ amount: amounts, per, goods }) {
    const chosen = lineChoice(goods);
    return (offer) => {
      const off = amounts[offer.basket.currency];
      if (off === undefined) return NO_CURRENCY;
      const lines = openLines(chosen(offer.basket), offer);
      if (per === 'ITEM')
        return givenCuts(lowerEach(lines, offer, (quantityMilli) => lineGross(quantityMilli, off)));
      return givenCuts(spreadDiscount(Math.min(off, costOf(lines, offer)), lines, offer));
    };
  },
};
