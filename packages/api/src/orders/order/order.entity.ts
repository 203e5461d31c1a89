import type { FrozenPromotion } from '@clientele/shared/promotions';
import type { EarningLimit } from '@clientele/shared/receipt';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';
import type { HeldLimits } from '../../offers/index.ts';

export type OrderState = 'BEGUN' | 'COMMITTED' | 'PARTIALLY_RETURNED' | 'RETURNED' | 'CANCELLED' | 'EXPIRED';

/** What the version and the shopper were when the order was calculated: a return and a late shopper are judged by it. */
export interface FrozenTerms {
  /** Days of 24 hours from the purchase to activation; days from there to expiry, null = never; zone of its end of day. */
  freezeDays: number;
  ttlDays: number | null;
  timezone: string;
  tierCode: string | null;
  shopperTags: string[];
  /** Points granted before in the windows of the limits, by limit code. */
  limitsUsed: Record<string, number>;
  /** Limits over several purchases: counted again under the account's lock when points are granted. */
  limits?: EarningLimit[];
  /** What each rule grants. */
  rules: { rule: string; points: number }[];
  /** What promotions gave points for; absent: none did. */
  promotions?: readonly FrozenPromotion[];
  /** Of a recorded order that earns nothing: why, where the rules did not decide it. */
  reason?: string;
}

/** A promotion the order was sold with, as it was calculated. What begin holds and commit writes down. */
export interface UsedPromotion {
  promotionId: string;
  revision: number;
  title: string;
  times: number;
  /** Minor units. */
  discount: number;
  points: number;
  code: string | null;
  /** What it is counted by; null: it has no limit. */
  limits: HeldLimits | null;
  /** It is only for those it was granted to: it uses a personal offer up. */
  granted?: boolean;
}

/**
 * A purchase, at a till or online. Money in minor units of `currency`, VAT included: toPay = gross − discount −
 * pointsDiscount. Sums are frozen at begin (or by the record); commit posts what they say.
 */
export const Order = defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    source: p.string().columnType('text'),
    externalId: p.string().columnType('text'),
    storeId: p.uuid(),
    tillId: p.uuid().nullable(),
    cashierId: p.uuid().nullable(),
    channel: p.string().$type<'STORE' | 'ONLINE'>().columnType('text'),
    state: p.string().$type<OrderState>().columnType('text'),
    mode: p.string().$type<'ONLINE' | 'OFFLINE' | 'IMPORT'>().columnType('text'),
    occurredAt: p.datetime(),
    begunAt: p.datetime().nullable(),
    committedAt: p.datetime().nullable(),
    /** When the server heard of the purchase. */
    postedAt: p.datetime().nullable(),
    /** How its shopper became known; null: nobody's, it belongs to a walk-in profile. */
    identifiedAt: p.string().$type<'SALE' | 'LATER'>().columnType('text').nullable(),
    /** When somebody was attached to it after the sale. */
    attachedAt: p.datetime().nullable(),
    programId: p.uuid().nullable(),
    versionId: p.uuid().nullable(),
    currency: p.string().columnType('text'),
    gross: p.bigint('number'),
    discount: p.bigint('number'),
    pointsDiscount: p.bigint('number').default(0),
    toPay: p.bigint('number'),
    pointsSpent: p.bigint('number').default(0),
    plannedEarn: p.bigint('number').default(0),
    earned: p.bigint('number').default(0),
    /** Points of `pointsSpent` that a late commit took without cover. */
    overdrawn: p.bigint('number').default(0),
    activateAt: p.datetime().nullable(),
    expireAt: p.datetime().nullable(),
    /** When a begun order expires; its hold with it. */
    holdExpiresAt: p.datetime().nullable(),
    terms: p.json<FrozenTerms>().columnType('jsonb').nullable(),
    /** Null: no promotion applied. */
    promotions: p.json<UsedPromotion[]>().columnType('jsonb').nullable(),
    /** Of what was sold: equal copies of a record are told by it. */
    contentHash: p.string().columnType('text'),
    /** Changes so far: what was calculated from an older look is refused and calculated again. */
    revision: p.integer().default(0),
    /** Visit by which the shopper was known; a redemption spends its verification. */
    visitId: p.uuid().nullable(),
  },
  indexes: [
    { name: 'orders_of_store', properties: ['storeId', 'occurredAt', 'id'] },
    { name: 'orders_of_profile', properties: ['profileId', 'occurredAt', 'id'] },
    {
      // How many purchases somebody has made is asked by every preview where a promotion asks for it; segments read all of
      // this of everybody, and the table, which lies in order of time, would be read whole for every few people.
      name: 'orders_bought',
      expression: `create index orders_bought on orders (profile_id, store_id) include (id, occurred_at, channel, currency, to_pay)
        where state in ('COMMITTED', 'PARTIALLY_RETURNED')`,
    },
    {
      name: 'orders_to_expire',
      expression: `create index orders_to_expire on orders (hold_expires_at) where state = 'BEGUN'`,
    },
  ],
  checks: [
    {
      name: 'orders_state_known',
      expression: `state in ('BEGUN', 'COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED', 'CANCELLED', 'EXPIRED')`,
    },
    { name: 'orders_sum_adds_up', expression: 'to_pay = gross - discount - points_discount' },
    {
      name: 'orders_sums_not_negative',
      expression: 'gross >= 0 and discount >= 0 and points_discount >= 0 and to_pay >= 0',
    },
    {
      name: 'orders_points_not_negative',
      expression: 'points_spent >= 0 and planned_earn >= 0 and earned >= 0 and overdrawn >= 0',
    },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    orders: InferKyselyTable<typeof Order>;
  }
}
