import type { Stacking } from '@clientele/shared/promotions';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Promotions of a brand that answer to one rule of stacking; groups follow each other by `priority`. */
export const PromotionGroup = defineEntity({
  name: 'PromotionGroup',
  tableName: 'promotion_group',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid().index(),
    name: p.string().columnType('text'),
    /** A smaller number is calculated first. */
    priority: p.integer(),
    stacking: p.string().$type<Stacking>().columnType('text'),
    /** Where promotions go that name no group: one of each brand, never deleted. */
    isDefault: p.boolean().default(false),
    version: p.integer().default(1),
    createdAt: p.datetime(),
  },
  indexes: [
    {
      name: 'promotion_group_default',
      expression:
        'create unique index promotion_group_default on promotion_group (brand_id) where is_default',
    },
  ],
  checks: [
    {
      name: 'promotion_group_stacking_known',
      expression: `stacking in ('SEQUENTIAL', 'EXCLUSIVE_ORDER', 'EXCLUSIVE_LINE', 'SUM', 'BEST')`,
    },
  ],
});

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    promotion_group: InferKyselyTable<typeof PromotionGroup>;
  }
}
