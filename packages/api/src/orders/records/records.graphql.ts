import { ProfileRefType } from '../../profiles/index.ts';
import { IdempotencyConflict, InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { RecordStatusType } from '../../platform/graphql/record-status.ts';
import { InputProblemType } from '../../platform/graphql/refusal.ts';
import {
  OrderLineInputType,
  OrderRefType,
  OrderReturnType,
  OrderType,
  ReceiptInputType,
  SalesChannelType,
} from '../orders.types.ts';
import { recordOrders, type OrdersRecorded } from './purchases/record-orders.ts';
import { recordReturns, type ReturnsRecorded } from './returns/record-returns.ts';
import type { OrderResult } from './purchases/recorded-order.ts';
import type { ReturnResult } from './returns/recorded-return.ts';

const RecordedOrderInputType = builder.inputType('RecordedOrderInput', {
  fields: (t) => ({
    externalId: t.string({ required: true }),
    occurredAt: t.field({ type: 'DateTime', required: true }),
    storeCode: t.string({ required: true }),
    channel: t.field({ type: SalesChannelType, required: true }),
    cashierId: t.id(),
    profile: t.field({ type: ProfileRefType }),
    lines: t.field({ type: [OrderLineInputType], required: true }),
    discount: t.field({
      type: 'Money',
      description: 'Beyond line discounts; spread over GOODS and SERVICE lines by the allocation.',
    }),
    cancelled: t.boolean({ required: true, defaultValue: false }),
    receipts: t.field({ type: [ReceiptInputType], required: true, defaultValue: [] }),
  }),
});

const RecordOrdersInput = builder.inputType('RecordOrdersInput', {
  description:
    '≤ 1,000 records, ≤ 20,000 lines, ≤ 8 MiB a call. requestId optional: each record is idempotent by (source, externalId) on its own.',
  fields: (t) => ({
    requestId: t.id(),
    source: t.string({ required: true }),
    orders: t.field({ type: [RecordedOrderInputType], required: true }),
  }),
});

const RecordedOrderType = builder.objectRef<OrderResult>('RecordedOrder').implement({
  fields: (t) => ({
    externalId: t.exposeString('externalId'),
    status: t.expose('status', { type: RecordStatusType }),
    order: t.field({ type: OrderType, nullable: true, resolve: (result) => result.orderId }),
    earned: t.exposeInt('earned'),
    problems: t.field({ type: [InputProblemType], resolve: (result) => result.problems }),
  }),
});

const OrdersRecordedType = builder.objectRef<OrdersRecorded>('OrdersRecorded').implement({
  fields: (t) => ({
    results: t.field({ type: [RecordedOrderType], resolve: (answer) => answer.results }),
  }),
});

const RecordOrdersResult = builder.errorUnion('RecordOrdersResult', {
  types: [OrdersRecordedType, IdempotencyConflict, InvalidInput],
});

builder.mutationField('recordOrders', (t) =>
  t.field({
    type: RecordOrdersResult,
    authScopes: { can: 'orders.record' },
    args: { input: t.arg({ type: RecordOrdersInput, required: true }) },
    resolve: (_root, { input }, ctx) => recordOrders(ctx, input),
  }),
);

const RecordedReturnLineInput = builder.inputType('RecordedReturnLineInput', {
  fields: (t) => ({
    number: t.int(),
    sku: t.string(),
    quantity: t.field({ type: 'Quantity', required: true }),
    amount: t.field({ type: 'Money', description: 'What was paid back for the line; a fact.' }),
  }),
});

const RecordedReturnInputType = builder.inputType('RecordedReturnInput', {
  description: 'No order: money only, no points, flagged.',
  fields: (t) => ({
    externalId: t.string({ required: true }),
    occurredAt: t.field({ type: 'DateTime', required: true }),
    order: t.field({ type: OrderRefType }),
    storeCode: t.string(),
    profile: t.field({ type: ProfileRefType }),
    lines: t.field({ type: [RecordedReturnLineInput], required: true }),
    receipts: t.field({ type: [ReceiptInputType], required: true, defaultValue: [] }),
  }),
});

const RecordReturnsInput = builder.inputType('RecordReturnsInput', {
  fields: (t) => ({
    requestId: t.id(),
    source: t.string({ required: true }),
    returns: t.field({ type: [RecordedReturnInputType], required: true }),
  }),
});

const RecordedReturnType = builder.objectRef<ReturnResult>('RecordedReturn').implement({
  fields: (t) => ({
    externalId: t.exposeString('externalId'),
    status: t.expose('status', { type: RecordStatusType }),
    return: t.field({ type: OrderReturnType, nullable: true, resolve: (result) => result.returnId }),
    problems: t.field({ type: [InputProblemType], resolve: (result) => result.problems }),
  }),
});

const ReturnsRecordedType = builder.objectRef<ReturnsRecorded>('ReturnsRecorded').implement({
  fields: (t) => ({
    results: t.field({ type: [RecordedReturnType], resolve: (answer) => answer.results }),
  }),
});

const RecordReturnsResult = builder.errorUnion('RecordReturnsResult', {
  types: [ReturnsRecordedType, IdempotencyConflict, InvalidInput],
});

builder.mutationField('recordReturns', (t) =>
  t.field({
    type: RecordReturnsResult,
    authScopes: { can: 'orders.record' },
    args: { input: t.arg({ type: RecordReturnsInput, required: true }) },
    resolve: (_root, { input }, ctx) => recordReturns(ctx, input),
  }),
);
