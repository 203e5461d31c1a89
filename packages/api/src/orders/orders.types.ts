import { formatMoney, formatQuantity, type PrintLine } from '@clientele/shared/money';
import type { LineKind } from '@clientele/shared/receipt';
import { ExternalRefType, ProfileRefType } from '../profiles/index.ts';
import type { Context } from '../platform/context.ts';
import { builder } from '../platform/graphql/builder.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { readOrders, readReturns, type OrderRecord, type OrderReturnRecord } from './order/read-orders.ts';
import type { OrderQuote } from './quote/order-quote.ts';

/** Types of this room that its transport files share and other rooms name; their fields stand in `*.graphql.ts`. */

export const OrderType = builder.loadableNodeRef('Order', {
  id: { resolve: (order: OrderRecord) => order.id },
  load: (ids: string[], ctx: Context) => readOrders(ctx, ids),
});

export const OrderReturnType = builder.loadableNodeRef('OrderReturn', {
  id: { resolve: (back: OrderReturnRecord) => back.id },
  load: (ids: string[], ctx: Context) => readReturns(ctx, ids),
});

export const OrderQuoteType = builder.objectRef<OrderQuote>('OrderQuote');

export const LineKindType = builder.enumType('LineKind', {
  description: 'Only GOODS and SERVICE earn and redeem, unless the product says otherwise.',
  values: ['GOODS', 'SERVICE', 'DELIVERY', 'GIFT_CARD', 'FEE'] as const satisfies LineKind[],
});

export const SalesChannelType = builder.enumType('SalesChannel', { values: ['STORE', 'ONLINE'] as const });

/** A printer line with the currency its money is in. */
export type PricedPrintLine = PrintLine & { readonly currency: string };

export const PrintLineType = builder.objectRef<PricedPrintLine>('PrintLine').implement({
  fields: (t) => ({
    quantity: t.field({ type: 'Quantity', resolve: (line) => formatQuantity(line.quantityMilli) }),
    unitPrice: t.field({ type: 'Money', resolve: (line) => formatMoney(line.unitPrice, line.currency) }),
    amount: t.field({ type: 'Money', resolve: (line) => formatMoney(line.amount, line.currency) }),
  }),
});

export interface LineDiscountView {
  label: string;
  amount: number;
  promoCode: string | null;
  promotionId: string | null;
  currency: string;
}

export const LineDiscountType = builder.objectRef<LineDiscountView>('LineDiscount').implement({
  fields: (t) => ({
    label: t.exposeString('label'),
    amount: t.field({ type: 'Money', resolve: ({ amount, currency }) => formatMoney(amount, currency) }),
    promoCode: t.exposeString('promoCode', { nullable: true }),
    promotionId: t.id({
      nullable: true,
      description: 'Of a promotion of ours; null: the till’s own software gave it.',
      resolve: ({ promotionId }) => (promotionId === null ? null : globalId('Promotion', promotionId)),
    }),
  }),
});

/** A promotion on a purchase, and what it brought. */
export interface AppliedOfferView {
  promotionId: string;
  title: string;
  /** Minor units. */
  amount: number;
  points: number;
  promoCode: string | null;
  currency: string;
}

export const AppliedOfferType = builder.objectRef<AppliedOfferView>('AppliedOffer').implement({
  fields: (t) => ({
    promotionId: t.id({ resolve: ({ promotionId }) => globalId('Promotion', promotionId) }),
    title: t.exposeString('title'),
    amount: t.field({ type: 'Money', resolve: ({ amount, currency }) => formatMoney(amount, currency) }),
    points: t.exposeInt('points'),
    promoCode: t.exposeString('promoCode', { nullable: true }),
  }),
});

const ReceiptRef = builder.inputType('ReceiptRef', {
  fields: (t) => ({
    fiscalDrive: t.string({ required: true }),
    fiscalDocument: t.string({ required: true }),
  }),
});

export const OrderRefType = builder.inputType('OrderRef', {
  isOneOf: true,
  fields: (t) => ({
    id: t.id(),
    external: t.field({ type: ExternalRefType }),
    receipt: t.field({ type: ReceiptRef }),
  }),
});

export const ShopperRefType = builder.inputType('ShopperRef', {
  isOneOf: true,
  fields: (t) => ({ visitId: t.id(), profile: t.field({ type: ProfileRefType }) }),
});

export const ReceiptInputType = builder.inputType('ReceiptInput', {
  fields: (t) => ({
    fiscalDrive: t.string({ required: true }),
    fiscalDocument: t.string({ required: true }),
    fiscalSign: t.string(),
    issuedAt: t.field({ type: 'DateTime' }),
    total: t.field({ type: 'Money' }),
  }),
});

export const OrderLineInputType = builder.inputType('OrderLineInput', {
  fields: (t) => ({
    sku: t.string({ required: true }),
    name: t.string(),
    kind: t.field({ type: LineKindType, required: true, defaultValue: 'GOODS' }),
    quantity: t.field({ type: 'Quantity', required: true }),
    unitPrice: t.field({ type: 'Money', required: true }),
    amount: t.field({
      type: 'Money',
      description:
        "The till's own quantity × unitPrice; a kopeck's difference is accepted and used, more is InvalidInput.",
    }),
    discount: t.field({
      type: 'Money',
      description: 'Given by the till software on the whole line; a fact, before our own.',
    }),
    minUnitPrice: t.field({ type: 'Money' }),
  }),
});

export const SpendPointsInputType = builder.inputType('SpendPointsInput', {
  description: 'exact: 0 is the same as absent.',
  isOneOf: true,
  fields: (t) => ({ max: t.boolean(), exact: t.int() }),
});

export const OrderDraftInputType = builder.inputType('OrderDraftInput', {
  description:
    'No shopper: anonymous. Channel: a till is STORE, a key ONLINE unless said. `currency` is a check against the store’s.',
  fields: (t) => ({
    shopper: t.field({ type: ShopperRefType }),
    channel: t.field({ type: SalesChannelType }),
    storeCode: t.string(),
    currency: t.field({ type: 'CurrencyCode' }),
    lines: t.field({ type: [OrderLineInputType], required: true }),
    promoCodes: t.stringList({ required: true, defaultValue: [] }),
    externalId: t.string({
      description:
        'For a preview: number of the begun order this basket belongs to; the codes and limits it holds are no obstacle.',
    }),
    spendPoints: t.field({ type: SpendPointsInputType }),
  }),
});
