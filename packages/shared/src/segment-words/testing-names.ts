import type { Names, SegmentSpeech } from './index.ts';

/** For tests: both languages, and names of a few things. */
export const ru: SegmentSpeech = { language: 'ru', zone: 'Europe/Moscow' };
export const en: SegmentSpeech = { language: 'en', zone: 'Europe/Moscow' };

export const id = '0190a000-0000-7000-8000-000000000001';

const NAMES: Readonly<Record<string, string>> = {
  'STORE msk': 'Арбат',
  'CATEGORY shoes': 'Обувь',
  'PRODUCT 7': 'Кроссовки',
  'ATTRIBUTE city': 'Город',
  'EVENT VIEW_PRODUCT': 'Просмотр товара',
  'TIER gold': 'Gold',
  [`SEGMENT ${id}`]: 'Москвичи',
  [`SNAPSHOT ${id}`]: 'На 1 мая',
  [`POOL ${id}`]: 'Лето',
  [`PROGRAM ${id}`]: 'Баллы',
  [`MODEL ${id}`]: 'Основная',
};

export const names: Names = {
  named: (kind, value) => NAMES[`${kind} ${value}`],
  choice: (attribute, value) => (attribute === 'city' && value === 'msk' ? 'Москва' : undefined),
  topic: (code) => (code === 'sale' ? 'Скидки' : undefined),
};
