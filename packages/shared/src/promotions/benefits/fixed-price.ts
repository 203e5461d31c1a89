import { lineGross } from '../../money/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import { givenCuts, NO_CURRENCY, openLines } from './benefit-kind.ts';
import type { BenefitKind, BenefitOf } from './benefit-kind.ts';
import { lowerEach } from './spread-discount.ts';

/** A piece (a unit of weight) of the goods costs so much; what is cheaper already stays as it is. */
export const fixedPrice: BenefitKind<BenefitOf<'FIXED_PRICE'>> = {
  kind: 'FIXED_PRICE',
  args: { price: { type: 'money', least: 0 }, goods: { type: 'goods' } },
  prepare({ price: prices, goods }) {
    const chosen = lineChoice(goods);
    return (offer) => {
      const price = prices[offer.basket.currency];
      if (price === undefined) return NO_CURRENCY;
      const lines = openLines(chosen(offer.basket), offer);
      return givenCuts(
        lowerEach(lines, offer, (quantityMilli, now) => now - lineGross(quantityMilli, price)),
      );
    };
  },
};
