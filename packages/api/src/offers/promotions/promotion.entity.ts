import type { PromotionRules } from '@clientele/shared/promotions';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import { PromotionGroup } from './groups/promotion-group.entity.ts';

export type PromotionState = 'DRAFT' | 'LIVE' | 'PAUSED' | 'ENDED';

/** A promotion of a brand; what it gives and asks stands in immutable revisions (`promotion_revision`). */
export const Promotion = defineEntity({
  name: 'Promotion',
  tableName: 'promotion',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    group: () => p.manyToOne(PromotionGroup).updateRule('no action').deleteRule('no action'),
    /** For staff. */
    name: p.string().columnType('text'),
    /** Within its group: a smaller number first. */
    priority: p.integer(),
    /** As staff set it; LIVE before its first or after its last moment does nothing. */
    state: p.string().$type<PromotionState>().columnType('text'),
    /** Number of the revision that holds. */
    revision: p.integer(),
    version: p.integer().default(1),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** When it first went live; a promotion that never did may be deleted. */
    publishedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
  },
  indexes: [{ name: 'promotion_of_brand', properties: ['brandId', 'createdAt', 'id'] }],
  checks: [{ name: 'promotion_state_known', expression: `state in ('DRAFT', 'LIVE', 'PAUSED', 'ENDED')` }],
});

/** What a promotion gives and asks. Never changed (append-only): orders name the revision they used. */
export const PromotionRevision = defineEntity({
  name: 'PromotionRevision',
  tableName: 'promotion_revision',
  properties: {
    promotion: () => p.manyToOne(Promotion).primary().updateRule('no action').deleteRule('no action'),
    /** 1, 2, 3 … within the promotion. */
    number: p.integer().primary(),
    /** For shoppers: on the receipt, at the till. */
    title: p.string().columnType('text'),
    rules: p.json<PromotionRules>().columnType('jsonb'),
    /** Staff or key that wrote it; null: the company was set up with it. */
    authorId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    promotion: InferKyselyTable<typeof Promotion>;
    promotion_revision: InferKyselyTable<typeof PromotionRevision>;
  }
}
