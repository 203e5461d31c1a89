import type { PromotionBenefit, PromotionCondition, PromotionRules } from '@clientele/shared/promotions';
import { expect, test } from 'vitest';
import { audienceSentence } from './audience-sentence.ts';
import { benefitSentence, promotionSummary } from './promotion-sentence.ts';
import { emptyRules } from './rules-form.ts';
import {
  conditionSentence,
  limitSentences,
  placeSentence,
  timeSentence,
  type RuleSpeech,
} from './terms-sentence.ts';

const ru: RuleSpeech = {
  language: 'ru',
  currencies: ['RUB'],
  timeZone: 'Europe/Moscow',
  storeName: (id) => ({ s1: 'Охотный Ряд' })[id] ?? id,
  poolName: () => 'Осень',
  segmentName: (id) => ({ g1: 'Спящие', g2: 'Купили обувь' })[id] ?? '…',
};
const en: RuleSpeech = { ...ru, language: 'en' };
const SHOES = { only: { categories: ['Обувь/Женская'] } };

const BENEFITS: [PromotionBenefit, string, string][] = [
  [
    { kind: 'PERCENT', rateBp: 1_000, goods: SHOES, upTo: { RUB: 50_000 } },
    'Скидка 10 % на товары категории «Обувь › Женская», не больше 500 ₽',
    '10% off goods of category “Обувь › Женская”, ₽500 at most',
  ],
  [{ kind: 'PERCENT', rateBp: 750 }, 'Скидка 7,5 % на покупку', '7.5% off the purchase'],
  [
    { kind: 'PERCENT', rateBp: 500, goods: { except: { brands: ['Nord'] } } },
    'Скидка 5 % на все товары, кроме: марка «Nord»',
    '5% off all goods, except: brand “Nord”',
  ],
  [
    { kind: 'AMOUNT', amount: { RUB: 50_000 }, per: 'ORDER' },
    'Скидка 500 ₽ на покупку',
    '₽500 off the purchase',
  ],
  [
    {
      kind: 'AMOUNT',
      amount: { RUB: 10_000 },
      per: 'ITEM',
      goods: { only: { skus: ['a', 'b', 'c', 'd', 'e'] } },
    },
    'Скидка 100 ₽ с каждой штуки на товары с артикулами a, b, c или ещё 2',
    '₽100 off each piece: goods articles a, b, c or 2 more',
  ],
  [
    { kind: 'FIXED_PRICE', price: { RUB: 99_000 }, goods: SHOES },
    'Цена 990 ₽ на товары категории «Обувь › Женская»',
    '₽990 each: goods of category “Обувь › Женская”',
  ],
  [
    { kind: 'N_FOR_M', take: 3, pay: 2, goods: { only: { categories: ['Носки'], tags: ['зима'] } } },
    'Три по цене двух на товары: категория «Носки», товары с меткой «зима»',
    '3 for the price of 2: goods: category “Носки”, goods tagged “зима”',
  ],
  [{ kind: 'N_FOR_M', take: 12, pay: 10 }, '12 по цене 10', '12 for the price of 10'],
  [
    { kind: 'CHEAPEST', take: 2, rateBp: 5_000 },
    'Скидка 50 % на самую дешёвую вещь, если их 2 или больше',
    '50% off the cheapest piece, with 2 or more of them',
  ],
  [
    { kind: 'GIFT', goods: { only: { skus: ['AN01-1'] } }, quantity: 1 },
    'Подарок: товары с артикулом AN01-1, 1 штука',
    'Gift: goods article AN01-1, 1 piece',
  ],
  [
    { kind: 'EXTRA_POINTS', points: 100, per: 'ORDER' },
    '+100 баллов за покупку',
    '+100 points for the purchase',
  ],
  [
    { kind: 'EXTRA_POINTS', points: 2, per: 'ITEM', goods: SHOES },
    '+2 балла за каждую штуку: товары категории «Обувь › Женская»',
    '+2 points for each piece: goods of category “Обувь › Женская”',
  ],
  [{ kind: 'POINTS_FACTOR', factorBp: 20_000 }, 'Баллы ×2 за покупку', 'Points ×2 for the purchase'],
  [
    { kind: 'PAY_BY_POINTS', capBp: 10_000, goods: SHOES },
    'Баллами можно оплатить до 100 %: товары категории «Обувь › Женская»',
    'Points pay up to 100%: goods of category “Обувь › Женская”',
  ],
  [
    { kind: 'NEXT_CODE', poolId: 'p1', validDays: 30 },
    'Промокод серии «Осень» на следующую покупку, действует 30 дней',
    'A promo code of “Осень” for the next purchase, valid 30 days',
  ],
  [{ kind: 'TEXT' }, 'Только слова для покупателя', 'Words for the shopper only'],
];

test.each(BENEFITS)('a benefit of $kind', (benefit, russian, english) => {
  expect(benefitSentence(ru, benefit)).toBe(russian);
  expect(benefitSentence(en, benefit)).toBe(english);
});

const CONDITIONS: [PromotionCondition, string, string][] = [
  [{ kind: 'BASKET_SUM', atLeast: { RUB: 300_000 } }, 'Покупка от 3 000 ₽', 'A purchase of ₽3,000 or more'],
  [
    { kind: 'QUANTITY', atLeast: 3, goods: SHOES },
    'Не меньше 3 штук: товары категории «Обувь › Женская»',
    '3 pieces or more: goods of category “Обувь › Женская”',
  ],
  [{ kind: 'FIRST_ORDER' }, 'Первая покупка', 'The first purchase'],
  [
    { kind: 'NTH_ORDER', number: 5, repeated: true },
    'Каждая 5-я покупка',
    'Every purchase number 5, and so on',
  ],
  [{ kind: 'NTH_ORDER', number: 2, repeated: false }, '2-я покупка', 'Purchase number 2'],
  [
    { kind: 'BIRTHDAY', daysBefore: 7, daysAfter: 1 },
    'В день рождения, 7 дней до и 1 день после него',
    'On the birthday, 7 days before and 1 day after it',
  ],
  [{ kind: 'BIRTHDAY', daysBefore: 0, daysAfter: 0 }, 'В день рождения', 'On the birthday'],
  [{ kind: 'PROMO_CODE' }, 'По промокоду', 'With a promo code'],
];

test.each(CONDITIONS)('a condition of $kind', (condition, russian, english) => {
  expect(conditionSentence(ru, condition)).toBe(russian);
  expect(conditionSentence(en, condition)).toBe(english);
});

const NOBODY_LESS = { tags: [], segmentIds: [] };

test.each([
  [
    { who: 'ANYBODY', tags: [], tiers: [], segmentIds: [], except: NOBODY_LESS },
    'Всем покупателям',
    'Everybody',
  ],
  [
    { who: 'MEMBERS', tags: [], tiers: [], segmentIds: [], except: { tags: ['опт'], segmentIds: [] } },
    'Только участникам программы, кроме покупателей с меткой «опт»',
    'Members only, except those tagged “опт”',
  ],
  [
    { who: 'CHOSEN', tags: ['VIP', 'блог'], tiers: ['gold'], segmentIds: [], except: NOBODY_LESS },
    'Покупателям: с меткой «VIP» или «блог» или уровня «gold»',
    'Shoppers: tagged “VIP” or “блог” or tier “gold”',
  ],
  [
    { who: 'CHOSEN', tags: [], tiers: [], segmentIds: ['g1'], except: NOBODY_LESS },
    'Для сегмента «Спящие»',
    'For the segment “Спящие”',
  ],
  [
    { who: 'CHOSEN', tags: [], tiers: [], segmentIds: ['g1', 'gone'], except: NOBODY_LESS },
    'Для сегментов «Спящие» или «…»',
    'For the segments “Спящие” or “…”',
  ],
  [
    {
      who: 'CHOSEN',
      tags: ['VIP'],
      tiers: [],
      segmentIds: ['g1'],
      except: { tags: ['опт'], segmentIds: ['g2'] },
    },
    'Покупателям: с меткой «VIP» или из сегмента «Спящие», кроме покупателей с меткой «опт» или из сегмента «Купили обувь»',
    'Shoppers: tagged “VIP” or in the segment “Спящие”, except those tagged “опт” or in the segment “Купили обувь”',
  ],
  [
    { who: 'ANYBODY', tags: [], tiers: [], segmentIds: [], except: { tags: [], segmentIds: ['g2'] } },
    'Всем покупателям, кроме покупателей из сегмента «Купили обувь»',
    'Everybody, except those in the segment “Купили обувь”',
  ],
] as const)('an audience of %j', (audience, russian, english) => {
  expect(audienceSentence(ru, audience)).toBe(russian);
  expect(audienceSentence(en, audience)).toBe(english);
});

test.each([
  [{ from: null, to: null, weekdays: [], hours: null }, 'Всегда', 'Always'],
  [
    { from: null, to: null, weekdays: [6, 7], hours: { from: '10:00', to: '14:00' } },
    'По выходным, с 10:00 до 14:00',
    'At weekends, from 10:00 to 14:00',
  ],
  [
    { from: '2026-11-30T21:00:00Z', to: '2026-12-31T15:30:00Z', weekdays: [], hours: null },
    'С 1 декабря 2026 г. до 31 декабря 2026 г., 18:30',
    'From 1 December 2026 to 31 December 2026, 18:30',
  ],
])('a time of %j', (when, russian, english) => {
  expect(timeSentence(ru, when)).toBe(russian);
  expect(timeSentence(en, when)).toBe(english);
});

test.each([
  [{ storeIds: [], channels: [] }, 'Везде'],
  [{ storeIds: [], channels: ['ONLINE'] }, 'Только онлайн'],
  [{ storeIds: [], channels: ['STORE'] }, 'Во всех магазинах'],
  [{ storeIds: ['s1', 's2'], channels: [] }, 'В магазинах: «Охотный Ряд», «s2»'],
  [{ storeIds: ['s1'], channels: ['STORE'] }, 'В магазинах: «Охотный Ряд», только на кассе'],
] as const)('a place of %j', (where, russian) => {
  expect(placeSentence(ru, where)).toBe(russian);
});

test('limits are told one by one, nothing where there is none', () => {
  expect(limitSentences(ru, emptyRules().limits)).toEqual([]);
  const limits = {
    perOrder: 2,
    perShopper: { times: 1, window: { kind: 'MONTH' } },
    total: { times: 1_000, window: { kind: 'ROLLING', days: 30 } },
    budget: { RUB: 10_000_000 },
  } as const;
  expect(limitSentences(ru, limits)).toEqual([
    'Не больше 2 раз за чек',
    'Одному покупателю — не больше 1 раза в месяц',
    'Всем вместе — не больше 1 000 раз за 30 дней',
    'Бюджет 100 000 ₽',
  ]);
});

test('a list tells all of it in a line', () => {
  const rules: PromotionRules = {
    ...emptyRules(),
    when: { from: null, to: null, weekdays: [6, 7], hours: null },
    conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 300_000 } }],
    benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: SHOES }],
  };
  expect(promotionSummary(ru, rules)).toBe(
    'Скидка 10 % на товары категории «Обувь › Женская» · покупка от 3 000 ₽ · по выходным',
  );
});
