import type { LineDiscount, LineKind } from '@clientele/shared/receipt';
import type { PrintLine } from '@clientele/shared/money';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A discount of a line in minor units, of the till as a fact or of a promotion; orders before promotions know TILL only. */
export type StoredDiscount = LineDiscount;

/** What rules asked about the goods when the order was calculated. */
export interface StoredGoods {
  categories?: string[];
  brand?: string;
  tags?: string[];
  priceType?: string;
  attributes?: Record<string, string[]>;
}

/** One line of an order, frozen. Quantities in thousandths, money in minor units. */
export const OrderLine = defineEntity({
  name: 'OrderLine',
  tableName: 'order_line',
  properties: {
    profileId: p.uuid().primary(),
    orderId: p.uuid().primary(),
    /** 1-based position in the input. */
    number: p.integer().primary(),
    sku: p.string().columnType('text'),
    name: p.string().columnType('text').nullable(),
    kind: p.string().$type<LineKind>().columnType('text'),
    quantityMilli: p.bigint('number'),
    unitPrice: p.bigint('number'),
    gross: p.bigint('number'),
    discount: p.bigint('number'),
    pointsDiscount: p.bigint('number'),
    toPay: p.bigint('number'),
    minUnitPrice: p.bigint('number'),
    earnable: p.boolean(),
    redeemable: p.boolean(),
    earnBase: p.bigint('number'),
    earnShare: p.bigint('number'),
    discounts: p.json<StoredDiscount[]>().columnType('jsonb'),
    printLines: p.json<PrintLine[]>().columnType('jsonb'),
    goods: p.json<StoredGoods>().columnType('jsonb'),
    returnedMilli: p.bigint('number').default(0),
  },
  indexes: [
    {
      // The key itself, made anew with what segments ask of a line: rows are wide, and those of one shopper lie far apart.
      name: 'order_line_pkey',
      expression: `alter table order_line drop constraint order_line_pkey,
        add primary key (profile_id, order_id, number) include (sku, to_pay, quantity_milli, returned_milli)`,
    },
  ],
  checks: [
    { name: 'order_line_sum_adds_up', expression: 'to_pay = gross - discount - points_discount' },
    {
      name: 'order_line_returned_within',
      expression: 'returned_milli >= 0 and returned_milli <= quantity_milli',
    },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    order_line: InferKyselyTable<typeof OrderLine>;
  }
}
