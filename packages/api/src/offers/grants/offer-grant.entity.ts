import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export const GRANT_SOURCES = ['AUDIENCE', 'HAND', 'RULE'] as const;
export const GRANT_STATES = ['OPEN', 'REDEEMED', 'WITHDRAWN', 'EXPIRED'] as const;

/** A promotion granted to one shopper, for a while and a number of purchases. */
export const OfferGrant = defineEntity({
  name: 'OfferGrant',
  tableName: 'offer_grant',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    promotionId: p.uuid(),
    /** AUDIENCE: with many others, by a list; HAND: by staff to this one; RULE: by something that happened. */
    source: p.enum(GRANT_SOURCES).columnType('text'),
    /** For the shopper, in their language: «подарок за отзыв». */
    reason: p.string().columnType('text').nullable(),
    /** What granted it: asked again with the same key it grants nothing more. */
    dedupeKey: p.string().columnType('text').nullable(),
    validFrom: p.datetime(),
    /** Exclusive; null: as long as the promotion. */
    validTo: p.datetime().nullable(),
    /** Purchases it is good for; null: any number. */
    uses: p.integer().nullable(),
    /** Purchases it was used for and that were not returned in full. */
    orderIds: p.array<string>().columnType('uuid[]').defaultRaw("'{}'"),
    /** Orders under way it is promised to, each with the moment its promise ends: `{ orderId: until }`. */
    holds: p.json<Record<string, string>>().columnType('jsonb').defaultRaw("'{}'"),
    /** EXPIRED is told by `validTo`, whatever is stored: no job is needed for it. */
    state: p.enum(GRANT_STATES).columnType('text'),
    /** Who granted it: `staff:<id>`, `system` … */
    grantedBy: p.string().columnType('text'),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
  indexes: [
    {
      name: 'offer_grant_dedupe',
      expression:
        'create unique index offer_grant_dedupe on offer_grant (profile_id, dedupe_key) where dedupe_key is not null',
    },
    {
      name: 'offer_grant_open',
      expression: `create index offer_grant_open on offer_grant (profile_id, promotion_id) where state = 'OPEN'`,
    },
    {
      name: 'offer_grant_orders',
      expression: 'create index offer_grant_orders on offer_grant using gin (order_ids)',
    },
    {
      name: 'offer_grant_held',
      expression: `create index offer_grant_held on offer_grant using gin (holds) where holds <> '{}'`,
    },
    { name: 'offer_grant_promotion', properties: ['promotionId', 'state'] },
  ],
});

/** That an offer was shown to a shopper at a visit, and what became of it. One row a visit and promotion. */
export const OfferShowing = defineEntity({
  name: 'OfferShowing',
  tableName: 'offer_showing',
  properties: {
    profileId: p.uuid().primary(),
    /** Made of visit and promotion: noted twice it is the same. */
    id: p.uuid().primary(),
    visitId: p.uuid(),
    promotionId: p.uuid(),
    storeId: p.uuid().nullable(),
    shownAt: p.datetime(),
    /** When the shopper said yes. */
    acceptedAt: p.datetime().nullable(),
    /** When it was used, and in which purchase. */
    redeemedAt: p.datetime().nullable(),
    orderId: p.uuid().nullable(),
  },
  indexes: [{ name: 'offer_showing_promotion', properties: ['promotionId', 'shownAt'] }],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    offer_grant: InferKyselyTable<typeof OfferGrant>;
    offer_showing: InferKyselyTable<typeof OfferShowing>;
  }
}
