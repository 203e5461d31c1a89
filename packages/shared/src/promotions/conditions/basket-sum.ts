import { demandWhole } from '../../rules/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import { notMet } from './condition-kind.ts';
import type { ConditionKind, ConditionOf } from './condition-kind.ts';

/** Goods for so much money, by their prices before any promotion: other promotions never undo what was advertised. */
export const basketSum: ConditionKind<ConditionOf<'BASKET_SUM'>> = {
  kind: 'BASKET_SUM',
  args: { atLeast: { type: 'money', least: 1 }, goods: { type: 'goods', optional: true } },
  prepare({ atLeast, goods }) {
    const chosen = lineChoice(goods);
    return {
      judge(basket) {
        const need = atLeast[basket.currency];
        if (need === undefined) return { code: 'NO_CURRENCY' };
        demandWhole(need, 1, 'the basket sum');
        const have = chosen(basket).reduce((sum, index) => sum + (basket.lines[index]?.price ?? 0), 0);
        return have >= need ? null : notMet('BASKET_SUM', need, have);
      },
      freeze(basket) {
        const lines = chosen(basket).flatMap((index) => {
          const line = basket.lines[index];
          if (line === undefined) return [];
          return [{ number: line.number, quantityMilli: line.quantityMilli, amount: line.price }];
        });
        return { sums: [{ atLeast: atLeast[basket.currency] ?? 0, lines }] };
      },
    };
  },
};
