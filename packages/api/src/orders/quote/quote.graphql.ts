import { formatMoney, formatQuantity } from '@clientele/shared/money';
import type { QuoteLine } from '@clientele/shared/receipt';
import { PointsLimitType } from '../../loyalty/index.ts';
import { VisitExpired } from '../../profiles/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import {
  LineDiscountType,
  LineKindType,
  OrderDraftInputType,
  OrderQuoteType,
  PrintLineType,
} from '../orders.types.ts';
import { discountLabel } from '../words.ts';
import type { OrderQuote } from './order-quote.ts';
import { previewOrder } from './preview-order.ts';

/** A line with the words and currency of its store. */
type QuotedLine = QuoteLine & { currency: string; language: string };

const QuoteLineType = builder.objectRef<QuotedLine>('QuoteLine').implement({
  fields: (t) => ({
    number: t.exposeInt('number'),
    sku: t.exposeString('sku'),
    kind: t.expose('kind', { type: LineKindType }),
    quantity: t.field({ type: 'Quantity', resolve: (line) => formatQuantity(line.quantityMilli) }),
    unitPrice: t.field({ type: 'Money', resolve: (line) => formatMoney(line.unitPrice, line.currency) }),
    gross: t.field({ type: 'Money', resolve: (line) => formatMoney(line.gross, line.currency) }),
    discounts: t.field({
      type: [LineDiscountType],
      resolve: ({ discounts, currency, language }) =>
        discounts.map(({ source, amount }) => ({
          label: discountLabel(source, language),
          amount,
          promoCode: null,
          currency,
        })),
    }),
    pointsDiscount: t.field({
      type: 'Money',
      resolve: (line) => formatMoney(line.pointsDiscount, line.currency),
    }),
    toPay: t.field({ type: 'Money', resolve: (line) => formatMoney(line.toPay, line.currency) }),
    printLines: t.field({
      type: [PrintLineType],
      resolve: (line) => line.printLines.map((part) => ({ ...part, currency: line.currency })),
    }),
  }),
});

const QuotePointsType = builder.objectRef<OrderQuote['quote']['points']>('QuotePoints').implement({
  description: 'Asking for more than max is not an error here: applied = max and limits say why.',
  fields: (t) => ({
    available: t.exposeInt('available'),
    max: t.exposeInt('max'),
    applied: t.exposeInt('applied'),
    limits: t.field({ type: [PointsLimitType], resolve: (points) => [...points.limits] }),
    maxOfEligible: t.int({
      description: 'The share of the goods that may be paid by points, in points.',
      resolve: (points) => points.caps.eligible,
    }),
    maxOfReceipt: t.int({
      description: 'The share of the whole receipt but delivery and fees, in points.',
      resolve: (points) => points.caps.receipt,
    }),
  }),
});

const EarningShareType = builder
  .objectRef<{ rule: string; points: number; message: string }>('EarningShare')
  .implement({
    fields: (t) => ({
      rule: t.exposeString('rule'),
      points: t.exposeInt('points'),
      message: t.exposeString('message'),
    }),
  });

const QuoteEarningType = builder.objectRef<OrderQuote['quote']['earning']>('QuoteEarning').implement({
  fields: (t) => ({
    points: t.exposeInt('points'),
    activateAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ activateAt }) => (activateAt === null ? null : new Date(activateAt)),
    }),
    rules: t.field({
      type: [EarningShareType],
      resolve: ({ rules, cuts }) =>
        rules.map(({ rule, points }) => {
          const cut = cuts.filter((part) => part.rule === rule).reduce((sum, part) => sum + part.points, 0);
          const message =
            cut === 0 ? `${points} points` : `${points} points; ${cut} more were cut by a limit`;
          return { rule, points, message };
        }),
    }),
    reason: t.string({
      nullable: true,
      description: 'Why nothing is earned at all; null where the rules decided.',
      resolve: ({ reason }) => reason,
    }),
  }),
});

const AppliedOfferType = builder
  .objectRef<{ title: string; amount: string; points: number }>('AppliedOffer')
  .implement({
    fields: (t) => ({
      title: t.exposeString('title'),
      amount: t.expose('amount', { type: 'Money' }),
      points: t.exposeInt('points'),
    }),
  });

const RefusedCodeReasonType = builder.enumType('RefusedCodeReason', {
  values: [
    'UNKNOWN',
    'EXPIRED',
    'NOT_YET',
    'USED',
    'HELD',
    'OTHER_SHOPPER',
    'CONDITIONS',
    'STACKING',
  ] as const,
});

const RefusedCodeType = builder
  .objectRef<{ promoCode: string; code: 'UNKNOWN'; message: string }>('RefusedCode')
  .implement({
    fields: (t) => ({
      promoCode: t.exposeString('promoCode'),
      code: t.expose('code', { type: RefusedCodeReasonType }),
      message: t.exposeString('message'),
    }),
  });

OrderQuoteType.implement({
  description: 'toPay = gross − discount − pointsDiscount, on each line and in total.',
  fields: (t) => ({
    currency: t.field({ type: 'CurrencyCode', resolve: ({ quote }) => quote.currency }),
    lines: t.field({
      type: [QuoteLineType],
      resolve: ({ quote, store }) =>
        quote.lines.map((line) => ({ ...line, currency: quote.currency, language: store.language })),
    }),
    gross: t.field({ type: 'Money', resolve: ({ quote }) => formatMoney(quote.gross, quote.currency) }),
    discount: t.field({ type: 'Money', resolve: ({ quote }) => formatMoney(quote.discount, quote.currency) }),
    pointsDiscount: t.field({
      type: 'Money',
      resolve: ({ quote }) => formatMoney(quote.pointsDiscount, quote.currency),
    }),
    toPay: t.field({ type: 'Money', resolve: ({ quote }) => formatMoney(quote.toPay, quote.currency) }),
    points: t.field({ type: QuotePointsType, resolve: ({ quote }) => quote.points }),
    earning: t.field({ type: QuoteEarningType, resolve: ({ quote }) => quote.earning }),
    offers: t.field({ type: [AppliedOfferType], resolve: () => [] }),
    refusedCodes: t.field({
      type: [RefusedCodeType],
      resolve: ({ promoCodes }) =>
        promoCodes.map((promoCode) => ({
          promoCode,
          code: 'UNKNOWN' as const,
          message: 'there is no such code',
        })),
    }),
    verificationRequired: t.boolean({ resolve: ({ quote }) => quote.verificationRequired }),
    quoteHash: t.exposeString('hash'),
    validUntil: t.expose('validUntil', { type: 'DateTime' }),
  }),
});

/** A preview's answer as a member of its union. */
const PreviewOrderResult = builder.errorUnion('PreviewOrderResult', {
  types: [OrderQuoteType, VisitExpired, InvalidInput],
});

builder.queryField('previewOrder', (t) =>
  t.field({
    type: PreviewOrderResult,
    authScopes: { can: 'orders.preview' },
    args: { input: t.arg({ type: OrderDraftInputType, required: true }) },
    resolve: async (_root, { input }, ctx) => ({
      __typename: 'OrderQuote' as const,
      ...(await previewOrder(ctx, input)),
    }),
  }),
);
