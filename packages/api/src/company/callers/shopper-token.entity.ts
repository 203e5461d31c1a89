import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Lets one page of a partner's site read one shopper for a while. Stored hashed, gone with the shopper. */
export const ShopperToken = defineEntity({
  name: 'ShopperToken',
  tableName: 'shopper_token',
  properties: {
    tokenHash: p.string().columnType('text').primary(),
    profileId: p.uuid().index(),
    /** Of the page: `https://shop.example`. */
    origin: p.string().columnType('text'),
    /** As far as whoever issued it sees. null: every brand, every store. */
    brandId: p.uuid().nullable(),
    storeIds: p.array<string>().columnType('uuid[]').nullable(),
    /** `key:<id>` … */
    issuedBy: p.string().columnType('text'),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    shopper_token: InferKyselyTable<typeof ShopperToken>;
  }
}
