import { divide, toSafeNumber } from '../../money/index.ts';
import { FULL_RATE_BP } from '../../points/index.ts';
import { BOUNDS } from '../../rules/index.ts';
import { weightsByMoney } from './earning-kind.ts';
import type { EarningKind, RuleOf } from './earning-kind.ts';

/** A share of the base in points of their own value, multiplied, rounded once. */
export const percent: EarningKind<RuleOf<'PERCENT'>> = {
  type: 'PERCENT',
  args: { rateBp: { type: 'rate', least: 0, most: BOUNDS.rate } },
  multiplied: true,
  paysIn: (_, __, pointValueMinor) => pointValueMinor !== undefined,
  grant({ rateBp }, goods) {
    const exact = divide(
      goods.weighted * BigInt(rateBp),
      goods.scale * BigInt(FULL_RATE_BP) * BigInt(goods.pointValueMinor),
      goods.rounding,
    );
    return { points: toSafeNumber(exact), weights: weightsByMoney(goods) };
  },
};
