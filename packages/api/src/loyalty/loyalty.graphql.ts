import type { Moment } from '@clientele/shared/points';
import { TillType } from '../company/index.ts';
import type { Context } from '../platform/context.ts';
import { builder } from '../platform/graphql/builder.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../platform/graphql/paging.ts';
import { RefusalInterface } from '../platform/graphql/refusal.ts';
import { historyReason, readHistory } from './account/history.ts';
import { AccountBlocked, ApprovalRequired, InsufficientPoints } from './loyalty.errors.ts';
import {
  LedgerEntryType,
  LoyaltyAccountType,
  PointsLimitType,
  ProgramModeType,
  ProgramType,
} from './loyalty.types.ts';
import { modeAt, programOfBrand, versionAt, type ProgramRecord } from './program/programs.ts';
import { rulesText, type Language } from './program/rules-text.ts';
import { tierOf } from './tiers/read-tiers.ts';
import { TierType } from './tiers/tier.types.ts';

function languageOf(ctx: Context): Language {
  return ctx.actor.till?.language === 'en' ? 'en' : 'ru';
}

const RulesLanguage = builder.enumType('RulesLanguage', { values: ['ru', 'en'] as const });

builder.objectType(ProgramType, {
  fields: (t) => ({
    name: t.exposeString('name'),
    mode: t.field({
      type: ProgramModeType,
      description: 'As it is now: EARN_ONLY becomes LIVE at `liveAt` by itself.',
      resolve: (program, _args, ctx) => modeAt(program, ctx.clock.now()),
    }),
    liveAt: t.expose('liveAt', { type: 'DateTime', nullable: true }),
    rules: t.string({
      description: 'For shoppers and cashiers, a sentence a line.',
      args: {
        language: t.arg({ type: RulesLanguage, description: 'Of the till where absent, else Russian.' }),
      },
      resolve: (program, { language }, ctx) => rulesOf(program, ctx, language ?? languageOf(ctx)),
    }),
  }),
});

async function rulesOf(program: ProgramRecord, ctx: Context, language: Language): Promise<string> {
  const now = ctx.clock.now();
  const settings = versionAt(program, now)?.settings;
  if (settings === undefined) return '';
  const currency = ctx.actor.till?.currency ?? (await currencyOfBrand(ctx, program.brandId));
  return rulesText(settings, {
    language,
    currency,
    mode: modeAt(program, now),
    liveAt: program.liveAt,
  });
}

/** Of its first store. */
async function currencyOfBrand(ctx: Context, brandId: string): Promise<string> {
  const store = await ctx.sql
    .selectFrom('store')
    .select('currency')
    .where('brand_id', '=', brandId)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return store?.currency ?? '';
}

builder.objectFields(TillType, (t) => ({
  program: t.field({
    type: ProgramType,
    nullable: true,
    resolve: (till, _args, ctx) => programOfBrand(ctx, till.store.brandId),
  }),
}));

const AccountStatusType = builder.enumType('AccountStatus', {
  values: ['ACTIVE', 'BLOCKED', 'CLOSED'] as const,
});

const PointsAt = builder.objectRef<Moment>('PointsAt').implement({
  fields: (t) => ({
    points: t.exposeInt('points'),
    at: t.field({ type: 'DateTime', resolve: (moment) => new Date(moment.at) }),
  }),
});

builder.objectType(LedgerEntryType, {
  fields: (t) => ({
    kind: t.exposeString('kind'),
    points: t.exposeInt('points', {
      description:
        'What was gained or lost; of points that only moved (HOLD, RELEASE, ACTIVATE, DEBT_REPAY) the change of what can be spent.',
    }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
    reason: t.string({ resolve: (entry, _args, ctx) => historyReason(entry, languageOf(ctx)) }),
    activeAfter: t.exposeInt('activeAfter'),
  }),
});

const LedgerEntryEdge = builder.edgeObject({ name: 'LedgerEntryEdge', type: LedgerEntryType });
const LedgerEntryConnection = builder.connectionObject(
  { name: 'LedgerEntryConnection', type: LedgerEntryType },
  LedgerEntryEdge,
);

builder.objectType(LoyaltyAccountType, {
  fields: (t) => ({
    program: t.field({ type: ProgramType, resolve: (account) => account.programId }),
    status: t.expose('status', { type: AccountStatusType }),
    active: t.exposeInt('active'),
    pending: t.exposeInt('pending'),
    held: t.exposeInt('held'),
    debt: t.exposeInt('debt', { description: 'Points owed, ≥ 0.' }),
    available: t.exposeInt('available', {
      description: 'What can be spent now: 0 if blocked or not live, else active.',
    }),
    nextActivation: t.expose('nextActivation', { type: PointsAt, nullable: true }),
    nextExpiry: t.expose('nextExpiry', { type: PointsAt, nullable: true }),
    tier: t.field({
      type: TierType,
      nullable: true,
      resolve: (account, _args, ctx) => tierOf(ctx, account),
    }),
    entries: t.field({
      type: LedgerEntryConnection,
      description: 'What happened to the balance, the newest first.',
      args: { first: t.arg.int(), after: t.arg.string() },
      complexity: pageCost,
      resolve: async (account, { first, after }, ctx) => {
        const size = pageSize(first);
        const [postedAt, id] = keysOf(after, 2) ?? [];
        const before = postedAt !== undefined && id !== undefined ? { postedAt, id } : null;
        const rows = await readHistory(ctx, account, size + 1, before);
        return pageOf(rows, size, before !== null, (entry) => cursorOf(entry.postedAt, entry.id));
      },
    }),
  }),
});

builder.objectType(InsufficientPoints, {
  name: 'InsufficientPoints',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    requested: t.exposeInt('requested'),
    available: t.exposeInt('available'),
    max: t.exposeInt('max'),
    limits: t.field({ type: [PointsLimitType], resolve: (refusal) => [...refusal.limits] }),
  }),
});

builder.objectType(AccountBlocked, { name: 'AccountBlocked', interfaces: [RefusalInterface] });

builder.objectType(ApprovalRequired, {
  name: 'ApprovalRequired',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    requestId: t.exposeID('requestId'),
    correctionId: t.id({
      description: 'What waits: see `corrections`.',
      resolve: ({ correctionId }) => globalId('Correction', correctionId),
    }),
  }),
});
