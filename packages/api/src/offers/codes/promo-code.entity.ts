import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** As it is stored. Whether a code has run out, or its hold has, is judged by the moment: no job has to come first. */
export type StoredCodeState = 'FREE' | 'ISSUED' | 'HELD' | 'USED' | 'CANCELLED';

/** One code, found by what people type. */
export const PromoCode = defineEntity({
  name: 'PromoCode',
  tableName: 'promo_code',
  properties: {
    id: p.uuid().primary(),
    /** Pools are put away, never deleted: no foreign key is checked for each of a million codes. */
    poolId: p.uuid(),
    brandId: p.uuid(),
    /** What is left of it when case, spaces, dashes and signs that look alike do not count (`promo_code_key`). */
    key: p.string().columnType('text'),
    /** As it is printed. */
    code: p.string().columnType('text'),
    state: p.string().$type<StoredCodeState>().columnType('text'),
    /** Whose it is; null: whoever has it. */
    profileId: p.uuid().nullable(),
    issuedAt: p.datetime().nullable(),
    /** Why somebody got it. */
    reason: p.string().columnType('text').nullable(),
    /** Issued at most once for it, within the pool. */
    dedupeKey: p.string().columnType('text').nullable(),
    /** The purchase it was given for. */
    givenForOrderId: p.uuid().nullable(),
    /** The pool's where null. */
    validFrom: p.datetime().nullable(),
    expiresAt: p.datetime().nullable(),
    heldOrderId: p.uuid().nullable(),
    heldUntil: p.datetime().nullable(),
    usedOrderId: p.uuid().nullable(),
    usedAt: p.datetime().nullable(),
    batchId: p.uuid().nullable(),
    createdAt: p.datetime(),
    cancelledAt: p.datetime().nullable(),
  },
  uniques: [{ name: 'promo_code_key_unique', properties: ['brandId', 'key'] }],
  indexes: [
    { name: 'promo_code_of_pool', properties: ['poolId', 'state'] },
    {
      name: 'promo_code_of_person',
      expression: 'create index promo_code_of_person on promo_code (profile_id) where profile_id is not null',
    },
    {
      name: 'promo_code_given_for',
      expression:
        'create index promo_code_given_for on promo_code (given_for_order_id) where given_for_order_id is not null',
    },
    {
      name: 'promo_code_issued_once',
      expression:
        'create unique index promo_code_issued_once on promo_code (pool_id, dedupe_key) where dedupe_key is not null',
    },
  ],
  checks: [
    {
      name: 'promo_code_state_known',
      expression: `state in ('FREE', 'ISSUED', 'HELD', 'USED', 'CANCELLED')`,
    },
  ],
});

/** What became of a code on one order; its history. */
export const PromoCodeUse = defineEntity({
  name: 'PromoCodeUse',
  tableName: 'promo_code_use',
  properties: {
    codeId: p.uuid().primary(),
    orderId: p.uuid().primary(),
    /** Null: nobody known. */
    profileId: p.uuid().nullable(),
    /** FREED: the purchase came back whole and the code works again. */
    state: p.string().$type<'HELD' | 'RELEASED' | 'USED' | 'FREED'>().columnType('text'),
    heldAt: p.datetime(),
    heldUntil: p.datetime(),
    releasedAt: p.datetime().nullable(),
    usedAt: p.datetime().nullable(),
    freedAt: p.datetime().nullable(),
    /** Late: the code had been used elsewhere, or as often as it may. */
    conflict: p.boolean().default(false),
  },
  indexes: [
    { name: 'promo_code_use_of_order', properties: ['orderId'] },
    {
      name: 'promo_code_use_held',
      expression: `create index promo_code_use_held on promo_code_use (code_id, held_until) where state = 'HELD'`,
    },
    {
      name: 'promo_code_use_of_person',
      expression:
        'create index promo_code_use_of_person on promo_code_use (profile_id) where profile_id is not null',
    },
  ],
  checks: [
    { name: 'promo_code_use_state_known', expression: `state in ('HELD', 'RELEASED', 'USED', 'FREED')` },
  ],
});

/** How often a generic code is promised and used, where its pool limits that; the row is the lock. */
export const PromoCodeCounter = defineEntity({
  name: 'PromoCodeCounter',
  tableName: 'promo_code_counter',
  properties: {
    codeId: p.uuid().primary(),
    /** All zeros: everybody together. */
    profileId: p.uuid().primary(),
    held: p.integer().default(0),
    used: p.integer().default(0),
  },
  checks: [{ name: 'promo_code_counter_not_negative', expression: 'held >= 0 and used >= 0' }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    promo_code: InferKyselyTable<typeof PromoCode>;
    promo_code_use: InferKyselyTable<typeof PromoCodeUse>;
    promo_code_counter: InferKyselyTable<typeof PromoCodeCounter>;
  }
}
