import { describe, expect, it } from 'vitest';
import type {
  PresentedCode,
  Promotion,
  PromotionReason,
  PromotionRules,
  PromotionUse,
} from '../promotions/index.ts';
import { aGroup, aPromotion, plainRules } from '../promotions/testing-promotions.ts';
import { calculateReceipt } from './index.ts';
import type { DraftShopper, ReceiptInput } from './index.ts';
import { aLine, aReceipt, aShopper, MOSCOW, withPromotions } from './testing-basket.ts';

const tenPercent = { kind: 'PERCENT', rateBp: 1_000 } as const;
const basket = [aLine(100_000, { sku: 'shirt', categories: ['clothes'] }), aLine(20_000, { sku: 'belt' })];

function verdictOf(rules: Partial<PromotionRules>, receipt: Partial<ReceiptInput> = {}) {
  const promotion = aPromotion('p', tenPercent, rules);
  const [verdict] = calculateReceipt(
    aReceipt(basket, { ...withPromotions([promotion]), ...receipt }),
  ).promotions;
  return verdict;
}

function reasonOf(
  rules: Partial<PromotionRules>,
  receipt: Partial<ReceiptInput> = {},
): PromotionReason | null {
  return verdictOf(rules, receipt)?.reason ?? null;
}

describe('when and where (18:40 on Friday 2026-11-20 in Moscow)', () => {
  it.each([
    ['always', {}, null],
    ['since now', { from: '2026-11-20T18:40:00+03:00' }, null],
    ['not yet', { from: '2026-11-20T18:40:01+03:00' }, 'NOT_STARTED'],
    ['till now', { to: '2026-11-20T18:40:00+03:00' }, 'ENDED'],
    ['a second longer', { to: '2026-11-20T18:40:01+03:00' }, null],
    ['on Fridays', { weekdays: [5] }, null],
    ['at weekends', { weekdays: [6, 7] }, 'OTHER_DAY'],
    ['in the evening', { hours: { from: '18:40', to: '22:00' } }, null],
    ['in the afternoon', { hours: { from: '12:00', to: '18:40' } }, 'OTHER_HOUR'],
    ['over midnight', { hours: { from: '18:00', to: '06:00' } }, null],
    ['over midnight, later', { hours: { from: '19:00', to: '06:00' } }, 'OTHER_HOUR'],
  ])('%s', (_, when, reason) =>
    expect(reasonOf({ when: { ...plainRules.when, ...when } })?.code ?? null).toBe(reason),
  );

  it('counts hours in the zone of the store', () => {
    const when = { ...plainRules.when, hours: { from: '18:00', to: '19:00' } };
    const place = { ...MOSCOW, timezone: 'Asia/Almaty' };
    expect(reasonOf({ when }, { place })).toEqual({ code: 'OTHER_HOUR' });
  });

  it.each([
    [{ storeIds: ['other'], channels: [] }, 'OTHER_STORE'],
    [{ storeIds: ['other', 'store'], channels: [] }, undefined],
    [{ storeIds: [], channels: ['ONLINE'] }, 'OTHER_CHANNEL'],
    [{ storeIds: [], channels: ['STORE', 'ONLINE'] }, undefined],
  ] as [PromotionRules['where'], string | undefined][])('at %j: %s', (where, reason) =>
    expect(reasonOf({ where })?.code).toBe(reason),
  );

  it('tries nothing where no place is told', () => {
    const { place, ...receipt } = withPromotions([aPromotion('p', tenPercent)]);
    expect(place).toEqual(MOSCOW);
    expect(calculateReceipt(aReceipt(basket, receipt))).toMatchObject({ promotions: [], discount: 0 });
  });

  it('E11: a preview at 21:59:50 has the evening promotion, a begin at 22:00:05 has not and says that it ended', () => {
    const evening = aPromotion('evening', tenPercent, {
      when: { ...plainRules.when, from: '2026-11-20T18:00:00+03:00', to: '2026-11-20T22:00:00+03:00' },
    });
    const quoteAt = (time: string) =>
      calculateReceipt(
        aReceipt([aLine(100_000)], {
          ...withPromotions([evening]),
          occurredAt: Date.parse(`2026-11-20T${time}+03:00`),
        }),
      );
    expect(quoteAt('21:59:50')).toMatchObject({ discount: 10_000, toPay: 90_000 });
    const late = quoteAt('22:00:05');
    expect(late).toMatchObject({ discount: 0, toPay: 100_000 });
    expect(late.promotions).toMatchObject([{ applied: false, reason: { code: 'ENDED' } }]);
  });
});

describe('for whom', () => {
  const audience = (changes: Partial<PromotionRules['audience']>) => ({
    audience: { ...plainRules.audience, ...changes },
  });

  it.each([
    ['anybody, nobody known', { who: 'ANYBODY' }, null, undefined],
    ['members, nobody known', { who: 'MEMBERS' }, null, 'NO_SHOPPER'],
    ['members, a phone nobody has', { who: 'MEMBERS' }, { known: false }, 'NO_SHOPPER'],
    ['members', { who: 'MEMBERS' }, {}, undefined],
    ['by tag', { who: 'CHOSEN', tags: ['vip', 'press'] }, { tags: ['vip'] }, undefined],
    ['by another tag', { who: 'CHOSEN', tags: ['vip'] }, { tags: ['new'] }, 'NOT_IN_AUDIENCE'],
    ['by tier', { who: 'CHOSEN', tags: ['vip'], tiers: ['gold'] }, { tierCode: 'gold' }, undefined],
    ['by another tier', { who: 'CHOSEN', tiers: ['gold'] }, { tierCode: 'silver' }, 'NOT_IN_AUDIENCE'],
    [
      'by a segment nobody knows',
      { who: 'CHOSEN', segmentIds: ['s'], tags: ['vip'] },
      { tags: ['vip'] },
      'NOT_IN_AUDIENCE',
    ],
    ['by segment', { who: 'CHOSEN', segmentIds: ['s'] }, { segmentIds: ['s'] }, undefined],
    ['granted', { who: 'GRANTED' }, { grantedPromotionIds: ['p'] }, undefined],
    ['not granted', { who: 'GRANTED' }, { grantedPromotionIds: ['q'] }, 'NOT_GRANTED'],
    ['but staff', { except: { tags: ['staff'], segmentIds: [] } }, { tags: ['staff'] }, 'EXCLUDED_SHOPPER'],
    ['but staff, not staff', { except: { tags: ['staff'], segmentIds: [] } }, { tags: ['vip'] }, undefined],
    ['but a segment nobody knows', { except: { tags: [], segmentIds: ['s'] } }, {}, 'NOT_IN_AUDIENCE'],
  ] as [string, Partial<PromotionRules['audience']>, Partial<DraftShopper> | null, string | undefined][])(
    '%s',
    (_, changes, facts, reason) => {
      const shopper = facts === null ? null : aShopper(0, facts);
      expect(reasonOf(audience(changes), { shopper })?.code).toBe(reason);
    },
  );
});

describe('conditions', () => {
  it.each([
    ['a sum', { kind: 'BASKET_SUM', atLeast: { RUB: 120_000 } }, null],
    [
      'a sum not reached',
      { kind: 'BASKET_SUM', atLeast: { RUB: 120_001 } },
      ['BASKET_SUM', 120_001, 120_000],
    ],
    [
      'a sum of some goods',
      { kind: 'BASKET_SUM', atLeast: { RUB: 100_001 }, goods: { only: { categories: ['clothes'] } } },
      ['BASKET_SUM', 100_001, 100_000],
    ],
    ['pieces', { kind: 'QUANTITY', atLeast: 3 }, ['QUANTITY', 3, 2]],
    ['pieces reached', { kind: 'QUANTITY', atLeast: 2 }, null],
    ['the first purchase, of three', { kind: 'FIRST_ORDER' }, ['FIRST_ORDER', 0, 3]],
    ['the fourth', { kind: 'NTH_ORDER', number: 4, repeated: false }, null],
    ['the second', { kind: 'NTH_ORDER', number: 2, repeated: false }, ['NTH_ORDER', 2, 4]],
    ['every second', { kind: 'NTH_ORDER', number: 2, repeated: true }, null],
    ['three days before the birthday', { kind: 'BIRTHDAY', daysBefore: 3, daysAfter: 0 }, null],
    ['two days before', { kind: 'BIRTHDAY', daysBefore: 2, daysAfter: 300 - 200 }, ['BIRTHDAY', 2, 3]],
  ] as [string, PromotionRules['conditions'][number], [string, number, number] | null][])(
    '%s',
    (_, condition, expected) => {
      const shopper = aShopper(0, { ordersBefore: 3, birthDate: '1990-11-23' });
      const reason =
        expected === null
          ? null
          : { code: 'CONDITION', condition: expected[0], need: expected[1], have: expected[2] };
      expect(reasonOf({ conditions: [condition] }, { shopper })).toEqual(reason);
    },
  );

  it('asks who it is where it must know', () => {
    expect(reasonOf({ conditions: [{ kind: 'FIRST_ORDER' }] }, { shopper: null })).toEqual({
      code: 'NO_SHOPPER',
    });
    expect(reasonOf({ conditions: [{ kind: 'FIRST_ORDER' }] })).toEqual({ code: 'NO_SHOPPER' });
    expect(reasonOf({ conditions: [{ kind: 'BIRTHDAY', daysBefore: 7, daysAfter: 7 }] })).toEqual({
      code: 'CONDITION',
      condition: 'BIRTHDAY',
      need: 7,
      have: -1,
    });
  });

  it('counts the basket before promotions: one does not spoil the condition of another', () => {
    const half = aPromotion('a', { kind: 'PERCENT', rateBp: 5_000 });
    const from1000 = aPromotion(
      'b',
      { kind: 'AMOUNT', per: 'ORDER', amount: { RUB: 10_000 } },
      {
        conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 100_000 } }],
      },
    );
    expect(calculateReceipt(aReceipt(basket, withPromotions([half, from1000]))).discount).toBe(70_000);
  });

  it('knows no amount in a currency that is not named', () =>
    expect(reasonOf({ conditions: [{ kind: 'BASKET_SUM', atLeast: { KZT: 1 } }] })).toEqual({
      code: 'NO_CURRENCY',
    }));
});

describe('limits', () => {
  const rules = (limits: Partial<PromotionRules['limits']>) => ({
    limits: { ...plainRules.limits, ...limits },
  });
  const window = { kind: 'ALWAYS' } as const;
  const used = (use: Partial<PromotionUse>): Partial<ReceiptInput> => ({
    promotionFacts: { codes: [], uses: { p: { shopperTimes: 0, totalTimes: 0, spent: 0, ...use } } },
  });

  it.each([
    ['the last time of the shopper', { perShopper: { times: 2, window } }, { shopperTimes: 1 }, undefined],
    ['no time left', { perShopper: { times: 2, window } }, { shopperTimes: 2 }, 'LIMIT_PER_SHOPPER'],
    ['the last of all', { total: { times: 100, window } }, { totalTimes: 99 }, undefined],
    ['all gone', { total: { times: 100, window } }, { totalTimes: 101 }, 'LIMIT_TOTAL'],
    ['just enough budget', { budget: { RUB: 112_000 } }, { spent: 100_000 }, undefined],
    ['a kopeck short of it', { budget: { RUB: 111_999 } }, { spent: 100_000 }, 'BUDGET'],
    ['a budget of another currency', { budget: { KZT: 1_000_000 } }, {}, 'NO_CURRENCY'],
  ] as [string, Partial<PromotionRules['limits']>, Partial<PromotionUse>, string | undefined][])(
    '%s',
    (_, limits, use, reason) => {
      const verdict = verdictOf(rules(limits), used(use));
      expect(verdict?.reason?.code).toBe(reason);
      expect(verdict?.amount).toBe(reason === undefined ? 12_000 : 0);
    },
  );

  it('cannot count the times of somebody unknown', () =>
    expect(reasonOf(rules({ perShopper: { times: 1, window } }), { shopper: null })).toEqual({
      code: 'NO_SHOPPER',
    }));

  it.each([
    [null, 0, 4, 40_000],
    [2, 0, 2, 20_000],
    [null, 7, 3, 30_000],
  ])('sets: %s a receipt, %i of 10 used: %i times', (perOrder, totalTimes, times, amount) => {
    const promotion = aPromotion(
      'p',
      { kind: 'N_FOR_M', take: 3, pay: 2 },
      rules({ perOrder, total: { times: 10, window } }),
    );
    const lines = [aLine(10_000, { quantityMilli: 13_000 })];
    const receipt = { ...withPromotions([promotion]), ...used({ totalTimes }) };
    expect(calculateReceipt(aReceipt(lines, receipt)).promotions).toMatchObject([{ times, amount }]);
  });

  it('counts gifts one by one and says that one is missing', () => {
    const goods = { only: { skus: ['belt'] } };
    const gift = aPromotion(
      'p',
      { kind: 'GIFT', goods, quantity: 3 },
      rules({ total: { times: 5, window } }),
    );
    const quote = (totalTimes: number, lines = basket) =>
      calculateReceipt(aReceipt(lines, { ...withPromotions([gift]), ...used({ totalTimes }) })).promotions[0];
    expect(quote(0)).toMatchObject({ applied: true, times: 1, amount: 20_000, missingGift: true });
    expect(quote(4)).toMatchObject({ applied: true, times: 1, amount: 20_000, missingGift: false });
    expect(quote(0, [aLine(100)])).toMatchObject({
      applied: false,
      reason: { code: 'NO_GOODS' },
      missingGift: true,
    });
  });
});

describe('promo codes', () => {
  const byCode = (id: string, changes: Partial<PromotionRules> = {}): Promotion =>
    aPromotion(id, tenPercent, { conditions: [{ kind: 'PROMO_CODE' }], ...changes });
  const codes = (...list: [string, string | null, PresentedCode['refused']?][]) => ({
    codes: list.map(([code, promotionId, refused]) => ({ code, promotionId, refused: refused ?? null })),
  });

  it('applies a promotion by its code and notes it on the line', () => {
    const quote = calculateReceipt(aReceipt(basket, withPromotions([byCode('p')], [], codes(['TEN', 'p']))));
    expect(quote.promotions).toMatchObject([{ applied: true, code: 'TEN', amount: 12_000 }]);
    expect(quote.refusedCodes).toEqual([]);
    expect(quote.lines[0]?.discounts).toEqual([
      { source: 'PROMOTION', amount: 10_000, promotionId: 'p', title: 'p', code: 'TEN' },
    ]);
  });

  it('asks for the code', () => expect(reasonOf(byCode('p').rules)).toEqual({ code: 'CODE_NEEDED' }));

  it('says why each code did nothing', () => {
    const time = (when: Partial<PromotionRules['when']>) => ({ when: { ...plainRules.when, ...when } });
    const promotions = [
      byCode('p'),
      byCode('later', time({ from: '2026-12-01T00:00:00+03:00' })),
      byCode('over', time({ to: '2026-11-01T00:00:00+03:00' })),
      byCode('rich', {
        conditions: [{ kind: 'PROMO_CODE' }, { kind: 'BASKET_SUM', atLeast: { RUB: 9_000_000 } }],
      }),
      aPromotion('without', tenPercent),
    ];
    const presented = codes(
      ['WRONG', null, 'UNKNOWN'],
      ['SPENT', 'p', 'USED'],
      ['TEN', 'p'],
      ['AGAIN', 'p'],
      ['SOON', 'later'],
      ['LATE', 'over'],
      ['RICH', 'rich'],
      ['FREE', 'without'],
      ['GONE', 'unpublished'],
    );
    const quote = calculateReceipt(aReceipt(basket, withPromotions(promotions, [], presented)));
    expect(quote.refusedCodes).toEqual([
      { code: 'WRONG', reason: 'UNKNOWN' },
      { code: 'SPENT', reason: 'USED' },
      { code: 'AGAIN', reason: 'STACKING' },
      { code: 'SOON', reason: 'NOT_YET' },
      { code: 'LATE', reason: 'EXPIRED' },
      { code: 'RICH', reason: 'CONDITIONS' },
      { code: 'FREE', reason: 'CONDITIONS' },
      { code: 'GONE', reason: 'EXPIRED' },
    ]);
  });

  it('3 for 2 on socks, not together with the code: the code waits for another day', () => {
    const socks = [aLine(10_000, { sku: 'socks', quantityMilli: 3000 }), aLine(1_000)];
    const set = aPromotion('set', { kind: 'N_FOR_M', take: 3, pay: 2, goods: { only: { skus: ['socks'] } } });
    const coded = { ...byCode('coded'), priority: 1 };
    const quote = calculateReceipt(
      aReceipt(socks, withPromotions([coded, set], [aGroup('EXCLUSIVE_ORDER')], codes(['TEN', 'coded']))),
    );
    expect(quote.discount).toBe(10_000);
    expect(quote.promotions).toMatchObject([
      { promotionId: 'set', applied: true, times: 1 },
      { promotionId: 'coded', applied: false, reason: { code: 'STACKING', by: 'set' }, code: null },
    ]);
    expect(quote.refusedCodes).toEqual([{ code: 'TEN', reason: 'STACKING' }]);
  });
});

describe('a promotion nobody can calculate', () => {
  it('is skipped and told; the others and the sale go on', () => {
    const broken = aPromotion('broken', { kind: 'LOTTERY' } as never, {}, { priority: -1 });
    const torn = aPromotion('torn', tenPercent, { audience: null as never });
    const quote = calculateReceipt(
      aReceipt(basket, withPromotions([broken, torn, aPromotion('p', tenPercent)])),
    );
    expect(quote.discount).toBe(12_000);
    expect(quote.promotions).toMatchObject([
      { promotionId: 'broken', applied: false, reason: { code: 'FAILED', message: 'no benefit LOTTERY' } },
      { promotionId: 'p', applied: true },
      { promotionId: 'torn', applied: false, reason: { code: 'FAILED' } },
    ]);
  });
});
