import { formatMoney, formatQuantity } from '@clientele/shared/money';
import type { QuoteLine, RefusedCodeReason } from '@clientele/shared/receipt';
import { PointsLimitType } from '../../loyalty/index.ts';
import { VisitExpired } from '../../profiles/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import {
  AppliedOfferType,
  LineDiscountType,
  LineKindType,
  OrderDraftInputType,
  OrderQuoteType,
  PrintLineType,
} from '../orders.types.ts';
import { refusedCodeMessage, shownDiscount } from '../words.ts';
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
        discounts.map((discount) => shownDiscount(discount, currency, language)),
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
  .objectRef<{ rule: string; name: string; points: number; message: string }>('EarningShare')
  .implement({
    fields: (t) => ({
      rule: t.exposeString('rule'),
      name: t.exposeString('name', {
        description: 'Of the rule, or the title of the promotion; the code of what has none.',
      }),
      points: t.exposeInt('points'),
      message: t.exposeString('message'),
    }),
  });

/** What each rule brings, with what limits took from it. */
function earningShares({ earning, promotions }: OrderQuote['quote']) {
  const titles = new Map(promotions.map(({ promotionId, title }) => [`promotion:${promotionId}`, title]));
  const names = new Map(earning.verdicts.map(({ rule, name }) => [rule, name]));
  return earning.rules.map(({ rule, points }) => {
    const cut = earning.cuts.filter((part) => part.rule === rule).reduce((sum, part) => sum + part.points, 0);
    const message = cut === 0 ? `${points} points` : `${points} points; ${cut} more were cut by a limit`;
    return { rule, name: titles.get(rule) ?? names.get(rule) ?? rule, points, message };
  });
}

const QuoteEarningType = builder.objectRef<OrderQuote['quote']>('QuoteEarning').implement({
  fields: (t) => ({
    points: t.int({ resolve: ({ earning }) => earning.points }),
    activateAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ earning: { activateAt } }) => (activateAt === null ? null : new Date(activateAt)),
    }),
    rules: t.field({ type: [EarningShareType], resolve: (quote) => earningShares(quote) }),
    reason: t.string({
      nullable: true,
      description: 'Why nothing is earned at all; null where the rules decided.',
      resolve: ({ earning }) => earning.reason,
    }),
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
  .objectRef<{ code: string; reason: RefusedCodeReason }>('RefusedCode')
  .implement({
    fields: (t) => ({
      promoCode: t.exposeString('code'),
      code: t.expose('reason', { type: RefusedCodeReasonType }),
      message: t.string({ resolve: ({ reason }) => refusedCodeMessage(reason) }),
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
    earning: t.field({ type: QuoteEarningType, resolve: ({ quote }) => quote }),
    offers: t.field({
      type: [AppliedOfferType],
      resolve: ({ quote }) =>
        quote.promotions
          .filter(({ applied }) => applied)
          .map(({ promotionId, title, amount, points, code }) => ({
            promotionId,
            title,
            amount,
            points,
            promoCode: code,
            currency: quote.currency,
          })),
    }),
    missingGifts: t.stringList({
      description: 'Promotions that give something free as soon as it is in the basket.',
      resolve: ({ quote }) =>
        quote.promotions.filter(({ missingGift }) => missingGift).map(({ title }) => title),
    }),
    refusedCodes: t.field({ type: [RefusedCodeType], resolve: ({ quote }) => [...quote.refusedCodes] }),
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
