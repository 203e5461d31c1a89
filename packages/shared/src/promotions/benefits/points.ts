import { BOUNDS } from '../../rules/index.ts';
import type { GoodsSelection } from '../../rules/index.ts';
import { lineChoice } from '../goods-of-lines.ts';
import { NO_GOODS, openLines } from './benefit-kind.ts';
import type { BenefitKind, BenefitOf, Marks, PreparedBenefit } from './benefit-kind.ts';

/** Points besides those of the program's rules, for the purchase or for each whole piece of the goods. */
export const extraPoints: BenefitKind<BenefitOf<'EXTRA_POINTS'>> = {
  kind: 'EXTRA_POINTS',
  args: {
    points: { type: 'points', least: 1, most: BOUNDS.points },
    per: { type: 'choice', options: ['ORDER', 'ITEM'] },
    goods: { type: 'goods', optional: true },
  },
  prepare: ({ points, per, goods }) =>
    marking(goods, (lines) => ({ kind: 'EXTRA_POINTS', points, per, lines })),
};

/** A multiplier of what the goods earn, joined with those of the program by its mode. */
export const pointsFactor: BenefitKind<BenefitOf<'POINTS_FACTOR'>> = {
  kind: 'POINTS_FACTOR',
  args: {
    factorBp: { type: 'factor', least: 1, most: BOUNDS.factor },
    goods: { type: 'goods', optional: true },
  },
  prepare: ({ factorBp, goods }) => marking(goods, (lines) => ({ kind: 'POINTS_FACTOR', factorBp, lines })),
};

/** Points may pay up to this share of the goods; what the catalogue itself forbids stays forbidden. */
export const payByPoints: BenefitKind<BenefitOf<'PAY_BY_POINTS'>> = {
  kind: 'PAY_BY_POINTS',
  args: {
    capBp: { type: 'rate', least: 1, most: BOUNDS.rate },
    goods: { type: 'goods', optional: true },
  },
  prepare: ({ capBp, goods }) => marking(goods, (lines) => ({ kind: 'PAY_BY_POINTS', capBp, lines })),
};

function marking(
  goods: GoodsSelection | undefined,
  mark: (lines: readonly number[]) => Marks,
): PreparedBenefit {
  const chosen = lineChoice(goods);
  return (offer) => {
    const lines = openLines(chosen(offer.basket), offer);
    return lines.length === 0 ? NO_GOODS : { reason: null, marks: mark(lines) };
  };
}
