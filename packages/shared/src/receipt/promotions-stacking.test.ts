import { describe, expect, it } from 'vitest';
import type { Promotion, Stacking } from '../promotions/index.ts';
import { aGroup, aPromotion } from '../promotions/testing-promotions.ts';
import { calculateReceipt } from './index.ts';
import type { DraftLine } from './index.ts';
import { aLine, aReceipt, withPromotions } from './testing-basket.ts';

const shoes = { only: { categories: ['shoes'] } };
const [dress, boots] = [aLine(100_000), aLine(200_000, { categories: ['shoes'] })];

/** By priority: 10 % of everything, 1 000.00 off shoes, half of everything. */
const three = [
  aPromotion('tenth', { kind: 'PERCENT', rateBp: 1_000 }, {}, { priority: 1 }),
  aPromotion(
    'shoes',
    { kind: 'AMOUNT', per: 'ORDER', amount: { RUB: 100_000 }, goods: shoes },
    {},
    { priority: 2 },
  ),
  aPromotion('half', { kind: 'PERCENT', rateBp: 5_000 }, {}, { priority: 3 }),
];

function judged(
  promotions: readonly Promotion[],
  stacking: Stacking,
  lines: readonly DraftLine[] = [dress, boots],
) {
  const quote = calculateReceipt(aReceipt(lines, withPromotions(promotions, [aGroup(stacking)])));
  return {
    nets: quote.lines.map(({ net }) => net),
    told: quote.promotions.map(({ promotionId, amount, reason }) =>
      reason === null ? [promotionId, amount] : [promotionId, reason],
    ),
  };
}

describe('promotions of a group', () => {
  it('SEQUENTIAL: each on what the one before left', () =>
    expect(judged(three, 'SEQUENTIAL')).toEqual({
      nets: [45_000, 40_000],
      told: [
        ['tenth', 30_000],
        ['shoes', 100_000],
        ['half', 85_000],
      ],
    }));

  it('EXCLUSIVE_ORDER: the first alone', () =>
    expect(judged(three, 'EXCLUSIVE_ORDER')).toEqual({
      nets: [90_000, 180_000],
      told: [
        ['tenth', 30_000],
        ['shoes', { code: 'STACKING', by: 'tenth' }],
        ['half', { code: 'STACKING', by: 'tenth' }],
      ],
    }));

  it('EXCLUSIVE_LINE: each line by the first that lowers it', () =>
    expect(judged(three.slice(1), 'EXCLUSIVE_LINE')).toEqual({
      nets: [50_000, 100_000],
      told: [
        ['shoes', 100_000],
        ['half', 50_000],
      ],
    }));

  it('EXCLUSIVE_LINE: says whose the lines are', () =>
    expect(judged(three, 'EXCLUSIVE_LINE').told).toEqual([
      ['tenth', 30_000],
      ['shoes', { code: 'STACKING', by: 'tenth' }],
      ['half', { code: 'STACKING', by: 'tenth' }],
    ]));

  it('SUM: all on the prices before the group', () =>
    expect(judged(three, 'SUM')).toEqual({
      nets: [40_000, 0],
      told: [
        ['tenth', 30_000],
        ['shoes', 100_000],
        // 80 000 of the boots were left of the 100 000 it takes.
        ['half', 130_000],
      ],
    }));

  it('BEST: what saves most', () =>
    expect(judged(three, 'BEST')).toEqual({
      nets: [50_000, 100_000],
      told: [
        ['tenth', { code: 'STACKING', by: 'half' }],
        ['shoes', { code: 'STACKING', by: 'half' }],
        ['half', 150_000],
      ],
    }));

  it('BEST: of equal ones the first by priority, then by id', () => {
    const same = (id: string, priority: number) =>
      aPromotion(id, { kind: 'PERCENT', rateBp: 1_000 }, {}, { priority });
    expect(judged([same('a', 2), same('c', 1), same('b', 1)], 'BEST').told).toEqual([
      ['b', 30_000],
      ['c', { code: 'STACKING', by: 'b' }],
      ['a', { code: 'STACKING', by: 'b' }],
    ]);
  });

  it('BEST: what its budget does not carry is no candidate', () => {
    const dear = aPromotion(
      'dear',
      { kind: 'PERCENT', rateBp: 9_000 },
      {
        limits: { perOrder: null, perShopper: null, total: null, budget: { RUB: 200_000 } },
      },
    );
    expect(judged([dear, ...three], 'BEST').told).toContainEqual(['half', 150_000]);
    expect(judged([dear, ...three], 'BEST').told).toContainEqual(['dear', { code: 'BUDGET' }]);
  });

  it('gives its own reason before that of another', () => {
    const elsewhere = aPromotion(
      'z',
      { kind: 'TEXT' },
      { where: { storeIds: ['other'], channels: [] } },
      { priority: 9 },
    );
    expect(judged([...three, elsewhere], 'EXCLUSIVE_ORDER').told.at(-1)).toEqual([
      'z',
      { code: 'OTHER_STORE' },
    ]);
  });

  it('follows the groups by their priority, unknown ones last', () => {
    const half = { ...aPromotion('half', { kind: 'PERCENT', rateBp: 5_000 }), groupId: 'late' };
    const fixed = {
      ...aPromotion('off', { kind: 'AMOUNT', per: 'ORDER', amount: { RUB: 60_000 } }),
      groupId: 'early',
    };
    const stray = { ...aPromotion('stray', { kind: 'PERCENT', rateBp: 1_000 }), groupId: 'a' };
    const groups = [aGroup('BEST', { id: 'late', priority: 2 }), aGroup('SUM', { id: 'early', priority: 1 })];
    const quote = calculateReceipt(aReceipt([dress, boots], withPromotions([stray, half, fixed], groups)));
    expect(quote.promotions.map(({ promotionId, amount }) => [promotionId, amount])).toEqual([
      ['off', 60_000],
      ['half', 120_000],
      ['stray', 12_000],
    ]);
  });
});

describe('lines of a discount', () => {
  it('stand below the discount of the till, each with its promotion', () => {
    const line = aLine(100_000, { discount: 10_000 });
    const quote = calculateReceipt(aReceipt([line], withPromotions(three, [aGroup('SEQUENTIAL')])));
    expect(quote.lines[0]?.discounts).toEqual([
      { source: 'TILL', amount: 10_000 },
      { source: 'PROMOTION', amount: 9_000, promotionId: 'tenth', title: 'tenth', code: null },
      { source: 'PROMOTION', amount: 40_500, promotionId: 'half', title: 'half', code: null },
    ]);
  });

  it('leave weighed goods printable and give their kopecks to pieces', () => {
    const tenth = [aPromotion('p', { kind: 'PERCENT', rateBp: 1_000 })];
    const weighed = aLine(9_990, { quantityMilli: 1235 });
    const alone = calculateReceipt(aReceipt([weighed], withPromotions(tenth)));
    expect(alone.lines[0]).toMatchObject({ gross: 12_338, net: 11_104 });
    expect(alone.lines[0]?.printLines).toEqual([{ quantityMilli: 1235, unitPrice: 8_991, amount: 11_104 }]);
    const off = [aPromotion('p', { kind: 'AMOUNT', per: 'ORDER', amount: { RUB: 6_003 } })];
    const together = calculateReceipt(aReceipt([weighed, aLine(12_338)], withPromotions(off)));
    expect(together.discount).toBe(6_003);
  });

  it('are never of delivery, gift cards and fees, unless these are named', () => {
    const lines = [
      aLine(10_000),
      aLine(30_000, { kind: 'DELIVERY', sku: 'ship' }),
      aLine(50_000, { kind: 'GIFT_CARD' }),
    ];
    const all = [aPromotion('p', { kind: 'PERCENT', rateBp: 10_000 })];
    const ship = [aPromotion('p', { kind: 'PERCENT', rateBp: 10_000, goods: { only: { skus: ['ship'] } } })];
    const nets = (promotions: readonly Promotion[]) =>
      calculateReceipt(aReceipt(lines, withPromotions(promotions))).lines.map(({ net }) => net);
    expect(nets(all)).toEqual([0, 30_000, 50_000]);
    expect(nets(ship)).toEqual([10_000, 0, 50_000]);
  });

  it('spread N for M over the set: returning one piece of three gives a third back', () => {
    const lines = [aLine(10_000, { quantityMilli: 3000 })];
    const quote = calculateReceipt(
      aReceipt(lines, withPromotions([aPromotion('p', { kind: 'N_FOR_M', take: 3, pay: 2 })])),
    );
    expect(quote.lines[0]?.printLines).toEqual([
      { quantityMilli: 1000, unitPrice: 6_666, amount: 6_666 },
      { quantityMilli: 2000, unitPrice: 6_667, amount: 13_334 },
    ]);
  });

  it('take the dearest pieces into a set together', () => {
    const lines = [aLine(1_000), aLine(50_000), aLine(2_000), aLine(40_000)];
    const quote = calculateReceipt(
      aReceipt(lines, withPromotions([aPromotion('p', { kind: 'N_FOR_M', take: 2, pay: 1 })])),
    );
    expect(quote.promotions).toMatchObject([{ amount: 41_000, times: 2 }]);
    expect(quote.lines.map(({ gross, net }) => gross - net)).toEqual([333, 22_222, 667, 17_778]);
  });
});
