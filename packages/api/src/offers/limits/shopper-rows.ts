import { columnsOf, type ShopperRows } from '../../profiles/index.ts';

/** A person's limits are theirs, whichever of their profiles used them. Purchases keep what they got. */
export const PROMOTION_USE_ROWS: readonly ShopperRows[] = [
  {
    table: 'promotion_use',
    atMerge: 'MOVE',
    with: { table: 'orders', column: 'order_id' },
    export: columnsOf('promotionUses', 'promotion_use', {
      at: 'occurred_at',
      id: 'id',
      promotionId: 'promotion_id',
      orderId: 'order_id',
      currency: 'currency',
      discountMinor: 'discount',
      points: 'points',
      promoCode: 'code',
    }),
    erase: 'KEEP',
  },
  {
    table: 'promotion_hold',
    atMerge: 'MOVE',
    with: { table: 'orders', column: 'order_id' },
    export: 'NOTHING',
    erase: 'KEEP',
  },
];
