import type { GoodsFilter, GoodsSelection } from '@clientele/shared/rules';
import { goodsOfAny, goodsWithAll, said, wholeNumber, type Speech } from '@clientele/shared/sentences';

const MOST_SKUS = 3;

/** How goods are joined to what stands before: «на товары …», «за товары …», or alone: «товары …». */
export type GoodsPlace = 'ON' | 'FOR' | 'ALONE';

/** The goods a rule is about: «на товары категории «Обувь», кроме марки «Nord»»; `all` where it names none. */
export function goodsSentence(
  speech: Speech,
  goods: GoodsSelection | undefined,
  place: GoodsPlace = 'ON',
  all = '',
): string {
  const only = goods?.only === undefined ? null : chosen(speech, goods.only, place);
  const left = goods?.except === undefined ? null : goodsOfAny(speech, shown(speech, goods.except));
  const what = only ?? (left === null ? all : everything(speech, place));
  return left === null ? what : `${what}${said(speech, `, кроме: ${left}`, `, except: ${left}`)}`;
}

function everything(speech: Speech, place: GoodsPlace): string {
  const ru = { ON: 'на все товары', FOR: 'за все товары', ALONE: 'все товары' };
  const en = { ON: 'on all goods', FOR: 'for all goods', ALONE: 'all goods' };
  return said(speech, ru[place], en[place]);
}

const KINDS = ['categories', 'brands', 'skus', 'tags', 'priceTypes'] as const;

/** Of one kind: «товары категории …»; of several any is enough: «товары: категория …, марка …». */
function chosen(speech: Speech, filter: GoodsFilter, place: GoodsPlace): string | null {
  const named = shown(speech, filter);
  const kinds =
    KINDS.filter((kind) => (named[kind]?.length ?? 0) > 0).length +
    Object.keys(named.attributes ?? {}).length;
  if (kinds === 0) return null;
  const ru = { ON: 'на товары', FOR: 'за товары', ALONE: 'товары' };
  const en = { ON: 'on goods', FOR: 'for goods', ALONE: 'goods' };
  const goods = said(speech, ru[place], en[place]);
  if (kinds === 1) return `${goods} ${goodsWithAll(speech, named) ?? ''}`;
  return `${goods}: ${goodsOfAny(speech, named) ?? ''}`;
}

/** Categories from the root down, a few article numbers and how many more there are. */
function shown(speech: Speech, filter: GoodsFilter): GoodsFilter {
  const { categories, skus } = filter;
  const more = (skus?.length ?? 0) - MOST_SKUS;
  return {
    ...filter,
    ...(categories === undefined ? {} : { categories: categories.map((code) => categoryWords(code)) }),
    ...(skus === undefined || more <= 0
      ? {}
      : {
          skus: [
            ...skus.slice(0, MOST_SKUS),
            said(speech, `ещё ${wholeNumber(speech, more)}`, `${wholeNumber(speech, more)} more`),
          ],
        }),
  };
}

/** `Обувь/Женская` → `Обувь › Женская`. */
export function categoryWords(code: string): string {
  return code.replaceAll('/', ' › ');
}
