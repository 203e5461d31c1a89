import { seesStore } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { OrderType } from '../orders.types.ts';
import type { OrderRecord } from './read-orders.ts';

interface IssuedCode {
  code: string;
  expiresAt: Date | null;
  reason: string | null;
}

const IssuedCodeType = builder.objectRef<IssuedCode>('IssuedPromoCode').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
    reason: t.exposeString('reason', { nullable: true }),
  }),
});

builder.objectField(OrderType, 'issuedCodes', (t) =>
  t.loadableList({
    type: IssuedCodeType,
    description:
      'Codes the shopper got for this purchase; they come a moment after it is committed. None in another store, where the receipt alone was shown.',
    load: async (orders: OrderRecord[], ctx: Context) => {
      const { actor } = ctx;
      const own = orders.filter(({ store_id }) => seesStore(actor, store_id));
      const codes = own.length === 0 ? [] : await readIssued(ctx, own);
      return orders.map(({ id }) => codes.filter(({ orderId }) => orderId === id));
    },
    resolve: (order) => order,
  }),
);

function readIssued(ctx: Context, orders: readonly OrderRecord[]) {
  return ctx.sql
    .selectFrom('promo_code')
    .innerJoin('promo_code_pool as pool', 'pool.id', 'promo_code.pool_id')
    .select(['given_for_order_id as orderId', 'promo_code.code', 'promo_code.reason'])
    .select((eb) => eb.fn.coalesce('promo_code.expires_at', 'pool.valid_to').as('expiresAt'))
    .where(
      'given_for_order_id',
      'in',
      orders.map(({ id }) => id),
    )
    .where('promo_code.state', 'in', ['ISSUED', 'HELD'])
    .orderBy('promo_code.issued_at')
    .orderBy('promo_code.id')
    .execute();
}
