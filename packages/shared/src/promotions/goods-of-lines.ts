import { selectionTest } from '../rules/index.ts';
import type { GoodsSelection } from '../rules/index.ts';
import type { Basket, PromotionLine } from './basket.ts';

/** Indexes of the lines of a basket that a rule is about, in their order. */
export type LineChoice = (basket: Basket) => readonly number[];

/** The lines of a selection, made once for a rule. Delivery, gift cards and fees are in it only where `only` names them. */
export function lineChoice(goods: GoodsSelection | undefined): LineChoice {
  if (goods === undefined || (goods.only === undefined && goods.except === undefined)) {
    return (basket) => basket.goodsLines;
  }
  const test = selectionTest(goods);
  if (goods.only === undefined) {
    return ({ lines, goodsLines }) => goodsLines.filter((index) => fits(lines[index]));
  }
  return ({ lines }) => lines.flatMap((line, index) => (fits(line) ? [index] : []));

  function fits(line: PromotionLine | undefined): boolean {
    return line !== undefined && test(line);
  }
}

/** Whole pieces of the lines together; parts of weighed goods add up. */
export function piecesOf(lines: readonly PromotionLine[], indexes: readonly number[]): number {
  return Math.floor(indexes.reduce((sum, index) => sum + (lines[index]?.quantityMilli ?? 0), 0) / 1000);
}
