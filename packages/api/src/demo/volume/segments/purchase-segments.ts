import type { Range } from '@clientele/shared/segments';
import { BRANDS, COLORS, GROUPS, SEASONS } from '../goods/catalogue.ts';
import {
  all,
  ALWAYS,
  attribute,
  before,
  between,
  bought,
  brand,
  category,
  firstPurchase,
  last,
  lastPurchase,
  measured,
  none,
  paid,
  type ChainSegment,
} from './leaf-words.ts';

const segment = (key: string, name: string, condition: ChainSegment['condition']): ChainSegment => ({
  key,
  name,
  condition,
});

/** How long ago somebody bought last. */
export function recencySegments(): ChainSegment[] {
  const bounds = [7, 14, 30, 60, 90, 120, 180, 270, 365, 730];
  return [
    segment('recency-0', 'Купили за последние 7 дней', lastPurchase(last(7))),
    ...bounds.slice(1).map((days, index) => {
      const from = bounds[index] ?? 0;
      return segment(
        `recency-${index + 1}`,
        `Последняя покупка ${from}–${days} дней назад`,
        lastPurchase(between(from, days)),
      );
    }),
    segment('recency-gone', 'Не покупали больше двух лет', lastPurchase(before(730))),
    segment('first-this-month', 'Первая покупка за последние 30 дней', firstPurchase(last(30))),
    segment(
      'first-old',
      'Покупают больше двух лет',
      all(firstPurchase(before(730)), lastPurchase(last(180))),
    ),
  ];
}

/** How often. */
export function frequencySegments(): ChainSegment[] {
  const bands: readonly [string, Range][] = [
    ['одна покупка', { least: 1, most: 1 }],
    ['две покупки', { least: 2, most: 2 }],
    ['3–4 покупки', { least: 3, most: 4 }],
    ['5–7 покупок', { least: 5, most: 7 }],
    ['8–11 покупок', { least: 8, most: 11 }],
    ['12 покупок и больше', { least: 12 }],
  ];
  return [
    ...bands.map(([name, range], index) =>
      segment(`frequency-year-${index}`, `За год: ${name}`, bought(range, last(365))),
    ),
    ...bands.map(([name, range], index) =>
      segment(`frequency-ever-${index}`, `За всё время: ${name}`, bought(range, ALWAYS)),
    ),
    segment('never', 'Ни одной покупки', bought({ most: 0 }, ALWAYS)),
    segment(
      'stores-3',
      'Покупают в трёх магазинах и больше',
      measured('DISTINCT_STORES', { least: 3 }, last(365)),
    ),
    segment(
      'wide',
      'Широкая корзина: 8 разделов за год',
      measured('DISTINCT_CATEGORIES', { least: 8 }, last(365)),
    ),
    segment(
      'products-20',
      'Двадцать разных товаров за год',
      measured('DISTINCT_PRODUCTS', { least: 20 }, last(365)),
    ),
    segment('pieces-30', 'Тридцать вещей за год', measured('PIECES', { least: 30 }, last(365))),
  ];
}

/** How much, in the money of each country. */
export function monetarySegments(): ChainSegment[] {
  const year: readonly Range[] = [
    { least: 1, most: 5_000 },
    { least: 5_000, most: 15_000 },
    { least: 15_000, most: 40_000 },
    { least: 40_000, most: 80_000 },
    { least: 80_000, most: 160_000 },
    { least: 160_000 },
  ];
  const tenge: readonly Range[] = [{ least: 1, most: 400_000 }, { least: 400_000 }];
  const average: readonly Range[] = [
    { most: 3_000 },
    { least: 3_000, most: 7_000 },
    { least: 7_000, most: 15_000 },
    { least: 15_000 },
  ];
  return [
    ...year.map((range, index) =>
      segment(`spent-rub-${index}`, `За год потратили ${worded(range, '₽')}`, paid('SUM', range, last(365))),
    ),
    ...tenge.map((range, index) =>
      segment(
        `spent-kzt-${index}`,
        `За год потратили ${worded(range, '₸')}`,
        paid('SUM', { ...range, currency: 'KZT' }, last(365)),
      ),
    ),
    ...average.map((range, index) =>
      segment(`average-${index}`, `Средний чек ${worded(range, '₽')}`, paid('AVERAGE', range, last(365))),
    ),
    segment(
      'average-fallen',
      'Средний чек полгода ниже 5 000 ₽ после года выше 8 000 ₽',
      all(paid('AVERAGE', { most: 5_000 }, last(180)), paid('AVERAGE', { least: 8_000 }, between(180, 545))),
    ),
    segment('greatest', 'Одна покупка дороже 30 000 ₽', paid('GREATEST', { least: 30_000 }, ALWAYS)),
    segment('ever-500', 'Больше 500 000 ₽ за всё время', paid('SUM', { least: 500_000 }, ALWAYS)),
    segment('quarter-40', 'Больше 40 000 ₽ за три месяца', paid('SUM', { least: 40_000 }, last(90))),
  ];
}

function worded({ least, most }: Range, sign: string): string {
  if (most === undefined) return `от ${least} ${sign}`;
  return least === undefined ? `до ${most} ${sign}` : `${least}–${most} ${sign}`;
}

const SECTIONS = [
  'Женщинам/Одежда/Платья',
  'Женщинам/Одежда/Джинсы',
  'Женщинам/Трикотаж',
  'Женщинам/Верхняя одежда',
  'Мужчинам/Одежда/Рубашки',
  'Мужчинам/Одежда/Костюмы',
  'Детям/Школа',
  'Обувь/Женская',
  'Обувь/Мужская',
  'Аксессуары/Сумки',
  'Аксессуары/Носки и колготки',
  'Косметика/Ароматы',
  'Дом/Текстиль',
] as const;

/** What they buy: groups of goods, sections, labels, colours, seasons. */
export function goodsSegments(): ChainSegment[] {
  return [
    ...GROUPS.flatMap((group) =>
      [30, 180].map((days) =>
        segment(
          `group-${group}-${days}`,
          `${group}: купили на ${days * 100} ₽ и больше за ${days} дней`,
          all(
            bought({ least: 1 }, last(days), category(group)),
            paid('SUM', { least: days * 100 }, last(days), category(group)),
          ),
        ),
      ),
    ),
    ...GROUPS.map((group) =>
      segment(
        `lapsed-${group}`,
        `${group}: покупали за год, но не за последние 90 дней`,
        all(
          bought({ least: 1 }, last(365), category(group)),
          none(bought({ least: 1 }, last(90), category(group))),
        ),
      ),
    ),
    ...SECTIONS.map((section) =>
      segment(
        `section-${section}`,
        `${section.replaceAll('/', ' → ')}: две покупки за год, сейчас пора снова`,
        all(bought({ least: 2 }, last(365), category(section)), lastPurchase(before(45), category(section))),
      ),
    ),
    ...BRANDS.slice(0, 6).map((label) =>
      segment(
        `brand-${label}`,
        `Верны марке «${label}»`,
        all(
          bought({ least: 3 }, last(365), brand(label)),
          bought({ least: 1 }, last(120), brand(label)),
          paid('SUM', { least: 10_000 }, last(365), brand(label)),
        ),
      ),
    ),
    ...COLORS.slice(0, 4).map((color) =>
      segment(
        `color-${color}`,
        `Любят ${color} цвет: пять вещей за год`,
        all(
          measured('PIECES', { least: 5 }, last(365), attribute('color', color)),
          lastPurchase(last(120), attribute('color', color)),
        ),
      ),
    ),
    ...SEASONS.map((season) =>
      segment(
        `season-${season}`,
        `Покупали из коллекции «${season}» за полгода, не в этом месяце`,
        all(
          bought({ least: 1 }, last(180), attribute('season', season)),
          none(bought({ least: 1 }, last(30), attribute('season', season))),
        ),
      ),
    ),
    ...(['XS', 'XL'] as const).map((size) =>
      segment(
        `size-${size}`,
        `Носят ${size}`,
        all(
          measured('PIECES', { least: 3 }, ALWAYS, attribute('size', size)),
          bought({ least: 1 }, last(365), attribute('size', size)),
        ),
      ),
    ),
    segment(
      'shoes-money',
      'На обувь ушло больше 30 000 ₽ за год',
      paid('SUM', { least: 30_000 }, last(365), category('Обувь')),
    ),
    segment(
      'children-money',
      'На детское ушло больше 20 000 ₽ за год',
      paid('SUM', { least: 20_000 }, last(365), category('Детям')),
    ),
  ];
}
