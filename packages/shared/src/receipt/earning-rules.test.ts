import { describe, expect, it } from 'vitest';
import { aPromotion, plainRules } from '../promotions/testing-promotions.ts';
import type { PromotionBenefit, PromotionRules } from '../promotions/index.ts';
import { calculateReceipt, calculateReturn } from './index.ts';
import type { EarningRule, ProgramSettings, ReceiptInput } from './index.ts';
import { aLine, aReceipt, aReturn, aShopper, settingsWith, withPromotions } from './testing-basket.ts';

const step: EarningRule = {
  code: 'purchase',
  type: 'AMOUNT_STEP',
  steps: { RUB: { stepMinor: 10_000, points: 3 } },
};
const boots = aLine(500_000, { categories: ['shoes'], quantityMilli: 2000, attributes: { colour: ['red'] } });
const bread = aLine(9_000);

function earn(
  settings: Partial<ProgramSettings>,
  receipt: Partial<ReceiptInput> = {},
  lines = [boots, bread],
) {
  return calculateReceipt(
    aReceipt(lines, { spend: { kind: 'NONE' }, settings: settingsWith(settings), ...receipt }),
  ).earning;
}

describe('rules of every type', () => {
  const perItem: EarningRule = {
    code: 'item',
    type: 'PER_ITEM',
    points: 25,
    match: { categories: ['shoes'] },
  };
  const visit: EarningRule = { code: 'visit', type: 'PER_VISIT', points: 10, atLeast: { RUB: 1_009_000 } };

  it.each([
    ['each piece', [perItem], 50],
    ['each piece in another currency', [{ ...perItem, match: { categories: ['wine'] } }], 0],
    ['a visit', [visit], 10],
    ['a visit that is too small', [{ ...visit, atLeast: { RUB: 1_009_001 } }], 0],
    ['a visit in a currency it does not know', [{ ...visit, atLeast: { KZT: 1 } }], 0],
    [
      'a visit for some goods',
      [{ ...visit, match: { categories: ['shoes'] }, atLeast: { RUB: 1_000_000 } }],
      10,
    ],
    ['all together', [step, perItem, visit], 300 + 50 + 10],
  ] as [string, EarningRule[], number][])('%s', (_, earningRules, points) =>
    expect(earn({ earningRules }).points).toBe(points),
  );

  it('multiplies pieces, not visits, and rounds once', () => {
    const gold = { code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } };
    const odd = { ...perItem, points: 3, match: {} };
    const shopper = aShopper(0, { tierCode: 'gold' });
    const quote = earn({ earningRules: [odd, visit], multipliers: [gold] }, { shopper });
    expect(quote.rules).toEqual([
      { rule: 'item', points: 13 },
      { rule: 'visit', points: 10 },
    ]);
    expect(quote.verdicts).toMatchObject([
      { rule: 'item', baseMinor: 1_009_000, factorBp: 15_000, multipliedBy: ['gold'], points: 13 },
      { rule: 'visit', factorBp: 10_000, multipliedBy: [], points: 10 },
    ]);
  });

  it('a rule that cannot be calculated gives nothing and says so; the others and the sale go on', () => {
    const million = aLine(10_000, { quantityMilli: 1_000_000_000 });
    const dear = { ...perItem, points: 1_000_000_000, match: {} };
    const torn = { ...step, code: 'torn', match: { hours: { from: 'dawn', to: 'dusk' } } };
    const { points, verdicts } = earn({ earningRules: [dear, torn, step] }, {}, [million]);
    expect(points).toBe(3_000_000);
    expect(verdicts.map(({ rule, reason }) => [rule, reason])).toEqual([
      ['item', 'FAILED'],
      ['torn', 'FAILED'],
      ['purchase', null],
    ]);
  });

  it('counts whole pieces of weighed goods', () => {
    const rule = { ...perItem, match: {} };
    expect(earn({ earningRules: [rule] }, {}, [aLine(9_990, { quantityMilli: 2_999 })]).points).toBe(50);
  });
});

describe('priority', () => {
  const shoes: EarningRule = {
    code: 'shoes',
    type: 'PERCENT',
    rateBp: 1_000,
    match: { categories: ['shoes'] },
    priority: -1,
    exclusive: true,
  };

  it('an exclusive rule before it leaves a rule only the other lines', () => {
    const bread100 = aLine(10_000);
    const quote = earn({ earningRules: [step, shoes] }, {}, [boots, bread100]);
    expect(quote.rules).toEqual([
      { rule: 'shoes', points: 1_000 },
      { rule: 'purchase', points: 3 },
    ]);
  });

  it('says whose the lines are', () =>
    expect(earn({ earningRules: [step, shoes] }, {}, [boots]).verdicts).toMatchObject([
      { rule: 'shoes', points: 1_000, reason: null },
      { rule: 'purchase', points: 0, reason: 'EXCLUSIVE' },
    ]));

  it('an exclusive rule that gives nothing takes nothing', () => {
    const dear: EarningRule = {
      ...step,
      code: 'dear',
      priority: -1,
      exclusive: true,
      steps: { RUB: { stepMinor: 99_000_000, points: 1 } },
    };
    expect(earn({ earningRules: [step, dear] }).rules).toEqual([{ rule: 'purchase', points: 300 }]);
  });
});

describe('why a rule gives nothing (18:40 on a Friday)', () => {
  it.each([
    ['other goods', { match: { categories: ['wine'] } }, 'NO_GOODS'],
    ['other attributes', { match: { attributes: { colour: ['blue'] } } }, 'NO_GOODS'],
    ['one attribute of two', { match: { attributes: { colour: ['red'], size: ['42'] } } }, 'NO_GOODS'],
    [
      'all but these goods',
      { match: { categories: ['shoes'], except: { categories: ['shoes'] } } },
      'NO_GOODS',
    ],
    ['another day', { match: { weekdays: [6] } }, 'OTHER_DAY'],
    ['another date', { match: { dates: ['2026-11-21'] } }, 'OTHER_DAY'],
    ['another hour', { match: { hours: { from: '09:00', to: '18:40' } } }, 'OTHER_HOUR'],
    ['another tier', { match: { tiers: ['gold'] } }, 'NOT_FOR_SHOPPER'],
    ['another shopper', { match: { shopperTags: ['vip'] } }, 'NOT_FOR_SHOPPER'],
    ['too little', { steps: { RUB: { stepMinor: 2_000_000, points: 3 } } }, 'TOO_LITTLE'],
    ['another currency', { steps: { KZT: { stepMinor: 1, points: 3 } } }, 'NO_CURRENCY'],
  ] as [string, Partial<typeof step>, string][])('%s', (_, changes, reason) => {
    const bread100 = { ...step, code: 'other' };
    const { verdicts } = earn({ earningRules: [{ ...step, ...changes } as EarningRule, bread100] });
    expect(verdicts[0]).toMatchObject({ rule: 'purchase', points: 0, reason });
    expect(verdicts[1]).toMatchObject({ rule: 'other', points: 300, reason: null });
  });

  it.each([
    [{ hours: { from: '18:00', to: '19:00' } }],
    [{ hours: { from: '18:00', to: '02:00' } }],
    [{ attributes: { colour: ['red', 'blue'] } }],
    [{ categories: ['shoes'], except: { skus: ['other'] } }],
  ])('works where it fits: %j', (match) =>
    expect(earn({ earningRules: [{ ...step, match }] }).points).toBe(300),
  );

  it.each(['DAY', 'WEEK', 'MONTH', 'YEAR', 'ALWAYS', 'ROLLING'] as const)('E12: a limit by %s', (window) => {
    const limit = { code: 'limit', scope: 'PROGRAM', window, max: 500 } as const;
    const quote = earn({ earningLimits: [limit] }, { limitsUsed: { limit: 450 } }, [aLine(400_000)]);
    expect(quote.verdicts).toMatchObject([{ points: 50, cut: 70, reason: null }]);
    const none = earn({ earningLimits: [limit] }, { limitsUsed: { limit: 500 } }, [aLine(400_000)]);
    expect(none.verdicts).toMatchObject([{ points: 0, cut: 120, reason: 'LIMIT' }]);
  });
});

describe('points of promotions', () => {
  const shoes = { only: { categories: ['shoes'] } };
  function promoted(
    benefits: PromotionBenefit[],
    rules: Partial<PromotionRules> = {},
    settings: Partial<ProgramSettings> = {},
  ) {
    const receipt = aReceipt([boots, bread], {
      ...withPromotions([aPromotion('p', benefits, rules)]),
      settings: settingsWith(settings),
    });
    return { receipt, quote: calculateReceipt(receipt) };
  }

  it.each([
    ['so many for the purchase', { kind: 'EXTRA_POINTS', points: 500, per: 'ORDER' }, 500],
    ['so many for each piece', { kind: 'EXTRA_POINTS', points: 40, per: 'ITEM', goods: shoes }, 80],
    ['twice', { kind: 'POINTS_FACTOR', factorBp: 20_000 }, 300],
    ['twice on shoes', { kind: 'POINTS_FACTOR', factorBp: 20_000, goods: shoes }, 297],
  ] as [string, PromotionBenefit, number][])('%s', (_, benefit, points) => {
    const { quote } = promoted([benefit]);
    expect(quote.promotions).toMatchObject([{ applied: true, amount: 0, points, times: 1 }]);
    expect(quote.earning.points).toBe(300 + points);
  });

  it.each([
    ['ADDITIVE', 142],
    ['PRODUCT', 171],
  ] as const)('E13: a tier ×1.5 and a day of a promotion ×2, %s', (multiplierMode, points) => {
    const gold = { code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } };
    const quote = calculateReceipt(
      aReceipt([aLine(199_000)], {
        ...withPromotions([aPromotion('day', { kind: 'POINTS_FACTOR', factorBp: 20_000 })]),
        settings: settingsWith({ multipliers: [gold], multiplierMode }),
        shopper: aShopper(0, { tierCode: 'gold' }),
      }),
    );
    expect(quote.earning.points).toBe(points);
    expect(quote.promotions).toMatchObject([{ points: points - 85 }]);
    expect(quote.earning.verdicts).toMatchObject([{ multipliedBy: ['gold', 'day'] }]);
  });

  it('are cut by limits after those of the rules', () => {
    const limit = { code: 'day', scope: 'PROGRAM', window: 'DAY', max: 350 } as const;
    const { quote } = promoted(
      [{ kind: 'EXTRA_POINTS', points: 500, per: 'ORDER' }],
      {},
      { earningLimits: [limit] },
    );
    expect(quote.earning.rules).toEqual([
      { rule: 'purchase', points: 300 },
      { rule: 'promotion:p', points: 50 },
    ]);
    expect(quote.promotions).toMatchObject([{ points: 50 }]);
  });

  it('are shared by the lines that brought them', () => {
    const { quote } = promoted([{ kind: 'EXTRA_POINTS', points: 40, per: 'ITEM', goods: shoes }]);
    expect(quote.lines.map(({ earns }) => earns.map(({ rule, points }) => [rule, points]))).toEqual([
      [
        ['purchase', 297],
        ['promotion:p', 80],
      ],
      [['purchase', 3]],
    ]);
  });

  it('are none where the program is off', () => {
    const facts = withPromotions([aPromotion('p', { kind: 'EXTRA_POINTS', points: 5, per: 'ORDER' })]);
    const quote = calculateReceipt(aReceipt([bread], { ...facts, mode: 'OFF' }));
    expect(quote.earning).toMatchObject({ points: 0, reason: 'PROGRAM_OFF', verdicts: [] });
    expect(quote.promotions).toMatchObject([{ points: 0 }]);
  });

  describe('and returns', () => {
    const back = (
      { receipt, quote }: ReturnType<typeof promoted>,
      returning: { number: number; quantityMilli: number }[],
    ) => {
      const result = calculateReturn(
        aReturn(receipt, quote, returning, { frozenPromotions: quote.frozenPromotions }),
      );
      return 'clawTarget' in result ? [result.earnedAfter, result.clawTarget] : result;
    };
    const oneBoot = [{ number: 1, quantityMilli: 1000 }];

    it('those of pieces go with the pieces', () => {
      const sale = promoted([{ kind: 'EXTRA_POINTS', points: 40, per: 'ITEM', goods: shoes }]);
      // 5 090.00 are kept: 150 by the rule, one boot of 40.
      expect(back(sale, oneBoot)).toEqual([190, 190]);
      expect(back(sale, [{ number: 2, quantityMilli: 1000 }])).toEqual([380, 0]);
    });

    it('those of the purchase stay as long as its conditions hold', () => {
      const benefit = { kind: 'EXTRA_POINTS', points: 500, per: 'ORDER' } as const;
      const from = (RUB: number) =>
        promoted([benefit], { conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB } }] });
      expect(back(from(509_000), oneBoot)).toEqual([650, 150]);
      expect(back(from(509_001), oneBoot)).toEqual([150, 650]);
    });

    it('a quantity that is no longer kept takes the multiplier away', () => {
      const benefit = { kind: 'POINTS_FACTOR', factorBp: 20_000 } as const;
      const sale = promoted([benefit], { conditions: [{ kind: 'QUANTITY', atLeast: 2, goods: shoes }] });
      expect(back(sale, oneBoot)).toEqual([150, 450]);
      expect(back(sale, [{ number: 2, quantityMilli: 1000 }])).toEqual([600, 0]);
    });

    it('when it was, for whom and by which code is not asked again', () => {
      const receipt = aReceipt([boots, bread], {
        ...withPromotions(
          [
            aPromotion(
              'p',
              { kind: 'POINTS_FACTOR', factorBp: 20_000 },
              {
                ...plainRules,
                benefits: [{ kind: 'POINTS_FACTOR', factorBp: 20_000 }],
                when: { ...plainRules.when, to: '2026-11-20T18:41:00+03:00' },
                conditions: [{ kind: 'PROMO_CODE' }, { kind: 'FIRST_ORDER' }],
              },
            ),
          ],
          [],
          { codes: [{ code: 'C', promotionId: 'p', refused: null }] },
        ),
        shopper: aShopper(0, { ordersBefore: 0 }),
      });
      const quote = calculateReceipt(receipt);
      expect(quote.earning.points).toBe(600);
      expect(back({ receipt, quote }, oneBoot)).toEqual([300, 300]);
    });
  });
});
