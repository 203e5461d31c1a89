import { formatMoney } from '@clientele/shared/money';
import DataLoader from 'dataloader';
import { InvalidInput } from '../../platform/errors.ts';
import { builder, type GraphQLContext } from '../../platform/graphql/builder.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { PromotionType, rulesFromApi } from '../../offers/index.ts';
import { estimatePromotion, type EstimatedMoney, type PromotionEstimate } from './estimate-promotion.ts';
import { readLimitsLeft, type LimitsLeft } from './limits-left.ts';
import {
  readResults,
  type PromotionResults,
  type ResultDay,
  type ResultMoney,
  type ResultsPeriod,
} from './promotion-results.ts';

const ResultMoneyType = builder.objectRef<ResultMoney>('PromotionMoney').implement({
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    discount: t.field({
      type: 'Money',
      description: 'Taken off.',
      resolve: ({ discount, currency }) => formatMoney(discount, currency),
    }),
    revenue: t.field({
      type: 'Money',
      description: 'Paid for the purchases that got it.',
      resolve: ({ revenue, currency }) => formatMoney(revenue, currency),
    }),
  }),
});

const ResultDayType = builder.objectRef<ResultDay>('PromotionDay').implement({
  fields: (t) => ({
    day: t.expose('day', { type: 'Date', description: 'Of the store.' }),
    uses: t.exposeInt('uses'),
    points: t.exposeInt('points'),
    money: t.field({ type: [ResultMoneyType], resolve: ({ money }) => money }),
  }),
});

const Results = builder.objectRef<PromotionResults>('PromotionResults').implement({
  description: 'Of purchases that got the promotion; those that came back whole are left out.',
  fields: (t) => ({
    uses: t.exposeInt('uses'),
    buyers: t.exposeInt('buyers', { description: 'Different known shoppers.' }),
    points: t.exposeInt('points', { description: 'Added by it, as they were calculated.' }),
    money: t.field({ type: [ResultMoneyType], resolve: ({ money }) => money }),
    byDay: t.field({
      type: [ResultDayType],
      description: 'Days with at least one, in order.',
      resolve: ({ byDay }) => byDay,
    }),
  }),
});

const BudgetLeft = builder.objectRef<LimitsLeft['budget'][number]>('PromotionBudgetLeft').implement({
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    amount: t.field({ type: 'Money', resolve: ({ amount, currency }) => formatMoney(amount, currency) }),
    left: t.field({ type: 'Money', resolve: ({ left, currency }) => formatMoney(left, currency) }),
  }),
});

const Left = builder.objectRef<LimitsLeft>('PromotionLimitsLeft').implement({
  description: 'What is held for begun purchases counts as used.',
  fields: (t) => ({
    times: t.exposeInt('times', {
      nullable: true,
      description: 'In the running window; null: no such limit.',
    }),
    budget: t.field({ type: [BudgetLeft], resolve: ({ budget }) => budget }),
  }),
});

/** Results of a whole page of promotions are read at once. */
const loaders = new WeakMap<GraphQLContext, Map<string, DataLoader<string, PromotionResults>>>();

function resultsOf(ctx: GraphQLContext, period: ResultsPeriod): DataLoader<string, PromotionResults> {
  const known = loaders.get(ctx) ?? new Map<string, DataLoader<string, PromotionResults>>();
  loaders.set(ctx, known);
  const key = JSON.stringify(period);
  const loader = known.get(key) ?? new DataLoader((ids: readonly string[]) => readResults(ctx, ids, period));
  known.set(key, loader);
  return loader;
}

builder.objectFields(PromotionType, (t) => ({
  results: t.field({
    type: Results,
    args: { from: t.arg({ type: 'DateTime' }), to: t.arg({ type: 'DateTime' }) },
    complexity: 5,
    resolve: ({ id }, { from, to }, ctx) => resultsOf(ctx, { from: from ?? null, to: to ?? null }).load(id),
  }),
  left: t.field({
    type: Left,
    complexity: 5,
    resolve: (promotion, _args, ctx) => readLimitsLeft(ctx, promotion),
  }),
}));

const EstimatedMoneyType = builder.objectRef<EstimatedMoney>('EstimatedMoney').implement({
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    revenue: t.field({
      type: 'Money',
      description: 'Of all purchases of the days, without the promotion.',
      resolve: ({ revenue, currency }) => formatMoney(revenue, currency),
    }),
    touchedRevenue: t.field({
      type: 'Money',
      description: 'Of those it would have been given to.',
      resolve: ({ touchedRevenue, currency }) => formatMoney(touchedRevenue, currency),
    }),
    discount: t.field({
      type: 'Money',
      description: 'More taken off than without it; below 0 where it keeps a bigger one away.',
      resolve: ({ discount, currency }) => formatMoney(discount, currency),
    }),
    budgetDays: t.exposeInt('budgetDays', {
      nullable: true,
      description: 'After so many days of such sales the budget would be gone.',
    }),
  }),
});

const Assumption = builder.enumType('EstimateAssumption', {
  description:
    'What is assumed where the past cannot tell. SCALED: not every purchase was calculated. ANY_DATE: first and last moment left out. CODE_PRESENTED: everybody presents the code. GRANTED_TO_ALL: every known shopper was granted it. SEGMENTS_NOW: who is in a segment today was in it then. LIMITS_IGNORED: limits over several purchases and the budget.',
  values: [
    'SCALED',
    'ANY_DATE',
    'CODE_PRESENTED',
    'GRANTED_TO_ALL',
    'SEGMENTS_NOW',
    'LIMITS_IGNORED',
  ] as const,
});

const Estimate = builder.objectRef<PromotionEstimate>('PromotionEstimate').implement({
  description: 'What a promotion would have given on purchases of the last days, beside those that run now.',
  fields: (t) => ({
    days: t.exposeInt('days'),
    orders: t.exposeInt('orders', { description: 'Purchases of the days.' }),
    sampled: t.exposeInt('sampled', { description: 'How many of them were calculated.' }),
    touched: t.exposeInt('touched', { description: 'Purchases that would have got it, scaled to all.' }),
    points: t.exposeInt('points', { description: 'More earned than without it, scaled to all.' }),
    money: t.field({ type: [EstimatedMoneyType], resolve: ({ money }) => money }),
    assumptions: t.field({ type: [Assumption], resolve: ({ assumptions }) => assumptions }),
  }),
});

const EstimateInput = builder.inputType('EstimatePromotionInput', {
  fields: (t) => ({
    brandId: t.id({ required: true }),
    promotionId: t.id({ description: 'Tried instead of what this one says now.' }),
    groupId: t.id({ description: 'The default group where absent.' }),
    rules: t.field({ type: 'JSON', required: true }),
    days: t.int({ required: true, defaultValue: 90 }),
  }),
});

builder.queryField('estimatePromotion', (t) =>
  t.field({
    type: builder.errorUnion('EstimatePromotionResult', { types: [Estimate, InvalidInput] }),
    description: 'Replays at most 2,000 purchases of the last days with and without it; writes nothing.',
    args: { input: t.arg({ type: EstimateInput, required: true }) },
    authScopes: { can: 'offers.read' },
    complexity: { field: 50 },
    resolve: (_root, { input }, ctx) => {
      const { promotionId, groupId } = input;
      return estimatePromotion(ctx, {
        brandId: needId(input.brandId, 'Brand', 'brandId'),
        promotionId: promotionId ? needId(promotionId, 'Promotion', 'promotionId') : null,
        groupId: groupId ? needId(groupId, 'PromotionGroup', 'groupId') : null,
        rules: rulesFromApi(input.rules),
        days: input.days,
      });
    },
  }),
);
