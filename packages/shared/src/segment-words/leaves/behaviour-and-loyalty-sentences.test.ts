import { expect, it } from 'vitest';
import type { Leaf } from '../../segments/index.ts';
import { conditionSentence } from '../index.ts';
import { en, id, ru, names } from '../testing-names.ts';

const ALWAYS = { kind: 'ALWAYS' } as const;
const LAST_90 = { kind: 'ROLLING', days: 90 } as const;

const SENTENCES: readonly (readonly [Leaf, ru: string, en: string])[] = [
  [
    { leaf: 'EVENTS', event: 'VIEW_PRODUCT', measure: 'COUNT', moments: LAST_90, range: { least: 3 } },
    'Событие «Просмотр товара» — 3 раза и больше за последние 90 дней',
    'Event “Просмотр товара”: 3 times or more in the last 90 days',
  ],
  [
    { leaf: 'EVENTS', event: 'VISIT', measure: 'COUNT', moments: LAST_90, range: { most: 0 } },
    'Событие «VISIT» — ни разу за последние 90 дней',
    'Event “VISIT”: never in the last 90 days',
  ],
  [
    {
      leaf: 'EVENTS',
      event: 'CART',
      measure: 'SUM',
      property: 'price',
      where: [
        { property: 'color', among: ['black'] },
        { property: 'price', range: { least: 10.5 } },
      ],
      moments: ALWAYS,
      range: { least: 1_000 },
    },
    'Событие «CART» (color — «black», price — 10,5 и больше) — сумма «price» 1 000 и больше за всё время',
    'Event “CART” (color: “black”, price: 10.5 or more): sum of “price” 1,000 or more over all time',
  ],
  [
    {
      leaf: 'EVENTS',
      event: 'CART',
      measure: 'GREATEST',
      property: 'price',
      moments: LAST_90,
      range: { most: 9 },
    },
    'Событие «CART» — наибольшее «price» не больше 9 за последние 90 дней',
    'Event “CART”: greatest “price” at most 9 in the last 90 days',
  ],
  [
    {
      leaf: 'EVENTS',
      event: 'CART',
      measure: 'DISTINCT_VALUES',
      property: 'sku',
      moments: LAST_90,
      range: { least: 2 },
    },
    'Событие «CART» — разных значений «sku» 2 и больше за последние 90 дней',
    'Event “CART”: different values of “sku” 2 or more in the last 90 days',
  ],
  [
    { leaf: 'EVENTS', event: 'VISIT', measure: 'DISTINCT_DAYS', moments: LAST_90, range: { least: 2 } },
    'Событие «VISIT» — разных дней 2 и больше за последние 90 дней',
    'Event “VISIT”: different days 2 or more in the last 90 days',
  ],
  [
    { leaf: 'EVENT_DATE', which: 'LAST', event: 'VISIT', moments: { kind: 'ROLLING', endedDays: 21 } },
    'Последнее событие «VISIT» — больше 21 дня назад',
    'Last event “VISIT”: more than 21 days ago',
  ],
  [
    { leaf: 'EVENT_DATE', which: 'FIRST', event: 'VISIT', moments: LAST_90 },
    'Первое событие «VISIT» — за последние 90 дней',
    'First event “VISIT”: in the last 90 days',
  ],
  [
    { leaf: 'EVENT_DATE', which: 'LAST', event: 'VISIT', moments: ALWAYS },
    'Событие «VISIT» — хотя бы раз',
    'Event “VISIT”: at least once',
  ],
  [
    { leaf: 'POINTS', which: 'ACTIVE', range: { least: 1_000 } },
    'Активных баллов — 1 000 и больше',
    'Active points: 1,000 or more',
  ],
  [
    { leaf: 'POINTS', which: 'EXPIRING', withinDays: 14, range: { least: 1 } },
    'Сгорит баллов в ближайшие 14 дней — 1 и больше',
    'Points expiring within 14 days: 1 or more',
  ],
  [
    { leaf: 'POINTS', which: 'PENDING', program: id, range: { most: 5 } },
    'Ещё не активных баллов (программа «Баллы») — не больше 5',
    'Pending points (program “Баллы”): at most 5',
  ],
  [
    { leaf: 'POINTS', which: 'DEBT', range: { least: 1 } },
    'Долг в баллах — 1 и больше',
    'Debt in points: 1 or more',
  ],
  [{ leaf: 'TIER', tiers: ['gold', 'vip'] }, 'Уровень: «Gold» или «vip»', 'Tier: “Gold” or “vip”'],
  [
    { leaf: 'PROMO_CODE', pools: [id], state: 'OPEN', moments: { kind: 'ROLLING', days: 7 } },
    'Есть действующий промокод серии «Лето», выдан за последние 7 дней',
    'Has an open promo code of series “Лето”, given in the last 7 days',
  ],
  [
    { leaf: 'PROMO_CODE', state: 'USED', moments: LAST_90 },
    'Использовали промокод за последние 90 дней',
    'Used a promo code in the last 90 days',
  ],
  [{ leaf: 'PROMO_CODE', state: 'EXPIRED' }, 'Не использовали вовремя промокод', 'Let a promo code expire'],
  [{ leaf: 'SEGMENT', segment: id }, 'Входят в сегмент «Москвичи»', 'In segment “Москвичи”'],
  [{ leaf: 'SNAPSHOT', snapshot: id }, 'Есть в снимке «На 1 мая»', 'In snapshot “На 1 мая”'],
  [
    { leaf: 'BUCKET', seed: 'весна', from: 0, to: 1_250 },
    'Случайная доля «весна»: от 0 % до 12,5 %',
    'Random share “весна”: from 0% to 12.5%',
  ],
];

it.each(SENTENCES)('%j', (leaf, russian, english) => {
  expect(conditionSentence(leaf, names, ru)).toBe(russian);
  expect(conditionSentence(leaf, names, en)).toBe(english);
});
