import type { GoodsFilter, GoodsSelection } from '../../rules/index.ts';
import { quoted, said } from '../../sentences/language.ts';
import { anyOfMany, joined, nameIn } from './speech.ts';
import type { Names, SegmentSpeech } from './speech.ts';

/** How a kind of criterion is called: after «товары» for one and for many, and alone. */
interface Criterion {
  readonly ru: readonly [ofOne: string, ofMany: string, alone: string, aloneMany: string];
  readonly en: readonly [ofOne: string, ofMany: string, alone: string, aloneMany: string];
  readonly values: (filter: GoodsFilter) => readonly string[] | undefined;
  readonly kind?: 'CATEGORY' | 'PRODUCT';
}

const CRITERIA: readonly Criterion[] = [
  {
    ru: ['категории', 'категорий', 'категория', 'категории'],
    en: ['of category', 'of categories', 'category', 'categories'],
    values: ({ categories }) => categories,
    kind: 'CATEGORY',
  },
  {
    ru: ['марки', 'марок', 'марка', 'марки'],
    en: ['of brand', 'of brands', 'brand', 'brands'],
    values: ({ brands }) => brands,
  },
  {
    ru: ['с артикулом', 'с артикулами', 'артикул', 'артикулы'],
    en: ['with article', 'with articles', 'article', 'articles'],
    values: ({ skus }) => skus,
    kind: 'PRODUCT',
  },
  {
    ru: ['с меткой', 'с метками', 'метка', 'метки'],
    en: ['tagged', 'tagged', 'tag', 'tags'],
    values: ({ tags }) => tags,
  },
  {
    ru: ['с типом цены', 'с типами цены', 'тип цены', 'типы цены'],
    en: ['with price type', 'with price types', 'price type', 'price types'],
    values: ({ priceTypes }) => priceTypes,
  },
];

/** Any criterion is enough, after «товары»: «категории «Обувь» или марки «Nord»». */
export function goodsAfterNoun(speech: SegmentSpeech, names: Names, filter: GoodsFilter): string {
  return alternatives(speech, names, filter, false);
}

/** «категория «Обувь» или цвет чёрный». */
export function goodsAlone(speech: SegmentSpeech, names: Names, filter: GoodsFilter): string {
  return alternatives(speech, names, filter, true);
}

/** After «купили» or «покупка»: «товары категории «Обувь» (кроме: марка «Nord»)»; '' for all goods. */
export function selectedGoods(
  speech: SegmentSpeech,
  names: Names,
  selection: GoodsSelection | undefined,
  noun: readonly [ru: string, en: string],
): string {
  const { only, except } = selection ?? {};
  if (only === undefined && except === undefined) return '';
  const left = except === undefined ? '' : goodsAlone(speech, names, except);
  const meant = joined([
    said(speech, noun[0], noun[1]),
    only === undefined ? '' : goodsAfterNoun(speech, names, only),
  ]);
  return left === '' ? meant : `${meant} (${said(speech, `кроме: ${left}`, `except: ${left}`)})`;
}

/** An article is told with its name: «7 («Кроссовки»)». */
function criterionValue(speech: SegmentSpeech, names: Names, kind: Criterion['kind'], value: string): string {
  if (kind !== 'PRODUCT')
    return kind === undefined ? quoted(speech, value) : nameIn(speech, names, kind, value);
  const name = names.named(kind, value);
  return name === undefined ? value : `${value} (${quoted(speech, name)})`;
}

function alternatives(speech: SegmentSpeech, names: Names, filter: GoodsFilter, alone: boolean): string {
  const parts = CRITERIA.flatMap(({ ru, en, values, kind }) => {
    const wanted = values(filter) ?? [];
    if (wanted.length === 0) return [];
    const form = (alone ? 2 : 0) + (wanted.length > 1 ? 1 : 0);
    const list = anyOfMany(speech, wanted, (value) => criterionValue(speech, names, kind, value));
    return [`${said(speech, ru[form] ?? '', en[form] ?? '')} ${list}`];
  });
  const attributes = Object.entries(filter.attributes ?? {}).map(([name, values]) => {
    const list = anyOfMany(speech, values, (value) => value);
    return alone
      ? `${name} ${list}`
      : said(speech, `с признаком «${name} ${list}»`, `with “${name} ${list}”`);
  });
  return anyOfMany(speech, [...parts, ...attributes], (part) => part);
}
