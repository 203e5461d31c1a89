import { BOUNDS, demandWhole } from '../../rules/index.ts';
import { lineChoice, piecesOf } from '../goods-of-lines.ts';
import { notMet } from './condition-kind.ts';
import type { ConditionKind, ConditionOf } from './condition-kind.ts';

/** So many pieces (or whole units of weight) of the goods. */
export const quantity: ConditionKind<ConditionOf<'QUANTITY'>> = {
  kind: 'QUANTITY',
  args: {
    atLeast: { type: 'count', least: 1, most: BOUNDS.count },
    goods: { type: 'goods', optional: true },
  },
  prepare({ atLeast, goods }) {
    const chosen = lineChoice(goods);
    demandWhole(atLeast, 1, 'the quantity');
    return {
      judge(basket) {
        const have = piecesOf(basket.lines, chosen(basket));
        return have >= atLeast ? null : notMet('QUANTITY', atLeast, have);
      },
      freeze(basket) {
        const lines = chosen(basket).flatMap((index) => basket.lines[index]?.number ?? []);
        return { quantities: [{ atLeast, lines }] };
      },
    };
  },
};
