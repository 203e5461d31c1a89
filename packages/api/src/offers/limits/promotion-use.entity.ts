import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** That a purchase got a promotion: one row each, written at commit. What results and limits of a shopper count. */
export const PromotionUse = defineEntity({
  name: 'PromotionUse',
  tableName: 'promotion_use',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    promotionId: p.uuid(),
    revision: p.integer(),
    orderId: p.uuid(),
    storeId: p.uuid(),
    /** When the purchase was made. */
    occurredAt: p.datetime(),
    /** When it was calculated: the window of a limit it counts in. */
    countedAt: p.datetime(),
    currency: p.string().columnType('text'),
    /** Minor units taken off. */
    discount: p.bigint('number'),
    /** Points its benefits added, as they were calculated. */
    points: p.bigint('number'),
    /** Times it counts against its limits. */
    times: p.integer(),
    /** The promo code it was given by. */
    code: p.string().columnType('text').nullable(),
    /** Whether somebody was known. */
    known: p.boolean(),
    /** When the last of the purchase came back: it counts no more. */
    returnedAt: p.datetime().nullable(),
  },
  indexes: [
    { name: 'promotion_use_of_shopper', properties: ['profileId', 'promotionId', 'countedAt'] },
    { name: 'promotion_use_by_time', properties: ['promotionId', 'occurredAt'] },
    { name: 'promotion_use_of_order', properties: ['profileId', 'orderId'] },
  ],
});

/** What a begun order holds of a promotion with limits, until it is sold, cancelled or its time is over. */
export const PromotionHold = defineEntity({
  name: 'PromotionHold',
  tableName: 'promotion_hold',
  properties: {
    profileId: p.uuid().primary(),
    orderId: p.uuid().primary(),
    promotionId: p.uuid().primary(),
    times: p.integer(),
    /** Minor units of the budget. */
    spent: p.bigint('number'),
    /** The counters it stands in; null: there is no such limit. */
    timesKey: p.string().columnType('text').nullable(),
    spentKey: p.string().columnType('text').nullable(),
    /** From then on it counts no more, whoever clears it away. */
    expiresAt: p.datetime(),
  },
  indexes: [
    { name: 'promotion_hold_over', properties: ['promotionId', 'expiresAt'] },
    { name: 'promotion_hold_of_order', properties: ['orderId'] },
  ],
});

/**
 * How much of a total limit or budget is used and held, one row a promotion and window; only promotions with such a limit
 * have any, so that an unlimited one makes no row every till waits for. Keys: `limit-windows.ts`.
 */
export const PromotionCounter = defineEntity({
  name: 'PromotionCounter',
  tableName: 'promotion_counter',
  properties: {
    promotionId: p.uuid().primary(),
    key: p.string().columnType('text').primary(),
    used: p.bigint('number'),
  },
  checks: [{ name: 'promotion_counter_not_negative', expression: 'used >= 0' }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    promotion_use: InferKyselyTable<typeof PromotionUse>;
    promotion_hold: InferKyselyTable<typeof PromotionHold>;
    promotion_counter: InferKyselyTable<typeof PromotionCounter>;
  }
}
