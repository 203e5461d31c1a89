import type { PromotionVerdict } from '@clientele/shared/promotions';
import { formatMoney } from '@clientele/shared/money';
import type { EarningVerdict } from '@clientele/shared/receipt';
import { ProfileRefType } from '../../profiles/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import {
  OrderLineInputType,
  OrderQuoteType,
  SalesChannelType,
  SpendPointsInputType,
} from '../orders.types.ts';
import { testReceipt, type ReceiptTested } from './test-receipt.ts';

const DraftPromotionInput = builder.inputType('DraftPromotionInput', {
  description: 'A promotion as it stands in the form, tried before it is saved.',
  fields: (t) => ({
    id: t.id({ description: 'The promotion it is tried instead of; absent: a new one.' }),
    title: t.string({ required: true }),
    groupId: t.id({ description: 'Absent: a group of its own, after all others.' }),
    priority: t.int({ required: true, defaultValue: 0 }),
    rules: t.field({ type: 'JSON', required: true }),
  }),
});

const TestReceiptInput = builder.inputType('TestReceiptInput', {
  fields: (t) => ({
    lines: t.field({ type: [OrderLineInputType], required: true }),
    shopper: t.field({ type: ProfileRefType, description: 'Absent: nobody known, or a new member.' }),
    asNewMember: t.boolean({ required: true, defaultValue: false }),
    storeCode: t.string({ required: true }),
    channel: t.field({ type: SalesChannelType, required: true, defaultValue: 'STORE' }),
    at: t.field({ type: 'DateTime', description: 'Absent: now.' }),
    promoCodes: t.stringList({ required: true, defaultValue: [] }),
    spendPoints: t.field({ type: SpendPointsInputType }),
    verified: t.boolean({ required: true, defaultValue: true }),
    draftPromotions: t.field({ type: [DraftPromotionInput], required: true, defaultValue: [] }),
    programVersion: t.field({
      type: 'JSON',
      description: 'Settings tried instead of the version that holds.',
    }),
  }),
});

const TestedReasonType = builder
  .objectRef<NonNullable<PromotionVerdict['reason']>>('TestedReason')
  .implement({
    fields: (t) => ({
      code: t.exposeString('code'),
      facts: t.field({
        type: 'JSON',
        description:
          'CONDITION: condition, need, have in its own unit. STACKING: by, the promotion that went first. FAILED: message.',
        resolve: ({ code: _code, ...facts }) =>
          'by' in facts ? { ...facts, by: globalId('Promotion', facts.by) } : facts,
      }),
    }),
  });

interface LineAmount {
  number: number;
  amount: number;
  currency: string;
}

const TestedLineType = builder.objectRef<LineAmount>('TestedLine').implement({
  fields: (t) => ({
    number: t.exposeInt('number'),
    amount: t.field({ type: 'Money', resolve: ({ amount, currency }) => formatMoney(amount, currency) }),
  }),
});

type TestedPromotion = PromotionVerdict & {
  currency: string;
  draft: { index: number; isNew: boolean } | null;
};

const TestedPromotionType = builder.objectRef<TestedPromotion>('TestedPromotion').implement({
  description: 'What became of one promotion on the receipt, in the order of calculation.',
  fields: (t) => ({
    promotionId: t.id({
      nullable: true,
      description: 'Null: it is new.',
      resolve: ({ promotionId, draft }) =>
        draft?.isNew === true ? null : globalId('Promotion', promotionId),
    }),
    draft: t.int({
      nullable: true,
      description: 'Position in draftPromotions; null: it is published.',
      resolve: ({ draft }) => draft?.index ?? null,
    }),
    title: t.exposeString('title'),
    applied: t.exposeBoolean('applied'),
    reason: t.field({
      type: TestedReasonType,
      nullable: true,
      description: 'The first that keeps it away; null where it applied.',
      resolve: ({ reason }) => reason,
    }),
    amount: t.field({ type: 'Money', resolve: ({ amount, currency }) => formatMoney(amount, currency) }),
    lines: t.field({
      type: [TestedLineType],
      resolve: ({ lines, currency }) => lines.map((line) => ({ ...line, currency })),
    }),
    points: t.exposeInt('points'),
    times: t.exposeInt('times'),
    promoCode: t.exposeString('code', { nullable: true }),
    missingGift: t.exposeBoolean('missingGift'),
  }),
});

const TestedEarningRuleType = builder
  .objectRef<EarningVerdict & { currency: string }>('TestedEarningRule')
  .implement({
    fields: (t) => ({
      rule: t.exposeString('rule'),
      name: t.exposeString('name'),
      base: t.field({
        type: 'Money',
        description: 'Of the lines it matched, what earns.',
        resolve: ({ baseMinor, currency }) => formatMoney(baseMinor, currency),
      }),
      factorBp: t.exposeInt('factorBp', { description: 'The multiplier of its lines: 15000 = ×1.5.' }),
      multipliedBy: t.field({
        type: ['String'],
        description: 'Codes of multipliers, ids of promotions.',
        resolve: ({ multipliedBy }) => [...multipliedBy],
      }),
      points: t.exposeInt('points', { description: 'After limits.' }),
      cut: t.exposeInt('cut', { description: 'Taken away by limits.' }),
      reason: t.string({ nullable: true, resolve: ({ reason }) => reason }),
    }),
  });

const TestedCutType = builder
  .objectRef<{ limit: string; rule: string; points: number }>('TestedCut')
  .implement({
    description: 'Points a limit took from a rule.',
    fields: (t) => ({
      limit: t.exposeString('limit'),
      rule: t.exposeString('rule'),
      points: t.exposeInt('points'),
    }),
  });

const ReceiptTestedType = builder.objectRef<ReceiptTested>('ReceiptTested').implement({
  description: 'A quote with the reasons of everything in it; its hash begins no order.',
  fields: (t) => ({
    quote: t.field({ type: OrderQuoteType, resolve: ({ order }) => order }),
    promotions: t.field({
      type: [TestedPromotionType],
      resolve: ({ order: { quote }, drafts }) =>
        quote.promotions.map((verdict) => ({
          ...verdict,
          currency: quote.currency,
          draft: drafts.get(verdict.promotionId) ?? null,
        })),
    }),
    earningRules: t.field({
      type: [TestedEarningRuleType],
      resolve: ({ order: { quote } }) =>
        quote.earning.verdicts.map((verdict) => ({ ...verdict, currency: quote.currency })),
    }),
    cuts: t.field({ type: [TestedCutType], resolve: ({ order }) => [...order.quote.earning.cuts] }),
  }),
});

builder.queryField('testReceipt', (t) =>
  t.field({
    type: builder.errorUnion('TestReceiptResult', { types: [ReceiptTestedType, InvalidInput] }),
    description:
      'What a basket would cost and bring, at any time, for anybody, by rules published or being written. Writes nothing.',
    authScopes: { can: 'offers.read' },
    args: { input: t.arg({ type: TestReceiptInput, required: true }) },
    resolve: (_root, { input }, ctx) => testReceipt(ctx, input),
  }),
);
