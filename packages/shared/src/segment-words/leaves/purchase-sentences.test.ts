import { expect, it } from 'vitest';
import type { Leaf } from '../../segments/index.ts';
import { conditionSentence } from '../index.ts';
import { en, id, ru, names } from '../testing-names.ts';

const ALWAYS = { kind: 'ALWAYS' } as const;
const LAST_90 = { kind: 'ROLLING', days: 90 } as const;
const shoes = { goods: { only: { categories: ['shoes'] } } } as const;

const SENTENCES: readonly (readonly [Leaf, ru: string, en: string])[] = [
  [
    { leaf: 'PURCHASES', measure: 'COUNT', purchases: shoes, moments: LAST_90, range: { least: 2 } },
    'Купили товары категории «Обувь» 2 раза и больше за последние 90 дней',
    'Bought goods of category “Обувь” 2 times or more in the last 90 days',
  ],
  [
    { leaf: 'PURCHASES', measure: 'COUNT', moments: LAST_90, range: { most: 0 } },
    'Ни разу не купили за последние 90 дней',
    'Did not buy anything in the last 90 days',
  ],
  [
    { leaf: 'PURCHASES', measure: 'COUNT', moments: ALWAYS, range: { most: 0 } },
    'Ни разу не купили',
    'Never bought anything',
  ],
  [
    { leaf: 'PURCHASES', measure: 'COUNT', moments: ALWAYS, range: { least: 1 } },
    'Купили хотя бы раз за всё время',
    'Bought at least once over all time',
  ],
  [
    { leaf: 'PURCHASES', measure: 'COUNT', moments: ALWAYS, range: { least: 1, most: 1 } },
    'Купили ровно 1 раз за всё время',
    'Bought exactly once over all time',
  ],
  [
    {
      leaf: 'PURCHASES',
      measure: 'COUNT',
      moments: { kind: 'ROLLING', endedDays: 180 },
      range: { least: 5 },
    },
    'Купили 5 раз и больше раньше чем 180 дней назад',
    'Bought 5 times or more earlier than 180 days ago',
  ],
  [
    {
      leaf: 'PURCHASES',
      measure: 'COUNT',
      purchases: {
        goods: {
          only: { brands: ['Nord'], attributes: { цвет: ['чёрный', 'белый'] } },
          except: { skus: ['7', '8'] },
        },
        stores: ['msk'],
        channels: ['STORE', 'ONLINE'],
        codePools: [id],
        paid: { least: 100_000, currency: 'RUB' },
      },
      moments: { kind: 'CALENDAR', unit: 'YEAR', back: 1 },
      range: { least: 2, most: 21 },
    },
    'Купили товары марки «Nord» или с признаком «цвет чёрный или белый» (кроме: артикулы 7 («Кроссовки») или 8) в магазине «Арбат» на кассе или онлайн по промокоду серии «Лето» (чек 1 000 ₽ и больше) от 2 до 21 раза в прошлом году',
    'Bought goods of brand “Nord” or with “цвет чёрный or белый” (except: articles 7 (“Кроссовки”) or 8) in store “Арбат” at a till or online with a promo code of series “Лето” (each ₽1,000 or more) 2 to 21 times last year',
  ],
  [
    {
      leaf: 'PURCHASES',
      measure: 'SUM',
      purchases: shoes,
      currency: 'RUB',
      moments: LAST_90,
      range: { least: 1_000_000 },
    },
    'Купили товары категории «Обувь» на сумму 10 000 ₽ и больше за последние 90 дней',
    'Bought goods of category “Обувь” for ₽10,000 or more in all in the last 90 days',
  ],
  [
    { leaf: 'PURCHASES', measure: 'AVERAGE', currency: 'GBP', moments: LAST_90, range: { most: 1_995 } },
    'Средняя покупка — не больше 19,95 £ за последние 90 дней',
    'Average purchase: at most £19.95 in the last 90 days',
  ],
  [
    {
      leaf: 'PURCHASES',
      measure: 'GREATEST',
      purchases: shoes,
      currency: 'RUB',
      moments: ALWAYS,
      range: { least: 1, most: 500 },
    },
    'Самая дорогая покупка товаров категории «Обувь» — от 0,01 ₽ до 5 ₽ за всё время',
    'Dearest purchase of goods of category “Обувь”: ₽0.01 to ₽5 over all time',
  ],
  [
    { leaf: 'PURCHASES', measure: 'LEAST', currency: 'RUB', moments: ALWAYS, range: { least: 100 } },
    'Самая дешёвая покупка — 1 ₽ и больше за всё время',
    'Cheapest purchase: ₽1 or more over all time',
  ],
  [
    { leaf: 'PURCHASES', measure: 'PIECES', purchases: shoes, moments: LAST_90, range: { least: 21 } },
    'Купили 21 штуку и больше товаров категории «Обувь» за последние 90 дней',
    'Bought 21 pieces or more of goods of category “Обувь” in the last 90 days',
  ],
  [
    { leaf: 'PURCHASES', measure: 'PIECES', moments: ALWAYS, range: { most: 1 } },
    'Купили не больше 1 штуки товаров за всё время',
    'Bought at most 1 piece of goods over all time',
  ],
  [
    {
      leaf: 'PURCHASES',
      measure: 'DISTINCT_PRODUCTS',
      purchases: shoes,
      moments: LAST_90,
      range: { least: 3 },
    },
    'Купили разные товары категории «Обувь»: 3 и больше за последние 90 дней',
    'Bought different goods of category “Обувь”: 3 or more in the last 90 days',
  ],
  [
    { leaf: 'PURCHASES', measure: 'DISTINCT_CATEGORIES', moments: LAST_90, range: { least: 3 } },
    'Купили товары из разных категорий: 3 и больше за последние 90 дней',
    'Bought goods from different categories: 3 or more in the last 90 days',
  ],
  [
    { leaf: 'PURCHASES', measure: 'DISTINCT_STORES', purchases: shoes, moments: ALWAYS, range: { least: 2 } },
    'Купили товары категории «Обувь» в разных магазинах: 2 и больше за всё время',
    'Bought goods of category “Обувь” in different stores: 2 or more over all time',
  ],
  [
    { leaf: 'PURCHASES', measure: 'DISTINCT_DAYS', moments: ALWAYS, range: { least: 2, most: 5 } },
    'Купили в разные дни: от 2 до 5 за всё время',
    'Bought on different days: 2 to 5 over all time',
  ],
  [
    { leaf: 'PURCHASE_DATE', which: 'LAST', moments: { kind: 'ROLLING', endedDays: 180 } },
    'Последняя покупка — больше 180 дней назад',
    'Last purchase: more than 180 days ago',
  ],
  [
    {
      leaf: 'PURCHASE_DATE',
      which: 'LAST',
      purchases: shoes,
      moments: { kind: 'ROLLING', days: 365, endedDays: 91 },
    },
    'Последняя покупка товаров категории «Обувь» — от 91 до 365 дней назад',
    'Last purchase of goods of category “Обувь”: 91 to 365 days ago',
  ],
  [
    { leaf: 'PURCHASE_DATE', which: 'FIRST', moments: { kind: 'CALENDAR', unit: 'DAY', back: 1 } },
    'Первая покупка — вчера',
    'First purchase: yesterday',
  ],
  [
    { leaf: 'PURCHASE_DATE', which: 'FIRST', purchases: shoes, moments: ALWAYS },
    'Хотя бы раз купили товары категории «Обувь»',
    'Bought goods of category “Обувь” at least once',
  ],
  [
    {
      leaf: 'BOUGHT_WITHOUT',
      first: shoes,
      without: { goods: { only: { skus: ['7'] } } },
      days: 14,
      moments: LAST_90,
    },
    'Купили товары категории «Обувь» за последние 90 дней и за 14 дней после этого не купили товары с артикулом 7 («Кроссовки»)',
    'Bought goods of category “Обувь” in the last 90 days and did not buy goods with article 7 (“Кроссовки”) within 14 days after it',
  ],
  [
    { leaf: 'BOUGHT_WITHOUT', first: {}, without: {}, days: 21, moments: ALWAYS },
    'Купили что-нибудь и за 21 день после этого не купили ничего',
    'Bought something and did not buy anything within 21 days after it',
  ],
  [
    { leaf: 'OWN_INTERVAL', times: 20_000 },
    'Не покупают в 2 раза дольше своего обычного перерыва',
    'Have not bought anything for 2× their usual gap',
  ],
  [
    { leaf: 'OWN_INTERVAL', times: 15_000, purchases: shoes },
    'Не покупают товары категории «Обувь» в 1,5 раза дольше своего обычного перерыва',
    'Have not bought goods of category “Обувь” for 1.5× their usual gap',
  ],
  [
    { leaf: 'OWN_INTERVAL', times: 10_000 },
    'Не покупают дольше своего обычного перерыва',
    'Have not bought anything for 1× their usual gap',
  ],
  [
    {
      leaf: 'INTEREST',
      goods: { attributes: { цвет: ['чёрный'] } },
      leastShare: 3_000,
      pieces: 1,
      halfLifeDays: 180,
    },
    'Интересуются: цвет чёрный, от 30 % покупок',
    'Interested in: цвет чёрный, 30% of purchases or more',
  ],
  [
    {
      leaf: 'INTEREST',
      goods: { categories: ['shoes', 'hats'] },
      leastShare: 1_250,
      pieces: 3,
      halfLifeDays: 90,
    },
    'Интересуются: категории «Обувь» или «hats», от 12,5 % покупок, от 3 штук, покупка теряет половину веса за 90 дней',
    'Interested in: categories “Обувь” or “hats”, 12.5% of purchases or more, 3 pieces or more, weight halves every 90 days',
  ],
  [
    { leaf: 'RFM', model: id, recency: [5, 4], frequency: [], monetary: [5] },
    'RFM по модели «Основная»: давность 4 или 5, частота любая, сумма 5',
    'RFM by model “Основная”: recency 4 or 5, frequency any, monetary 5',
  ],
  [
    { leaf: 'LIFECYCLE', stages: ['COOLING', 'SLEEPING'] },
    'Стадия: остывает или спит',
    'Stage: cooling or sleeping',
  ],
];

it.each(SENTENCES)('%j', (leaf, russian, english) => {
  expect(conditionSentence(leaf, names, ru)).toBe(russian);
  expect(conditionSentence(leaf, names, en)).toBe(english);
});
