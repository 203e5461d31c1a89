import { divide, toSafeNumber } from '../../money/index.ts';
import { BOUNDS } from '../../rules/index.ts';
import type { EarningKind, RuleOf } from './earning-kind.ts';

/** Points for each whole piece, each multiplied, rounded once. */
export const perItem: EarningKind<RuleOf<'PER_ITEM'>> = {
  type: 'PER_ITEM',
  args: { points: { type: 'points', least: 1, most: BOUNDS.points } },
  multiplied: true,
  paysIn: () => true,
  grant({ points }, { lines, scale, rounding }) {
    const weights = lines.map(({ pieces, factor }) => BigInt(pieces) * factor);
    const sum = weights.reduce((so, weight) => so + weight, 0n);
    return { points: toSafeNumber(divide(BigInt(points) * sum, scale, rounding)), weights };
  },
};
