import { ean13 } from '../../catalogue.ts';

/** A product of the large company: one colour and size of a model. */
export interface VolumeProduct {
  readonly sku: string;
  readonly name: string;
  readonly barcode: string;
  readonly categoryPath: readonly string[];
  /** Position in `GROUPS`. */
  readonly group: number;
  readonly brand: string;
  readonly color: string;
  readonly size: string;
  readonly season: string;
  /** Whole roubles and tenge. */
  readonly prices: { readonly RUB: number; readonly KZT: number };
  /** Bought several at once. */
  readonly several: boolean;
}

export const GROUPS = [
  'Женщинам',
  'Мужчинам',
  'Детям',
  'Обувь',
  'Аксессуары',
  'Спорт',
  'Дом',
  'Косметика',
] as const;

export const BRANDS = [
  'Северный ветер',
  'Ладога',
  'Полярис',
  'Кижи Дом',
  'Тайга',
  'Норд Кидс',
  'Белая ночь',
  'Аврора',
] as const;

export const SEASONS = ['весна-лето', 'осень-зима', 'всесезон'] as const;

export const COLORS = [
  'чёрный',
  'белый',
  'синий',
  'серый',
  'бежевый',
  'красный',
  'зелёный',
  'розовый',
  'коричневый',
  'терракота',
] as const;

type Kind = [
  group: (typeof GROUPS)[number],
  section: string,
  kind: string,
  roubles: number,
  sizes: Sizes,
  season: number,
];
type Sizes = keyof typeof SIZES;

export const SIZES = {
  wear: ['XS', 'S', 'M', 'L', 'XL'],
  shoes: ['36', '38', '40', '42', '44'],
  children: ['98', '110', '122', '134', '146'],
  none: ['единый'],
} as const;

const KINDS: readonly Kind[] = [
  ['Женщинам', 'Одежда', 'Платья', 4990, 'wear', 0],
  ['Женщинам', 'Одежда', 'Юбки', 3290, 'wear', 0],
  ['Женщинам', 'Одежда', 'Блузы', 3890, 'wear', 2],
  ['Женщинам', 'Одежда', 'Брюки', 4490, 'wear', 2],
  ['Женщинам', 'Одежда', 'Джинсы', 4990, 'wear', 2],
  ['Женщинам', 'Трикотаж', 'Джемперы', 4790, 'wear', 1],
  ['Женщинам', 'Трикотаж', 'Кардиганы', 5990, 'wear', 1],
  ['Женщинам', 'Верхняя одежда', 'Пальто', 15990, 'wear', 1],
  ['Женщинам', 'Верхняя одежда', 'Пуховики', 13990, 'wear', 1],
  ['Женщинам', 'Бельё', 'Пижамы', 2490, 'wear', 2],
  ['Женщинам', 'Бельё', 'Купальники', 2990, 'wear', 0],
  ['Мужчинам', 'Одежда', 'Рубашки', 3990, 'wear', 2],
  ['Мужчинам', 'Одежда', 'Футболки', 1490, 'wear', 0],
  ['Мужчинам', 'Одежда', 'Брюки', 4290, 'wear', 2],
  ['Мужчинам', 'Одежда', 'Джинсы', 4790, 'wear', 2],
  ['Мужчинам', 'Одежда', 'Костюмы', 17990, 'wear', 2],
  ['Мужчинам', 'Трикотаж', 'Свитеры', 5490, 'wear', 1],
  ['Мужчинам', 'Трикотаж', 'Худи', 4490, 'wear', 1],
  ['Мужчинам', 'Верхняя одежда', 'Куртки', 12990, 'wear', 1],
  ['Мужчинам', 'Верхняя одежда', 'Ветровки', 6990, 'wear', 0],
  ['Детям', 'Малыши', 'Комбинезоны', 3990, 'children', 1],
  ['Детям', 'Девочкам', 'Платья', 2490, 'children', 0],
  ['Детям', 'Девочкам', 'Куртки', 4990, 'children', 1],
  ['Детям', 'Мальчикам', 'Футболки', 990, 'children', 0],
  ['Детям', 'Мальчикам', 'Куртки', 4990, 'children', 1],
  ['Детям', 'Школа', 'Школьная форма', 3490, 'children', 2],
  ['Обувь', 'Женская', 'Ботильоны', 8990, 'shoes', 1],
  ['Обувь', 'Женская', 'Туфли', 7490, 'shoes', 0],
  ['Обувь', 'Женская', 'Кеды', 5990, 'shoes', 2],
  ['Обувь', 'Мужская', 'Ботинки', 9990, 'shoes', 1],
  ['Обувь', 'Мужская', 'Кроссовки', 6490, 'shoes', 2],
  ['Обувь', 'Детская', 'Сапоги', 3990, 'shoes', 1],
  ['Аксессуары', 'Сумки', 'Сумки', 6990, 'none', 2],
  ['Аксессуары', 'Сумки', 'Рюкзаки', 5490, 'none', 2],
  ['Аксессуары', 'Мелочи', 'Ремни', 2490, 'none', 2],
  ['Аксессуары', 'Мелочи', 'Перчатки', 2790, 'none', 1],
  ['Аксессуары', 'Мелочи', 'Шарфы и шапки', 1490, 'none', 1],
  ['Аксессуары', 'Носки и колготки', 'Носки', 333, 'none', 2],
  ['Аксессуары', 'Носки и колготки', 'Колготки', 490, 'none', 2],
  ['Спорт', 'Одежда', 'Леггинсы', 2990, 'wear', 2],
  ['Спорт', 'Одежда', 'Термобельё', 3490, 'wear', 1],
  ['Спорт', 'Инвентарь', 'Коврики', 1990, 'none', 2],
  ['Дом', 'Текстиль', 'Постельное бельё', 4990, 'none', 2],
  ['Дом', 'Текстиль', 'Пледы', 2990, 'none', 1],
  ['Дом', 'Посуда', 'Кружки', 690, 'none', 2],
  ['Дом', 'Свет', 'Свечи', 590, 'none', 1],
  ['Косметика', 'Уход', 'Кремы', 890, 'none', 2],
  ['Косметика', 'Ароматы', 'Духи', 5490, 'none', 2],
];

const MODELS = words(
  'Ладога Онега Волхов Нева Свирь Вуокса Выборг Печора Хибины Балтика Мурман Самара Кама Таймыр Бриз Арбат Урал Темп Мезень Сура',
);
const MODELS_A_KIND = 12;
const COLORS_A_MODEL = 3;
const SIZES_A_MODEL = 3;
const SEVERAL = new Set(['Носки', 'Колготки', 'Футболки', 'Кружки', 'Свечи', 'Кремы']);

function words(text: string): string[] {
  return text.split(' ');
}

/** Twelve models of each kind, three colours of each, and three sizes where there are any; always the same. */
export function volumeCatalogue(): VolumeProduct[] {
  const products: VolumeProduct[] = [];
  for (const [kindIndex, kind] of KINDS.entries())
    for (let model = 0; model < MODELS_A_KIND; model += 1)
      for (const variant of variantsOf(kind, kindIndex * 7 + model * 3))
        products.push(productOf(kind, { kindIndex, model, variant, number: products.length + 1 }));
  return products;
}

interface Variant {
  readonly color: string;
  readonly size: string;
}

function variantsOf([, , , , sizes]: Kind, shift: number): Variant[] {
  const names: readonly string[] = SIZES[sizes];
  const sizesHere = Math.min(names.length, SIZES_A_MODEL);
  return Array.from({ length: COLORS_A_MODEL * sizesHere }, (_, index) => ({
    color: at(COLORS, shift + Math.floor(index / sizesHere)),
    size: at(names, shift + (index % sizesHere)),
  }));
}

function productOf(
  [group, section, kind, roubles, , season]: Kind,
  {
    kindIndex,
    model,
    variant,
    number,
  }: { kindIndex: number; model: number; variant: Variant; number: number },
): VolumeProduct {
  const price = Math.max(
    190,
    Math.round((roubles * (70 + ((model * 37 + kindIndex * 11) % 90))) / 1_000) * 10 - 10,
  );
  const { color, size } = variant;
  return {
    sku: `V${String(kindIndex + 1).padStart(2, '0')}${String(model + 1).padStart(2, '0')}-${String(number).padStart(5, '0')}`,
    name: `${kind} «${at(MODELS, kindIndex * 5 + model)}», ${color}${size === 'единый' ? '' : `, ${size}`}`,
    barcode: ean13(`21${String(number).padStart(10, '0')}`),
    categoryPath: [group, section, kind],
    group: GROUPS.indexOf(group),
    brand: at(BRANDS, kindIndex + model),
    color,
    size,
    season: at(SEASONS, season),
    prices: { RUB: price, KZT: Math.ceil((price * 5.4) / 100) * 100 - 10 },
    several: SEVERAL.has(kind),
  };
}

function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('an empty list');
  return item;
}
