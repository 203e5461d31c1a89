import type { Promotion, PromotionRules } from '@clientele/shared/promotions';
import { expect, test } from 'vitest';
import { promotionRules } from '../../testing/promotions.builders.ts';
import { chooseOffers, daysToBirthday, type OfferShopper } from './choose-offers.ts';

const at = Date.parse('2026-11-22T09:00:00Z');
const occasion = {
  place: { storeId: 'moscow', channel: 'STORE' as const, timezone: 'Europe/Moscow' },
  currency: 'RUB',
  at,
  language: 'ru' as const,
};

function promotion(id: string, rules: Partial<PromotionRules> = {}, priority = 0): Promotion {
  return { id, revision: 1, title: id, groupId: 'group', priority, rules: promotionRules(rules) };
}

function shopper(facts: Partial<OfferShopper> = {}): OfferShopper {
  return {
    known: true,
    verified: true,
    blocked: false,
    available: 0,
    tags: [],
    ordersBefore: 5,
    grantedPromotionIds: (facts.grants ?? []).map(({ promotionId }) => promotionId),
    tierName: null,
    grants: [],
    codes: [],
    uses: {},
    ...facts,
  };
}

const audience = (who: Partial<PromotionRules['audience']>) => ({
  ...promotionRules().audience,
  ...who,
});

const titles = (promotions: Promotion[], who: OfferShopper) =>
  chooseOffers(promotions, who, occasion).map(({ title }) => title);

test('what is the shopper’s own comes first, the nearest end before the others; then what suits them most', () => {
  const promotions = [
    promotion('for anybody'),
    promotion('for members', { audience: audience({ who: 'MEMBERS' }) }),
    promotion('for gold', { audience: audience({ who: 'CHOSEN', tiers: ['gold'] }) }),
    promotion('granted, later', { audience: audience({ who: 'GRANTED' }) }),
    promotion('granted, soon', { audience: audience({ who: 'GRANTED' }) }),
    promotion('granted to others', { audience: audience({ who: 'GRANTED' }) }),
  ];
  const who = shopper({
    tierCode: 'gold',
    tierName: 'Золотой',
    grants: [
      { promotionId: 'granted, later', reason: null, endsAt: at + 9_000 },
      { promotionId: 'granted, soon', reason: 'подарок за отзыв', endsAt: at + 1_000 },
    ],
  });
  expect(chooseOffers(promotions, who, occasion)).toEqual([
    {
      promotionId: 'granted, soon',
      title: 'granted, soon',
      say: 'granted, soon',
      reason: 'подарок за отзыв',
      endsAt: at + 1_000,
      promoCode: null,
      personal: true,
    },
    expect.objectContaining({ title: 'granted, later', reason: 'персональное предложение' }),
    expect.objectContaining({ title: 'for gold', reason: 'ваш уровень: Золотой', personal: false }),
    expect.objectContaining({ title: 'for members', reason: null }),
    expect.objectContaining({ title: 'for anybody', reason: null }),
  ]);
  expect(titles(promotions.toReversed(), who)).toEqual(titles(promotions, who));
});

test('no more than five are read aloud', () => {
  const many = Array.from({ length: 9 }, (_, index) => promotion(`p${index}`, {}, 9 - index));
  expect(titles(many, shopper())).toEqual(['p8', 'p7', 'p6', 'p5', 'p4']);
});

test('goods may still be missing; another day, store, audience or a used limit keeps an offer away', () => {
  const promotions = [
    promotion('from 5 000', { conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 500_000 } }] }),
    promotion('three pairs', {
      conditions: [{ kind: 'QUANTITY', atLeast: 3, goods: { only: { categories: ['Обувь'] } } }],
    }),
    promotion('gift', { benefits: [{ kind: 'GIFT', goods: { only: { skus: ['socks'] } }, quantity: 1 }] }),
    promotion('on Mondays', { when: { ...promotionRules().when, weekdays: [1] } }),
    promotion('over', { when: { ...promotionRules().when, to: '2026-11-22T08:59:00Z' } }),
    promotion('elsewhere', { where: { storeIds: ['almaty'], channels: [] } }),
    promotion('for tagged', { audience: audience({ who: 'CHOSEN', tags: ['vip'] }) }),
    promotion('by code', { conditions: [{ kind: 'PROMO_CODE' }] }),
    promotion('for tenge', {
      benefits: [{ kind: 'AMOUNT', amount: { KZT: 100_000 }, per: 'ORDER' }],
    }),
    promotion('once', {
      limits: { ...promotionRules().limits, perShopper: { times: 1, window: { kind: 'ALWAYS' } } },
    }),
  ];
  const uses = { once: { shopperTimes: 1, totalTimes: 1, spent: 0 } };
  expect(titles(promotions, shopper({ uses }))).toEqual(['from 5 000', 'gift', 'three pairs']);
});

test('a code issued to the shopper opens its promotion and is told with it', () => {
  const byCode = promotion('by code', { conditions: [{ kind: 'PROMO_CODE' }] });
  const codes = [{ promotionId: 'by code', code: 'ANNA-10', endsAt: at + 5_000 }];
  expect(chooseOffers([byCode], shopper({ codes }), occasion)).toEqual([
    expect.objectContaining({
      promoCode: 'ANNA-10',
      reason: 'ваш личный промокод',
      endsAt: at + 5_000,
      personal: true,
    }),
  ]);
});

test('a birthday is told by its days', () => {
  const birthday = promotion('birthday', {
    conditions: [{ kind: 'BIRTHDAY', daysBefore: 7, daysAfter: 7 }],
  });
  const reasonOn = (birthDate: string) =>
    chooseOffers([birthday], shopper({ birthDate }), occasion)[0]?.reason;
  expect(reasonOn('1990-11-25')).toBe('день рождения через 3 дня');
  expect(reasonOn('1990-11-22')).toBe('сегодня день рождения');
  expect(reasonOn('1990-11-21')).toBe('день рождения был 1 день назад');
  expect(reasonOn('1990-12-25')).toBeUndefined();
  expect(daysToBirthday('2000-01-02', '2026-12-30')).toBe(3);
  expect(daysToBirthday('2000-12-30', '2027-01-02')).toBe(-3);
  expect(daysToBirthday('2000-02-29', '2027-02-27')).toBe(1);
});
