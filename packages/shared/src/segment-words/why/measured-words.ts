import type { LeafArgs, LeafOf, PurchaseMeasure, Range } from '../../segments/index.ts';
import { money, percent } from '../../sentences/amounts.ts';
import { said } from '../../sentences/language.ts';
import { countOf, DAYS, number, PIECES, POINTS, PURCHASES, TIMES } from '../words/speech.ts';
import type { Noun, SegmentSpeech } from '../words/speech.ts';

type Measured = LeafOf<'PURCHASES'> | LeafOf<'EVENTS'> | LeafOf<'POINTS'> | LeafOf<'INTEREST'>;

/** What is measured, as a full phrase and as the bare number it is held against. */
interface Told {
  readonly full: (value: number) => string;
  readonly bare: (value: number) => string;
  readonly range: Range;
}

/** «1 покупка из нужных 2», «12 000 ₽ при пределе 10 000 ₽», where it fits just «3 покупки». */
export function measuredWords(leaf: Measured, value: unknown, speech: SegmentSpeech): string {
  if (typeof value !== 'number')
    return leaf.leaf === 'EVENTS'
      ? said(speech, 'таких событий нет', 'no such events')
      : said(speech, 'таких покупок нет', 'no such purchases');
  const { full, bare, range } = toldOf(leaf, speech);
  if (range.least !== undefined && value < range.least)
    return said(
      speech,
      `${full(value)} из нужных ${bare(range.least)}`,
      `${full(value)} of ${bare(range.least)} needed`,
    );
  if (range.most !== undefined && value > range.most)
    return said(
      speech,
      `${full(value)} при пределе ${bare(range.most)}`,
      `${full(value)}, the limit is ${bare(range.most)}`,
    );
  return full(value);
}

const DIFFERENT: { readonly [Measure in PurchaseMeasure]?: Noun } = {
  COUNT: PURCHASES,
  PIECES,
  DISTINCT_PRODUCTS: { ru: ['товар', 'товара', 'товаров', 'товара'], en: ['product', 'products'] },
  DISTINCT_CATEGORIES: {
    ru: ['категория', 'категории', 'категорий', 'категории'],
    en: ['category', 'categories'],
  },
  DISTINCT_STORES: { ru: ['магазин', 'магазина', 'магазинов', 'магазина'], en: ['store', 'stores'] },
  DISTINCT_DAYS: DAYS,
};

const VALUES: Noun = {
  ru: ['разное значение', 'разных значения', 'разных значений', 'разного значения'],
  en: ['different value', 'different values'],
};

function toldOf(leaf: Measured, speech: SegmentSpeech): Told {
  switch (leaf.leaf) {
    case 'PURCHASES': {
      const { measure, currency, range } = leaf;
      const noun = DIFFERENT[measure];
      if (noun !== undefined) return counted(speech, noun, range);
      return currency === undefined
        ? plain((value) => number(speech, value), range)
        : plain((value) => money(speech, value, currency), range);
    }
    case 'EVENTS':
      return ofEvents(leaf, speech);
    case 'POINTS':
      return counted(speech, POINTS, leaf.range);
    case 'INTEREST': {
      const share = (value: number) => percent(speech, value);
      const full = (value: number) => said(speech, `${share(value)} покупок`, `${share(value)} of purchases`);
      return { full, bare: share, range: { least: leaf.leastShare } };
    }
  }
}

function ofEvents({ measure, range }: LeafArgs['EVENTS'], speech: SegmentSpeech): Told {
  if (measure === 'COUNT') return counted(speech, TIMES, range);
  if (measure === 'DISTINCT_DAYS') return counted(speech, DAYS, range);
  if (measure === 'DISTINCT_VALUES') return counted(speech, VALUES, range);
  return plain((value) => number(speech, value), range);
}

function counted(speech: SegmentSpeech, noun: Noun, range: Range): Told {
  return {
    full: (value) => countOf(speech, value, noun),
    bare: (value) => number(speech, value),
    range,
  };
}

function plain(told: (value: number) => string, range: Range): Told {
  return { full: told, bare: told, range };
}
