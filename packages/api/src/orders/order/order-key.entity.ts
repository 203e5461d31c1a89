import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Which order a source's number names. Without an order: a number spent by cancelling what was never begun. */
export const OrderKey = defineEntity({
  name: 'OrderKey',
  tableName: 'order_key',
  properties: {
    source: p.string().columnType('text').primary(),
    externalId: p.string().columnType('text').primary(),
    /** Null: a number spent by a caller of several stores. */
    storeId: p.uuid().nullable(),
    profileId: p.uuid().nullable(),
    orderId: p.uuid().nullable().unique(),
  },
});

/** Fiscal documents: each stands on one order or return only. */
export const ReceiptKey = defineEntity({
  name: 'ReceiptKey',
  tableName: 'receipt_key',
  properties: {
    fiscalDrive: p.string().columnType('text').primary(),
    fiscalDocument: p.string().columnType('text').primary(),
    profileId: p.uuid(),
    /** Null: the document of a return without its order. */
    orderId: p.uuid().nullable().index(),
    /** The return it is the document of; null: the sale itself. */
    returnId: p.uuid().nullable().index(),
    fiscalSign: p.string().columnType('text').nullable(),
    issuedAt: p.datetime().nullable(),
    /** Minor units of the order's currency. */
    total: p.bigint('number').nullable(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    order_key: InferKyselyTable<typeof OrderKey>;
    receipt_key: InferKyselyTable<typeof ReceiptKey>;
  }
}
