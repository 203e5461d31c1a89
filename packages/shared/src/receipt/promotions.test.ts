import { describe, expect, it } from 'vitest';
import type { Promotion, PromotionBenefit, Stacking } from '../promotions/index.ts';
import { aGroup, aPromotion } from '../promotions/testing-promotions.ts';
import { calculateReceipt } from './index.ts';
import type { DraftLine, Quote } from './index.ts';
import { aLine, aReceipt, withPromotions } from './testing-basket.ts';

function quoteWith(
  promotions: readonly Promotion[],
  lines: readonly DraftLine[],
  stacking?: Stacking,
): Quote {
  return calculateReceipt(
    aReceipt(lines, withPromotions(promotions, stacking === undefined ? [] : [aGroup(stacking)])),
  );
}

function cutsOf(quote: Quote): number[] {
  return quote.lines.map((line) => line.gross - line.net);
}

const shoes = { only: { categories: ['shoes'] } };
const [boots, sandals, socks] = [
  aLine(500_000, { sku: 'boots', categories: ['shoes'] }),
  aLine(200_000, { sku: 'sandals', categories: ['shoes'] }),
  aLine(11_100, { sku: 'socks', quantityMilli: 3000 }),
];

describe('benefits', () => {
  it.each([
    ['10 %', { kind: 'PERCENT', rateBp: 1_000 }, [50_000, 20_000, 3_330]],
    ['10 % of shoes', { kind: 'PERCENT', rateBp: 1_000, goods: shoes }, [50_000, 20_000, 0]],
    [
      '10 % of all but shoes',
      { kind: 'PERCENT', rateBp: 1_000, goods: { except: { categories: ['shoes'] } } },
      [0, 0, 3_330],
    ],
    ['10 % up to 100.00', { kind: 'PERCENT', rateBp: 1_000, upTo: { RUB: 10_000 } }, [6_819, 2_727, 454]],
    ['everything', { kind: 'PERCENT', rateBp: 10_000 }, [500_000, 200_000, 33_300]],
    ['500.00 off', { kind: 'AMOUNT', per: 'ORDER', amount: { RUB: 50_000 } }, [34_092, 13_637, 2_271]],
    [
      'more than it costs',
      { kind: 'AMOUNT', per: 'ORDER', amount: { RUB: 9_000_000 } },
      [500_000, 200_000, 33_300],
    ],
    ['11.00 off each', { kind: 'AMOUNT', per: 'ITEM', amount: { RUB: 1_100 } }, [1_100, 1_100, 3_300]],
    [
      'each pair for 99.00',
      { kind: 'FIXED_PRICE', price: { RUB: 9_900 }, goods: { only: { skus: ['socks'] } } },
      [0, 0, 3_600],
    ],
    [
      'cheaper than the fixed price',
      { kind: 'FIXED_PRICE', price: { RUB: 300_000 }, goods: shoes },
      [200_000, 0, 0],
    ],
    ['3 for 2', { kind: 'N_FOR_M', take: 3, pay: 2 }, [7_805, 3_122, 173]],
    [
      '3 for 2 of socks',
      { kind: 'N_FOR_M', take: 3, pay: 2, goods: { only: { skus: ['socks'] } } },
      [0, 0, 11_100],
    ],
    ['2 for 1 of shoes', { kind: 'N_FOR_M', take: 2, pay: 1, goods: shoes }, [142_857, 57_143, 0]],
    ['the cheapest of five half price', { kind: 'CHEAPEST', take: 5, rateBp: 5_000 }, [3_784, 1_514, 252]],
    ['a gift', { kind: 'GIFT', quantity: 2, goods: { only: { skus: ['socks'] } } }, [0, 0, 22_200]],
    ['the cheapest gift', { kind: 'GIFT', quantity: 1, goods: shoes }, [0, 200_000, 0]],
  ] as [string, PromotionBenefit, number[]][])('%s', (_, benefit, cuts) => {
    const quote = quoteWith([aPromotion('p', benefit)], [boots, sandals, socks]);
    expect(cutsOf(quote)).toEqual(cuts);
    const amount = cuts.reduce((sum, cut) => sum + cut, 0);
    expect(quote.promotions[0]).toMatchObject({ applied: true, reason: null, amount });
    expect(quote.discount).toBe(amount);
    expect(quote.toPay).toBe(quote.gross - amount);
  });
});
