import type { PrintLine } from '@clientele/shared/money';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** Goods that came back and what it did to money (minor units) and points. */
export const OrderReturn = defineEntity({
  name: 'OrderReturn',
  tableName: 'order_return',
  properties: {
    profileId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** Null: its order is not known. Money only, points untouched, flagged for staff. */
    orderId: p.uuid().nullable(),
    source: p.string().columnType('text'),
    externalId: p.string().columnType('text'),
    storeId: p.uuid(),
    currency: p.string().columnType('text'),
    occurredAt: p.datetime(),
    postedAt: p.datetime(),
    /** What the shopper got, already less `withheld`. */
    moneyBack: p.bigint('number'),
    withheld: p.bigint('number').default(0),
    pointsRestored: p.bigint('number').default(0),
    /** Earned points taken back, from wherever: lots, debt or the refund. */
    pointsClawed: p.bigint('number').default(0),
    debt: p.bigint('number').default(0),
    /** Points nobody paid for. */
    shortage: p.bigint('number').default(0),
    flagged: p.boolean().default(false),
  },
  indexes: [{ name: 'order_return_order', properties: ['profileId', 'orderId'] }],
});

export const ReturnLine = defineEntity({
  name: 'ReturnLine',
  tableName: 'return_line',
  properties: {
    profileId: p.uuid().primary(),
    returnId: p.uuid().primary(),
    /** 1, 2, 3 … within the return. */
    position: p.integer().primary(),
    /** Of the order's line; null: its order is not known. */
    number: p.integer().nullable(),
    sku: p.string().columnType('text').nullable(),
    quantityMilli: p.bigint('number'),
    moneyBack: p.bigint('number'),
    pointsDiscount: p.bigint('number'),
    printLines: p.json<PrintLine[]>().columnType('jsonb'),
  },
});

/** Which return a source's number names. */
export const ReturnKey = defineEntity({
  name: 'ReturnKey',
  tableName: 'return_key',
  properties: {
    source: p.string().columnType('text').primary(),
    externalId: p.string().columnType('text').primary(),
    profileId: p.uuid(),
    returnId: p.uuid().unique(),
    contentHash: p.string().columnType('text'),
  },
});

/** A recorded return whose order is not here yet; applied when the order arrives. */
export const WaitingReturn = defineEntity({
  name: 'WaitingReturn',
  tableName: 'waiting_return',
  properties: {
    source: p.string().columnType('text').primary(),
    externalId: p.string().columnType('text').primary(),
    /** `order:<source>:<external id>` or `receipt:<drive>:<document>`: what it waits for. */
    orderKey: p.string().columnType('text').index(),
    contentHash: p.string().columnType('text'),
    /** The record after parsing; holds no contact. */
    record: p.json<Record<string, unknown>>().columnType('jsonb'),
    receivedAt: p.datetime(),
  },
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    order_return: InferKyselyTable<typeof OrderReturn>;
    return_line: InferKyselyTable<typeof ReturnLine>;
    return_key: InferKyselyTable<typeof ReturnKey>;
    waiting_return: InferKyselyTable<typeof WaitingReturn>;
  }
}
