import type { Stacking } from '@clientele/shared/promotions';
import { builder } from '../../platform/graphql/builder.ts';
import type { GroupRecord, PromotionRecord } from './read-promotions.ts';

/** Types of this room that others name and extend; their fields stand in `promotions.graphql.ts` and `groups.graphql.ts`. */
export const PromotionType = builder.objectRef<PromotionRecord>('Promotion');
export const PromotionGroupType = builder.objectRef<GroupRecord>('PromotionGroup');

const STACKINGS = [
  'SEQUENTIAL',
  'EXCLUSIVE_ORDER',
  'EXCLUSIVE_LINE',
  'SUM',
  'BEST',
] as const satisfies Stacking[];

export const StackingEnum = builder.enumType('PromotionStacking', {
  description:
    'What promotions of one group do to each other. SEQUENTIAL: each on what the one before left. EXCLUSIVE_ORDER: the first that applies, no other. EXCLUSIVE_LINE: each line by the first that applies to it. SUM: all on the prices before the group, added. BEST: the one that saves most.',
  values: STACKINGS,
});
