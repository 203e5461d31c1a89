import { builder } from '../../platform/graphql/builder.ts';
import type { TierRecord } from './read-tiers.ts';

export const TierType = builder.objectRef<TierRecord>('Tier').implement({
  fields: (t) => ({ code: t.exposeString('code'), name: t.exposeString('name') }),
});
