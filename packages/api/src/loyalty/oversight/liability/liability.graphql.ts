import { formatMoney } from '@clientele/shared/money';
import { InvalidInput } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId, localId } from '../../../platform/graphql/global-id.ts';
import { ProgramType } from '../../loyalty.types.ts';
import { startLiabilityExport } from './export-liability.ts';
import { fixLiabilityRates, type FixedRates } from './liability-rates.ts';
import type { MeasuredRates, Rates } from './liability.ts';
import {
  readLiability,
  type LiabilityRecord,
  type MonthOfFlow,
  type Worth,
  type WorthOfMonth,
} from './read-liability.ts';

const WorthType = builder.objectRef<Worth>('PointsWorth').implement({
  description: 'What points are worth in one currency; of several currencies they can be spent in one.',
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    net: t.field({
      type: 'Money',
      description: '(active + held + pending · q) · value · URR',
      resolve: ({ net, currency }) => formatMoney(net, currency),
    }),
    gross: t.field({
      type: 'Money',
      description: 'The same if every point is spent in the end.',
      resolve: ({ gross, currency }) => formatMoney(gross, currency),
    }),
  }),
});

const MonthType = builder.objectRef<WorthOfMonth>('LiabilityMonth').implement({
  fields: (t) => ({
    month: t.exposeString('month', { nullable: true, description: '`2026-11`; null: never.' }),
    active: t.exposeFloat('active'),
    pending: t.exposeFloat('pending'),
    held: t.exposeFloat('held'),
    worth: t.field({ type: [WorthType], resolve: ({ worth }) => worth }),
  }),
});

const FlowType = builder.objectRef<MonthOfFlow>('PointsFlowMonth').implement({
  description: 'What became of points in a month, by when it was booked.',
  fields: (t) => ({
    month: t.exposeString('month'),
    activated: t.exposeFloat('activated', {
      description: 'Granted points that could be spent from then on.',
    }),
    captured: t.exposeFloat('captured'),
    restored: t.exposeFloat('restored'),
    expired: t.exposeFloat('expired'),
    redemptionBp: t.exposeInt('redemptionBp', {
      nullable: true,
      description: 'N11: (captured − restored) / activated, basis points.',
    }),
    breakageBp: t.exposeInt('breakageBp', { nullable: true, description: 'N12: expired / activated.' }),
  }),
});

const RatesType = builder.objectRef<Rates>('LiabilityRates').implement({
  description: 'Basis points.',
  fields: (t) => ({
    pendingBp: t.exposeInt('pendingBp', {
      description: 'q: the share of frozen points that survives returns.',
    }),
    redemptionBp: t.exposeInt('redemptionBp', {
      description: 'URR: the share of points that is spent in the end.',
    }),
  }),
});

const MeasuredType = builder.objectRef<MeasuredRates>('MeasuredLiabilityRates').implement({
  fields: (t) => ({
    from: t.exposeString('from', { description: 'First month of the window.' }),
    to: t.exposeString('to'),
    pendingBp: t.exposeInt('pendingBp'),
    redemptionBp: t.exposeInt('redemptionBp'),
    pendingIsCautious: t.exposeBoolean('pendingIsCautious', {
      description: 'There is nothing to measure it by: it is taken as whole.',
    }),
    redemptionIsCautious: t.exposeBoolean('redemptionIsCautious', {
      description: 'The program is younger than six months: it is taken as whole.',
    }),
  }),
});

const FixedType = builder.objectRef<FixedRates>('FixedLiabilityRates').implement({
  description: 'null: as measured.',
  fields: (t) => ({
    pendingBp: t.exposeInt('pendingBp', { nullable: true }),
    redemptionBp: t.exposeInt('redemptionBp', { nullable: true }),
  }),
});

const PointValueType = builder.objectRef<{ currency: string; minor: number }>('PointValue').implement({
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    amount: t.field({ type: 'Money', resolve: ({ currency, minor }) => formatMoney(minor, currency) }),
  }),
});

const LiabilityType = builder.objectRef<LiabilityRecord>('Liability').implement({
  description: 'What a program owes to its shoppers, by a snapshot.',
  fields: (t) => ({
    program: t.field({ type: ProgramType, resolve: ({ programId }) => programId }),
    takenAt: t.expose('takenAt', { type: 'DateTime' }),
    accounts: t.exposeFloat('accounts', { description: 'With points.' }),
    active: t.exposeFloat('active'),
    pending: t.exposeFloat('pending'),
    held: t.exposeFloat('held'),
    debt: t.exposeFloat('debt', { description: 'Owed by shoppers; no part of the liability.' }),
    pointValues: t.field({ type: [PointValueType], resolve: ({ pointValues }) => pointValues }),
    measured: t.field({ type: MeasuredType, resolve: ({ measured }) => measured }),
    fixed: t.field({ type: FixedType, resolve: ({ fixed }) => fixed }),
    used: t.field({ type: RatesType, resolve: ({ used }) => used }),
    worth: t.field({ type: [WorthType], resolve: ({ worth }) => worth }),
    byExpiry: t.field({ type: [MonthType], resolve: ({ byExpiry }) => byExpiry }),
    byActivation: t.field({
      type: [MonthType],
      description: 'Only what is frozen.',
      resolve: ({ byActivation }) => byActivation,
    }),
    months: t.field({ type: [FlowType], resolve: ({ months }) => months }),
  }),
});

builder.queryField('liability', (t) =>
  t.field({
    type: LiabilityType,
    nullable: true,
    description: 'null: no such program for this caller, or they see some stores only.',
    authScopes: { can: 'loyalty.read' },
    args: { programId: t.arg.id({ required: true }) },
    resolve: (_root, { programId }, ctx) => readLiability(ctx, programOf(programId)),
  }),
);

const LiabilityFileLanguage = builder.enumType('LiabilityFileLanguage', {
  values: ['RU', 'EN'] as const,
});

const LiabilityCounted = builder
  .objectRef<{ __typename: 'LiabilityCounted'; liability: LiabilityRecord | null }>('LiabilityCounted')
  .implement({
    fields: (t) => ({
      liability: t.field({ type: LiabilityType, nullable: true, resolve: ({ liability }) => liability }),
    }),
  });

const LiabilityExportStarted = builder
  .objectRef<{ __typename: 'LiabilityExportStarted'; taskId: string }>('LiabilityExportStarted')
  .implement({
    fields: (t) => ({ taskId: t.id({ resolve: ({ taskId }) => globalId('Task', taskId) }) }),
  });

const FixLiabilityRatesInput = builder.inputType('FixLiabilityRatesInput', {
  description: 'Basis points; null: as measured.',
  fields: (t) => ({
    programId: t.id({ required: true }),
    pendingBp: t.int(),
    redemptionBp: t.int(),
  }),
});

builder.mutationFields((t) => ({
  recountLiability: t.field({
    type: LiabilityCounted,
    description: 'A snapshot of this moment.',
    authScopes: { can: 'loyalty.read' },
    args: { programId: t.arg.id({ required: true }) },
    resolve: async (_root, { programId }, ctx) => ({
      __typename: 'LiabilityCounted' as const,
      liability: await readLiability(ctx, programOf(programId), true),
    }),
  }),
  fixLiabilityRates: t.field({
    type: builder.errorUnion('FixLiabilityRatesResult', { types: [LiabilityCounted, InvalidInput] }),
    authScopes: { can: 'loyalty.write' },
    args: { input: t.arg({ type: FixLiabilityRatesInput, required: true }) },
    resolve: async (_root, { input }, ctx) => {
      const programId = programOf(input.programId);
      const { pendingBp = null, redemptionBp = null } = input;
      await fixLiabilityRates(ctx, { programId, pendingBp, redemptionBp });
      return { __typename: 'LiabilityCounted' as const, liability: await readLiability(ctx, programId) };
    },
  }),
  startLiabilityExport: t.field({
    type: builder.errorUnion('StartLiabilityExportResult', { types: [LiabilityExportStarted, InvalidInput] }),
    description: 'A CSV file, in the background.',
    authScopes: { can: 'loyalty.read' },
    args: {
      programId: t.arg.id({ required: true }),
      language: t.arg({ type: LiabilityFileLanguage, required: true }),
    },
    resolve: async (_root, { programId, language }, ctx) => ({
      __typename: 'LiabilityExportStarted' as const,
      taskId: await startLiabilityExport(ctx, {
        programId: programOf(programId),
        language: language === 'RU' ? 'ru' : 'en',
      }),
    }),
  }),
}));

function programOf(id: string): string {
  return localId(id, 'Program') ?? '';
}
