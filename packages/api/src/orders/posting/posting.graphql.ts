import { formatQuantity } from '@clientele/shared/money';
import { AccountBlocked, InsufficientPoints, LoyaltyAccountType } from '../../loyalty/index.ts';
import { VisitExpired } from '../../profiles/index.ts';
import { IdempotencyConflict, InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import {
  AlreadyCancelled,
  AlreadyCommitted,
  OrderHasShopper,
  OrderNotCommitted,
  OrderNotFound,
  QuantityExceeded,
  QuoteChanged,
  ReceiptTaken,
  TooLateToAttach,
  VerificationRequired,
} from '../orders.errors.ts';
import { shownAccount } from '../order/shown-account.ts';
import {
  OrderDraftInputType,
  OrderQuoteType,
  OrderRefType,
  OrderType,
  ReceiptInputType,
} from '../orders.types.ts';
import { beginOrder, type OrderBegun } from './begin-order.ts';
import { cancelOrder, type OrderCancelled } from './cancel-order.ts';
import { commitOrder, type OrderCommitted } from './commit-order.ts';
import type { QuoteChange } from '../quote/quote-change.ts';

builder.objectType(OrderNotFound, { name: 'OrderNotFound', interfaces: [RefusalInterface] });
builder.objectType(VerificationRequired, { name: 'VerificationRequired', interfaces: [RefusalInterface] });
builder.objectType(OrderHasShopper, { name: 'OrderHasShopper', interfaces: [RefusalInterface] });

const QuoteChangeCodeType = builder.enumType('QuoteChangeCode', {
  values: ['BALANCE', 'PROMOTION', 'PROMO_CODE', 'PROGRAM', 'PRICE', 'QUOTE_EXPIRED', 'SHOPPER'] as const,
});

const QuoteChangeType = builder.objectRef<QuoteChange>('QuoteChange').implement({
  fields: (t) => ({
    code: t.expose('code', { type: QuoteChangeCodeType }),
    message: t.exposeString('message'),
    line: t.exposeInt('line', { nullable: true }),
  }),
});

builder.objectType(QuoteChanged, {
  name: 'QuoteChanged',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    quote: t.expose('quote', { type: OrderQuoteType }),
    reasons: t.field({ type: [QuoteChangeType], resolve: (refusal) => [...refusal.reasons] }),
  }),
});

builder.objectType(AlreadyCommitted, {
  name: 'AlreadyCommitted',
  interfaces: [RefusalInterface],
  fields: (t) => ({ order: t.field({ type: OrderType, resolve: (refusal) => refusal.orderId }) }),
});

builder.objectType(AlreadyCancelled, {
  name: 'AlreadyCancelled',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    order: t.field({ type: OrderType, nullable: true, resolve: (refusal) => refusal.orderId }),
  }),
});

builder.objectType(ReceiptTaken, {
  name: 'ReceiptTaken',
  description: 'This fiscal document is already on another order: the earlier result.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ order: t.field({ type: OrderType, resolve: (refusal) => refusal.orderId }) }),
});

builder.objectType(OrderNotCommitted, {
  name: 'OrderNotCommitted',
  interfaces: [RefusalInterface],
  fields: (t) => ({ order: t.field({ type: OrderType, resolve: (refusal) => refusal.orderId }) }),
});

builder.objectType(QuantityExceeded, {
  name: 'QuantityExceeded',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    number: t.exposeInt('number'),
    returnable: t.field({ type: 'Quantity', resolve: (refusal) => formatQuantity(refusal.returnableMilli) }),
  }),
});

builder.objectType(TooLateToAttach, {
  name: 'TooLateToAttach',
  interfaces: [RefusalInterface],
  fields: (t) => ({ until: t.expose('until', { type: 'DateTime' }) }),
});

const OrderBegunType = builder.objectRef<OrderBegun>('OrderBegun').implement({
  fields: (t) => ({
    order: t.field({ type: OrderType, resolve: (reply) => reply.orderId }),
    holdExpiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: (reply) => new Date(reply.holdExpiresAt),
    }),
    account: t.field({
      type: LoyaltyAccountType,
      nullable: true,
      resolve: (reply, _args, ctx) => shownAccount(ctx, reply),
    }),
  }),
});

const OrderCommittedType = builder.objectRef<OrderCommitted>('OrderCommitted').implement({
  fields: (t) => ({
    order: t.field({ type: OrderType, resolve: (reply) => reply.orderId }),
    earned: t.exposeInt('earned'),
    activateAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ activateAt }) => (activateAt === null ? null : new Date(activateAt)),
    }),
    overdrawn: t.exposeInt('overdrawn'),
    account: t.field({
      type: LoyaltyAccountType,
      nullable: true,
      resolve: (reply, _args, ctx) => shownAccount(ctx, reply),
    }),
  }),
});

const OrderCancelledType = builder.objectRef<OrderCancelled>('OrderCancelled').implement({
  fields: (t) => ({
    order: t.field({ type: OrderType, nullable: true, resolve: (reply) => reply.orderId }),
    account: t.field({
      type: LoyaltyAccountType,
      nullable: true,
      resolve: (reply, _args, ctx) => shownAccount(ctx, reply),
    }),
  }),
});

const BeginOrderInput = builder.inputType('BeginOrderInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    externalId: t.string({ required: true }),
    draft: t.field({ type: OrderDraftInputType, required: true }),
    quoteHash: t.string({ required: true }),
    holdUntil: t.field({ type: 'DateTime' }),
  }),
});

builder.mutationField('beginOrder', (t) =>
  t.field({
    type: builder.errorUnion('BeginOrderResult', {
      types: [
        OrderBegunType,
        QuoteChanged,
        InsufficientPoints,
        VerificationRequired,
        VisitExpired,
        AccountBlocked,
        AlreadyCommitted,
        AlreadyCancelled,
        IdempotencyConflict,
        InvalidInput,
      ],
    }),
    authScopes: { can: 'orders.begin' },
    args: { input: t.arg({ type: BeginOrderInput, required: true }) },
    resolve: (_root, { input }, ctx) => beginOrder(ctx, input),
  }),
);

const CommitOrderInput = builder.inputType('CommitOrderInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    order: t.field({ type: OrderRefType, required: true }),
    occurredAt: t.field({ type: 'DateTime' }),
    receipts: t.field({ type: [ReceiptInputType], required: true, defaultValue: [] }),
  }),
});

builder.mutationField('commitOrder', (t) =>
  t.field({
    type: builder.errorUnion('CommitOrderResult', {
      types: [
        OrderCommittedType,
        OrderNotFound,
        AlreadyCancelled,
        ReceiptTaken,
        IdempotencyConflict,
        InvalidInput,
      ],
    }),
    authScopes: { can: 'orders.commit' },
    args: { input: t.arg({ type: CommitOrderInput, required: true }) },
    resolve: (_root, { input }, ctx) => commitOrder(ctx, input),
  }),
);

const CancelOrderInput = builder.inputType('CancelOrderInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    order: t.field({ type: OrderRefType, required: true }),
    reason: t.string(),
  }),
});

builder.mutationField('cancelOrder', (t) =>
  t.field({
    type: builder.errorUnion('CancelOrderResult', {
      types: [OrderCancelledType, AlreadyCommitted, IdempotencyConflict, InvalidInput],
    }),
    authScopes: { can: 'orders.commit' },
    args: { input: t.arg({ type: CancelOrderInput, required: true }) },
    resolve: (_root, { input }, ctx) => cancelOrder(ctx, input),
  }),
);
