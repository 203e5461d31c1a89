import type { BenefitKind, BenefitOf } from './benefit-kind.ts';

/** A personal code after the purchase: there must be a person. */
export const nextCode: BenefitKind<BenefitOf<'NEXT_CODE'>> = {
  kind: 'NEXT_CODE',
  args: {
    // Ids of the API are longer than those of the database: both are checked by this.
    poolId: { type: 'text', longest: 100 },
    validDays: { type: 'count', least: 1, most: 3_650 },
  },
  prepare: () => (offer) => ({
    reason: offer.basket.shopper === null ? { code: 'NO_SHOPPER' } : null,
  }),
};

/** Words alone. */
export const text: BenefitKind<BenefitOf<'TEXT'>> = {
  kind: 'TEXT',
  args: {},
  prepare: () => () => ({ reason: null }),
};
