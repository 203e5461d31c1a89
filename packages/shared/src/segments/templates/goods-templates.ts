import type { SegmentTemplate } from './template.ts';

/** By what people bought and for how much. */
export const GOODS_TEMPLATES: readonly SegmentTemplate[] = [
  {
    code: 'big-spenders',
    name: { ru: 'Крупные покупатели', en: 'Big spenders' },
    description: {
      ru: 'Купили за год на большую сумму. Сумму поправьте под свой чек.',
      en: 'Spent much within a year. Set the sum to fit your receipts.',
    },
    condition: {
      leaf: 'PURCHASES',
      measure: 'SUM',
      moments: { kind: 'ROLLING', days: 365 },
      range: { least: 5_000_000 },
      currency: '',
    },
    blanks: [{ path: ['currency'], asks: 'CURRENCY' }],
  },
  {
    code: 'interested-in-category',
    name: { ru: 'Интересуются категорией', en: 'Interested in a category' },
    description: {
      ru: 'Не меньше 30 % покупок — из выбранных категорий; недавние весят больше.',
      en: '30% of purchases or more are of the chosen categories; late ones weigh more.',
    },
    condition: {
      leaf: 'INTEREST',
      goods: { categories: [] },
      leastShare: 3_000,
      pieces: 2,
      halfLifeDays: 180,
    },
    blanks: [{ path: ['goods', 'categories'], asks: 'CATEGORIES' }],
  },
  {
    code: 'bought-without',
    name: { ru: 'Купили одно, но не другое', en: 'Bought one but not the other' },
    description: {
      ru: 'За полгода купили товары первой категории и за 30 дней после этого не купили второй.',
      en: 'Bought of the first category within half a year and nothing of the second in the 30 days after.',
    },
    condition: {
      leaf: 'BOUGHT_WITHOUT',
      first: { goods: { only: { categories: [] } } },
      without: { goods: { only: { categories: [] } } },
      days: 30,
      moments: { kind: 'ROLLING', days: 180 },
    },
    blanks: [
      { path: ['first', 'goods', 'only', 'categories'], asks: 'CATEGORIES' },
      { path: ['without', 'goods', 'only', 'categories'], asks: 'CATEGORIES' },
    ],
  },
  {
    code: 'points-expiring',
    name: { ru: 'Баллы скоро сгорят', en: 'Points expire soon' },
    description: {
      ru: 'В ближайшие 14 дней сгорит хотя бы один балл.',
      en: 'One point or more expires within 14 days.',
    },
    condition: { leaf: 'POINTS', which: 'EXPIRING', withinDays: 14, range: { least: 1 } },
    blanks: [],
  },
];
