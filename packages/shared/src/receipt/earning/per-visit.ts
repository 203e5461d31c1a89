import { BOUNDS } from '../../rules/index.ts';
import type { EarningKind, RuleOf } from './earning-kind.ts';

/** The same points for every purchase that is large enough; nothing multiplies them. */
export const perVisit: EarningKind<RuleOf<'PER_VISIT'>> = {
  type: 'PER_VISIT',
  args: {
    points: { type: 'points', least: 1, most: BOUNDS.points },
    atLeast: { type: 'money', least: 0 },
  },
  multiplied: false,
  paysIn: ({ atLeast }, currency) => atLeast[currency] !== undefined,
  grant({ points, atLeast }, { lines, base, currency }) {
    const enough = base >= (atLeast[currency] ?? Number.MAX_SAFE_INTEGER);
    return { points: enough ? points : 0, weights: lines.map((line) => BigInt(line.base)) };
  },
};
