import { BOUNDS } from '../../rules/index.ts';
import type { Basket } from '../basket.ts';
import type { PromotionReason } from '../verdict.ts';
import { notMet } from './condition-kind.ts';
import type { ConditionKind, ConditionOf } from './condition-kind.ts';

/** The shopper's first purchase: 0 before it are needed. */
export const firstOrder: ConditionKind<ConditionOf<'FIRST_ORDER'>> = {
  kind: 'FIRST_ORDER',
  args: {},
  prepare: () => ({
    judge: (basket) => byNumber(basket, (before) => (before === 0 ? null : notMet('FIRST_ORDER', 0, before))),
  }),
};

/** The shopper's purchase of that number, counted with this one; `repeated`: each of its multiples. */
export const nthOrder: ConditionKind<ConditionOf<'NTH_ORDER'>> = {
  kind: 'NTH_ORDER',
  args: {
    number: { type: 'count', least: 1, most: BOUNDS.count },
    repeated: { type: 'flag' },
  },
  prepare: ({ number, repeated }) => ({
    judge: (basket) =>
      byNumber(basket, (before) => {
        const fits = repeated ? (before + 1) % number === 0 : before + 1 === number;
        return fits ? null : notMet('NTH_ORDER', number, before + 1);
      }),
  }),
};

function byNumber(
  { shopper }: Basket,
  judge: (before: number) => PromotionReason | null,
): PromotionReason | null {
  // Of somebody whose purchases nobody has counted it is not known that this is the first.
  if (shopper === null || shopper.ordersBefore === undefined) return { code: 'NO_SHOPPER' };
  return judge(shopper.ordersBefore);
}
