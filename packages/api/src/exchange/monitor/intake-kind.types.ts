import { builder } from '../../platform/graphql/builder.ts';
import type { IntakeKind } from '../../platform/intake/index.ts';

export const IntakeKindType = builder.enumType('IntakeKind', {
  description: 'What a source brings.',
  values: ['ORDERS', 'RETURNS', 'PROFILES', 'PRODUCTS', 'EVENTS', 'BALANCES'] satisfies IntakeKind[],
});
