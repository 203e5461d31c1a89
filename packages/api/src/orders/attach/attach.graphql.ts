import { AccountBlocked, LoyaltyAccountType } from '../../loyalty/index.ts';
import { VisitExpired } from '../../profiles/index.ts';
import { IdempotencyConflict, InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { shownAccount } from '../order/shown-account.ts';
import { OrderHasShopper, OrderNotFound, TooLateToAttach } from '../orders.errors.ts';
import { OrderRefType, OrderType, ShopperRefType } from '../orders.types.ts';
import { attachShopper, type ShopperAttached } from './attach-shopper.ts';

const ShopperAttachedType = builder.objectRef<ShopperAttached>('ShopperAttached').implement({
  fields: (t) => ({
    order: t.field({ type: OrderType, resolve: (reply) => reply.orderId }),
    earned: t.exposeInt('earned'),
    activateAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ activateAt }) => (activateAt === null ? null : new Date(activateAt)),
    }),
    account: t.field({
      type: LoyaltyAccountType,
      nullable: true,
      resolve: (reply, _args, ctx) => shownAccount(ctx, reply),
    }),
  }),
});

const AttachShopperInput = builder.inputType('AttachShopperInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    order: t.field({ type: OrderRefType, required: true }),
    shopper: t.field({ type: ShopperRefType, required: true }),
  }),
});

builder.mutationField('attachShopper', (t) =>
  t.field({
    type: builder.errorUnion('AttachShopperResult', {
      types: [
        ShopperAttachedType,
        OrderNotFound,
        OrderHasShopper,
        TooLateToAttach,
        VisitExpired,
        AccountBlocked,
        IdempotencyConflict,
        InvalidInput,
      ],
    }),
    description:
      "After the sale, by receipt number: earns by the order's version and time, never redeems; window and limits by program; audited.",
    authScopes: { can: 'orders.attach' },
    args: { input: t.arg({ type: AttachShopperInput, required: true }) },
    resolve: (_root, { input }, ctx) => attachShopper(ctx, input),
  }),
);
