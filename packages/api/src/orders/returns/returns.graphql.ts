import { formatMoney, formatQuantity, type PrintLine } from '@clientele/shared/money';
import { LoyaltyAccountType } from '../../loyalty/index.ts';
import { IdempotencyConflict, InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { shownAccount } from '../order/shown-account.ts';
import { OrderNotCommitted, OrderNotFound, QuantityExceeded, ReceiptTaken } from '../orders.errors.ts';
import {
  OrderRefType,
  OrderReturnType,
  OrderType,
  PrintLineType,
  ReceiptInputType,
} from '../orders.types.ts';
import { previewReturn, type ReturnQuote } from './preview-return.ts';
import { returnOrder, type OrderReturned } from './return-order.ts';

/** A part that comes back, with the currency its money is in. */
interface PricedPart {
  number: number;
  quantityMilli: number;
  moneyBack: number;
  printLines: PrintLine[];
  currency: string;
}

const ReturnedLineType = builder.objectRef<PricedPart>('ReturnedLine').implement({
  fields: (t) => ({
    number: t.exposeInt('number'),
    quantity: t.field({ type: 'Quantity', resolve: (part) => formatQuantity(part.quantityMilli) }),
    moneyBack: t.field({ type: 'Money', resolve: (part) => formatMoney(part.moneyBack, part.currency) }),
    printLines: t.field({
      type: [PrintLineType],
      resolve: ({ printLines, currency }) => printLines.map((line) => ({ ...line, currency })),
    }),
  }),
});

function priced({ lines, currency }: Pick<OrderReturned, 'lines' | 'currency'>): PricedPart[] {
  return lines.map((line) => ({ ...line, currency }));
}

const ReturnQuoteType = builder.objectRef<ReturnQuote>('ReturnQuote').implement({
  description: 'moneyBack is already less withheld.',
  fields: (t) => ({
    lines: t.field({ type: [ReturnedLineType], resolve: priced }),
    moneyBack: t.field({ type: 'Money', resolve: (quote) => formatMoney(quote.moneyBack, quote.currency) }),
    withheld: t.field({ type: 'Money', resolve: (quote) => formatMoney(quote.withheld, quote.currency) }),
    pointsRestored: t.exposeInt('pointsRestored'),
    pointsClawedBack: t.exposeInt('pointsClawedBack'),
    debtAfter: t.exposeInt('debtAfter'),
  }),
});

const OrderReturnedType = builder.objectRef<OrderReturned>('OrderReturned').implement({
  fields: (t) => ({
    return: t.field({ type: OrderReturnType, resolve: (reply) => reply.returnId }),
    order: t.field({ type: OrderType, resolve: (reply) => reply.orderId }),
    lines: t.field({ type: [ReturnedLineType], resolve: priced }),
    moneyBack: t.field({ type: 'Money', resolve: (reply) => formatMoney(reply.moneyBack, reply.currency) }),
    withheld: t.field({ type: 'Money', resolve: (reply) => formatMoney(reply.withheld, reply.currency) }),
    pointsRestored: t.exposeInt('pointsRestored'),
    pointsClawedBack: t.exposeInt('pointsClawedBack'),
    debt: t.exposeInt('debt', { description: 'Created by this return, ≥ 0.' }),
    account: t.field({
      type: LoyaltyAccountType,
      nullable: true,
      resolve: (reply, _args, ctx) => shownAccount(ctx, reply),
    }),
  }),
});

const ReturnLineInput = builder.inputType('ReturnLineInput', {
  fields: (t) => ({
    number: t.int({ required: true }),
    quantity: t.field({ type: 'Quantity', required: true }),
  }),
});

const ReturnDraftInput = builder.inputType('ReturnDraftInput', {
  fields: (t) => ({
    order: t.field({ type: OrderRefType, required: true }),
    lines: t.field({ type: [ReturnLineInput], description: 'Absent: everything left.' }),
  }),
});

builder.queryField('previewReturn', (t) =>
  t.field({
    type: builder.errorUnion('PreviewReturnResult', {
      types: [ReturnQuoteType, QuantityExceeded, OrderNotFound, OrderNotCommitted, InvalidInput],
    }),
    authScopes: { can: 'orders.return' },
    args: { input: t.arg({ type: ReturnDraftInput, required: true }) },
    resolve: (_root, { input }, ctx) => previewReturn(ctx, input),
  }),
);

const ReturnOrderInput = builder.inputType('ReturnOrderInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    order: t.field({ type: OrderRefType, required: true }),
    externalId: t.string({ required: true }),
    occurredAt: t.field({ type: 'DateTime' }),
    lines: t.field({ type: [ReturnLineInput] }),
    receipts: t.field({ type: [ReceiptInputType], required: true, defaultValue: [] }),
  }),
});

builder.mutationField('returnOrder', (t) =>
  t.field({
    type: builder.errorUnion('ReturnOrderResult', {
      types: [
        OrderReturnedType,
        QuantityExceeded,
        OrderNotFound,
        OrderNotCommitted,
        ReceiptTaken,
        IdempotencyConflict,
        InvalidInput,
      ],
    }),
    authScopes: { can: 'orders.return' },
    args: { input: t.arg({ type: ReturnOrderInput, required: true }) },
    resolve: (_root, { input }, ctx) => returnOrder(ctx, input),
  }),
);
