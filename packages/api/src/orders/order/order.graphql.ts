import { formatMoney, formatQuantity } from '@clientele/shared/money';
import { StaffType, StoreType, TillType } from '../../company/index.ts';
import { ProfileRefType, ProfileType } from '../../profiles/index.ts';
import { LedgerEntryType } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { shownDiscount } from '../words.ts';
import {
  AppliedOfferType,
  LineDiscountType,
  LineKindType,
  OrderRefType,
  OrderReturnType,
  OrderType,
  PrintLineType,
  SalesChannelType,
} from '../orders.types.ts';
import { listOrders, ordersOfProfile } from './list-orders.ts';
import { parseOrderRef } from './order-ref.ts';
import {
  findOrder,
  orderKey,
  readLines,
  readReturnReceipts,
  readReturnsOf,
  readSaleReceipts,
  type OrderLineRecord,
  type OrderRecord,
  type ReceiptRecord,
} from './read-orders.ts';

const OrderStateType = builder.enumType('OrderState', {
  values: ['BEGUN', 'COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED', 'CANCELLED', 'EXPIRED'] as const,
});
const IdentifiedAtType = builder.enumType('IdentifiedAt', { values: ['SALE', 'LATER'] as const });

/** A row with the currency its money is in. */
type Priced<Row> = Row & { currency: string };

const ReceiptType = builder.objectRef<Priced<ReceiptRecord>>('Receipt').implement({
  fields: (t) => ({
    fiscalDrive: t.exposeString('fiscal_drive'),
    fiscalDocument: t.exposeString('fiscal_document'),
    fiscalSign: t.exposeString('fiscal_sign', { nullable: true }),
    issuedAt: t.expose('issued_at', { type: 'DateTime', nullable: true }),
    total: t.field({
      type: 'Money',
      nullable: true,
      resolve: ({ total, currency }) => (total === null ? null : formatMoney(total, currency)),
    }),
  }),
});

const OrderLineType = builder.objectRef<Priced<OrderLineRecord>>('OrderLine').implement({
  fields: (t) => ({
    number: t.exposeInt('number', { description: '1-based position in the input.' }),
    sku: t.exposeString('sku'),
    name: t.exposeString('name', { nullable: true }),
    kind: t.expose('kind', { type: LineKindType }),
    quantity: t.field({ type: 'Quantity', resolve: (line) => formatQuantity(line.quantity_milli) }),
    unitPrice: t.field({ type: 'Money', resolve: (line) => formatMoney(line.unit_price, line.currency) }),
    gross: t.field({ type: 'Money', resolve: (line) => formatMoney(line.gross, line.currency) }),
    discounts: t.field({
      type: [LineDiscountType],
      resolve: ({ discounts, currency }, _args, ctx) =>
        discounts.map((discount) => shownDiscount(discount, currency, ctx.actor.till?.language)),
    }),
    pointsDiscount: t.field({
      type: 'Money',
      resolve: (line) => formatMoney(line.points_discount, line.currency),
    }),
    toPay: t.field({ type: 'Money', resolve: (line) => formatMoney(line.to_pay, line.currency) }),
    printLines: t.field({
      type: [PrintLineType],
      resolve: (line) => line.print_lines.map((part) => ({ ...part, currency: line.currency })),
    }),
    returnable: t.field({
      type: 'Quantity',
      description: 'What has not come back yet; "0" when all has.',
      resolve: (line) => formatQuantity(line.quantity_milli - line.returned_milli),
    }),
  }),
});

builder.objectType(OrderType, {
  fields: (t) => ({
    source: t.exposeString('source'),
    externalId: t.exposeString('external_id'),
    state: t.expose('state', { type: OrderStateType }),
    channel: t.expose('channel', { type: SalesChannelType }),
    occurredAt: t.expose('occurred_at', { type: 'DateTime' }),
    store: t.field({ type: StoreType, nullable: true, resolve: (order) => order.store_id }),
    till: t.field({ type: TillType, nullable: true, resolve: (order) => order.till_id }),
    cashier: t.field({ type: StaffType, nullable: true, resolve: (order) => order.cashier_id }),
    profile: t.field({
      type: ProfileType,
      nullable: true,
      description: 'Null: nobody known, or found by its paper in another store.',
      resolve: (order, _args, ctx) => (showsProfile(order, ctx) ? order.profile_id : null),
    }),
    identifiedAt: t.expose('identified_at', { type: IdentifiedAtType, nullable: true }),
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    gross: t.field({ type: 'Money', resolve: (order) => formatMoney(order.gross, order.currency) }),
    discount: t.field({ type: 'Money', resolve: (order) => formatMoney(order.discount, order.currency) }),
    pointsDiscount: t.field({
      type: 'Money',
      resolve: (order) => formatMoney(order.points_discount, order.currency),
    }),
    toPay: t.field({ type: 'Money', resolve: (order) => formatMoney(order.to_pay, order.currency) }),
    pointsSpent: t.exposeInt('points_spent'),
    earned: t.exposeInt('earned'),
    offers: t.field({
      type: [AppliedOfferType],
      description: 'Promotions it was sold with.',
      resolve: ({ promotions, currency }) =>
        (promotions ?? []).map(({ promotionId, title, discount, points, code }) => ({
          promotionId,
          title,
          amount: discount,
          points,
          promoCode: code,
          currency,
        })),
    }),
    lines: t.loadableList({
      type: OrderLineType,
      load: async (orders: OrderRecord[], ctx: Context) => {
        const lists = await readLines(ctx, orders.map(orderKey));
        return orders.map(({ currency }, index) =>
          (lists[index] ?? []).map((line) => ({ ...line, currency })),
        );
      },
      resolve: (order) => order,
    }),
    receipts: t.loadableList({
      type: ReceiptType,
      load: async (orders: OrderRecord[], ctx: Context) => {
        const lists = await readSaleReceipts(
          ctx,
          orders.map(({ id }) => id),
        );
        return orders.map(({ currency }, index) => (lists[index] ?? []).map((row) => ({ ...row, currency })));
      },
      resolve: (order) => order,
    }),
    returns: t.loadableList({
      type: OrderReturnType,
      load: (orders: OrderRecord[], ctx: Context) => readReturnsOf(ctx, orders.map(orderKey)),
      resolve: (order) => order,
    }),
  }),
});

function showsProfile(order: OrderRecord, { actor }: Context): boolean {
  return order.identified_at !== null && !order.hidden && actor.scopes.has('profiles.read');
}

builder.objectType(OrderReturnType, {
  fields: (t) => ({
    externalId: t.exposeString('external_id'),
    occurredAt: t.expose('occurred_at', { type: 'DateTime' }),
    moneyBack: t.field({ type: 'Money', resolve: (back) => formatMoney(back.money_back, back.currency) }),
    pointsRestored: t.exposeInt('points_restored'),
    pointsClawedBack: t.exposeInt('points_clawed'),
    receipts: t.field({
      type: [ReceiptType],
      resolve: async (back, _args, ctx) => {
        const [receipts = []] = await readReturnReceipts(ctx, [back.id]);
        return receipts.map((row) => ({ ...row, currency: back.currency }));
      },
    }),
  }),
});

builder.queryField('order', (t) =>
  t.field({
    type: OrderType,
    nullable: true,
    authScopes: { can: 'orders.read' },
    args: { ref: t.arg({ type: OrderRefType, required: true }) },
    resolve: (_root, { ref }, ctx) => {
      const problems = new InputProblems();
      const parsed = parseOrderRef(ctx, ref, ['ref'], problems);
      return problems.list.length > 0 ? null : findOrder(ctx, parsed);
    },
  }),
);

const OrderEdge = builder.edgeObject({ name: 'OrderEdge', type: OrderType });
const OrderConnection = builder.connectionObject({ name: 'OrderConnection', type: OrderType }, OrderEdge);

const OrderFilterType = builder.inputType('OrderFilter', {
  description: "from inclusive, to exclusive; always within the caller's stores.",
  fields: (t) => ({
    storeCode: t.string(),
    tillId: t.id(),
    cashierId: t.id(),
    profile: t.field({ type: ProfileRefType }),
    states: t.field({ type: [OrderStateType] }),
    channel: t.field({ type: SalesChannelType }),
    from: t.field({ type: 'DateTime' }),
    to: t.field({ type: 'DateTime' }),
  }),
});

builder.queryField('orders', (t) =>
  t.field({
    type: OrderConnection,
    authScopes: { can: 'orders.read' },
    args: { filter: t.arg({ type: OrderFilterType }), first: t.arg.int(), after: t.arg.string() },
    complexity: pageCost,
    resolve: (_root, { filter, ...page }, ctx) => listOrders(ctx, filter ?? {}, page),
  }),
);

builder.objectField(ProfileType, 'orders', (t) =>
  t.field({
    type: OrderConnection,
    args: { first: t.arg.int(), after: t.arg.string() },
    complexity: pageCost,
    resolve: (profile, page, ctx) => ordersOfProfile(ctx, profile.id, page),
  }),
);

builder.objectField(LedgerEntryType, 'order', (t) =>
  t.field({ type: OrderType, nullable: true, resolve: (entry) => entry.orderId }),
);
