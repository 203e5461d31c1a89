import { selectionTest } from '../rules/index.ts';
import type { GoodsSelection } from '../rules/index.ts';
import type { Basket, Facet, PromotionLine } from './basket.ts';

/** Indexes of the lines of a basket that a rule is about, in their order. */
export type LineChoice = (basket: Basket) => readonly number[];

/** The lines of a selection, made once for a rule. Delivery, gift cards and fees are in it only where `only` names them. */
export function lineChoice(goods: GoodsSelection | undefined): LineChoice {
  if (goods === undefined || (goods.only === undefined && goods.except === undefined)) {
    return (basket) => basket.goodsLines;
  }
  const single = singleFacet(goods);
  if (single !== null) return ({ linesOf }) => linesOf[single.facet].get(single.value) ?? [];
  const test = selectionTest(goods);
  if (goods.only === undefined) {
    return ({ lines, goodsLines }) => goodsLines.filter((index) => fits(lines[index]));
  }
  return ({ lines }) => lines.flatMap((line, index) => (fits(line) ? [index] : []));

  function fits(line: PromotionLine | undefined): boolean {
    return line !== undefined && test(line);
  }
}

const FACETS: readonly Facet[] = ['categories', 'brands', 'skus'];

/** The one category, brand or article a selection names: hundreds of promotions ask so, lines are sorted for it once. */
function singleFacet({ only, except }: GoodsSelection): { facet: Facet; value: string } | null {
  if (only === undefined || except !== undefined || Object.keys(only).length !== 1) return null;
  const facet = FACETS.find((each) => only[each]?.length === 1);
  const value = facet === undefined ? undefined : only[facet]?.[0];
  return facet === undefined || value === undefined ? null : { facet, value };
}

/** Whole pieces of the lines together; parts of weighed goods add up. */
export function piecesOf(lines: readonly PromotionLine[], indexes: readonly number[]): number {
  return Math.floor(indexes.reduce((sum, index) => sum + (lines[index]?.quantityMilli ?? 0), 0) / 1000);
}
