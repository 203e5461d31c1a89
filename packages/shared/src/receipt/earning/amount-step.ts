import { divide, toSafeNumber } from '../../money/index.ts';
import { stepPoints } from '../../points/index.ts';
import { weightsByMoney } from './earning-kind.ts';
import type { EarningKind, RuleOf } from './earning-kind.ts';

/** ⌊base / step⌋ × points, then the multiplier, rounded once. Its steps by currency are checked in `checks/earning.ts`. */
export const amountStep: EarningKind<RuleOf<'AMOUNT_STEP'>> = {
  type: 'AMOUNT_STEP',
  args: {},
  multiplied: true,
  paysIn: ({ steps }, currency) => steps[currency] !== undefined,
  grant({ steps }, goods) {
    const step = steps[goods.currency];
    const plain = step === undefined ? 0 : stepPoints(goods.base, step.stepMinor, step.points);
    const exact = divide(BigInt(plain) * goods.weighted, goods.scale * BigInt(goods.base), goods.rounding);
    return { points: toSafeNumber(exact), weights: weightsByMoney(goods) };
  },
};
