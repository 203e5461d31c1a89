import type { GoodsFilter } from '../rules/index.ts';
import { anyOf, quoted, said, type Speech } from './language.ts';

type Named = Pick<GoodsFilter, 'categories' | 'brands' | 'skus' | 'tags' | 'priceTypes' | 'attributes'>;
type Form = 'of' | 'any';

/** Whether a filter names anything at all. */
export function namesGoods(filter: Named): boolean {
  return goodsParts({ language: 'en' }, filter, 'any').length > 0;
}

/** What goods must meet, every part of it, to be put after «товары»: «категории «Обувь», марки «Nord»»; null: nothing. */
export function goodsWithAll(speech: Pick<Speech, 'language'>, filter: Named): string | null {
  const parts = goodsParts(speech, filter, 'of');
  return parts.length === 0 ? null : parts.join(', ');
}

/** Goods that meet any part: «категория «Обувь», марка «Nord»»; null where nothing is named. */
export function goodsOfAny(speech: Pick<Speech, 'language'>, filter: Named): string | null {
  const parts = goodsParts(speech, filter, 'any');
  return parts.length === 0 ? null : parts.join(', ');
}

function goodsParts(speech: Pick<Speech, 'language'>, filter: Named, form: Form): string[] {
  const { categories = [], brands = [], skus = [], tags = [], priceTypes = [] } = filter;
  const one = (items: readonly string[]) =>
    anyOf(
      speech,
      items.map((item) => quoted(speech, item)),
    );
  const parts: string[] = [];
  if (categories.length > 0)
    parts.push(`${categoryWord(speech, form, categories.length > 1)} ${one(categories)}`);
  if (brands.length > 0) parts.push(`${brandWord(speech, form, brands.length > 1)} ${one(brands)}`);
  if (skus.length > 0) parts.push(`${skuWord(speech, form, skus.length > 1)} ${anyOf(speech, skus)}`);
  if (tags.length > 0)
    parts.push(
      `${said(speech, form === 'of' ? 'с меткой' : 'товары с меткой', form === 'of' ? 'tagged' : 'goods tagged')} ${one(tags)}`,
    );
  if (priceTypes.length > 0)
    parts.push(
      `${said(speech, form === 'of' ? 'с типом цены' : 'тип цены', form === 'of' ? 'with price type' : 'price type')} ${one(priceTypes)}`,
    );
  for (const [name, values] of Object.entries(filter.attributes ?? {})) {
    if (values.length > 0)
      parts.push(`${said(speech, 'у которых', 'where')} ${quoted(speech, name)} — ${one(values)}`);
  }
  return parts;
}

function categoryWord(speech: Pick<Speech, 'language'>, form: Form, many: boolean): string {
  if (speech.language === 'en') return `${form === 'of' ? 'of ' : ''}${many ? 'categories' : 'category'}`;
  if (form === 'of') return many ? 'категорий' : 'категории';
  return many ? 'категории' : 'категория';
}

function brandWord(speech: Pick<Speech, 'language'>, form: Form, many: boolean): string {
  if (speech.language === 'en') return `${form === 'of' ? 'of ' : ''}${many ? 'brands' : 'brand'}`;
  if (form === 'of') return many ? 'марок' : 'марки';
  return many ? 'марки' : 'марка';
}

function skuWord(speech: Pick<Speech, 'language'>, form: Form, many: boolean): string {
  if (speech.language === 'en') return many ? 'articles' : 'article';
  if (form === 'of') return many ? 'с артикулами' : 'с артикулом';
  return many ? 'артикулы' : 'артикул';
}
