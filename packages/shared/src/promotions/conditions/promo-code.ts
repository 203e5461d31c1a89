import type { ConditionKind, ConditionOf } from './condition-kind.ts';

/** A promo code of the promotion's pools is presented and the register has nothing against it. */
export const promoCode: ConditionKind<ConditionOf<'PROMO_CODE'>> = {
  kind: 'PROMO_CODE',
  args: {},
  prepare: () => ({
    judge: ({ codes }, promotionId) => (codes.has(promotionId) ? null : { code: 'CODE_NEEDED' }),
  }),
};
