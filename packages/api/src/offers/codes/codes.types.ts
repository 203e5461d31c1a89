import { BrandType } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { FileType } from '../../platform/files/file.types.ts';
import { TaskType } from '../../platform/tasks/task.types.ts';
import { findFile } from '../../platform/files/index.ts';
import { ProfileType } from '../../profiles/index.ts';
import { PromotionType } from '../promotions/promotion.types.ts';
import { readPromotionsById, type PromotionRecord } from '../promotions/read-promotions.ts';
import { CODE_EVENTS, historyOf, type CodeEvent } from './desk/code-history.ts';
import { PoolEmpty, PromoCodeStateRefused } from './codes.errors.ts';
import { CODE_STATES, countUses, stateOf, type CodeRecord } from './desk/inspect-code.ts';
import type { PoolRow } from './pools/lock-pool.ts';
import { runningTasks } from './batches/running-tasks.ts';
import {
  batchesOf,
  countsOf,
  readPoolsById,
  wordsOf,
  type BatchRecord,
  type CodeCounts,
} from './pools/read-pools.ts';

export const PoolKindEnum = builder.enumType('PromoCodePoolKind', {
  description: 'GENERIC: words for everybody, used many times. SINGLE_USE: many codes, each used once.',
  values: ['GENERIC', 'SINGLE_USE'] as const,
});

const CountsType = builder.objectRef<CodeCounts>('PromoCodeCounts').implement({
  description: 'As it stands now.',
  fields: (t) => ({
    total: t.exposeInt('total'),
    free: t.exposeInt('free', { description: 'Wait to be issued.' }),
    issued: t.exposeInt('issued', { description: 'With people, not used.' }),
    held: t.exposeInt('held', { description: 'Promised to a purchase under way.' }),
    used: t.exposeInt('used', { description: 'Of words for everybody: times they were used.' }),
    expired: t.exposeInt('expired'),
    cancelled: t.exposeInt('cancelled'),
  }),
});

const BatchType = builder.objectRef<BatchRecord>('PromoCodeBatch').implement({
  description: 'Codes that came at once, or were taken out to be given away.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('PromoCodeBatch', id) }),
    kind: t.expose('kind', {
      type: builder.enumType('PromoCodeBatchKind', {
        values: ['GENERATED', 'IMPORTED', 'TYPED', 'EXPORTED'] as const,
      }),
    }),
    codes: t.exposeInt('codes'),
    refused: t.exposeInt('refused', { description: 'Rows of a file that were not taken.' }),
    file: t.field({
      type: FileType,
      nullable: true,
      resolve: ({ fileId }, _args, ctx) => (fileId === null ? null : findFile(ctx, fileId, 'FILES')),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

async function promotionsInOrder(ids: string[], ctx: Context): Promise<(PromotionRecord | null)[]> {
  const found = new Map((await readPromotionsById(ctx, ids)).map((promotion) => [promotion.id, promotion]));
  return ids.map((id) => found.get(id) ?? null);
}

export const PoolType = builder.objectRef<PoolRow>('PromoCodePool').implement({
  description: 'Codes of one promotion: how they look and how long they hold.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('PromoCodePool', id) }),
    brand: t.field({ type: BrandType, resolve: ({ brand_id }) => brand_id }),
    promotion: t.loadable({
      type: PromotionType,
      nullable: true,
      description: 'What a code gives.',
      load: promotionsInOrder,
      resolve: ({ promotion_id }) => promotion_id,
    }),
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: PoolKindEnum }),
    pattern: t.exposeString('pattern', {
      nullable: true,
      description:
        '`SALE-####-####`: each # is a sign of the alphabet. null: codes come from a file or are words.',
    }),
    alphabet: t.exposeString('alphabet'),
    timeZone: t.exposeString('time_zone', { description: 'Of the days codes end with.' }),
    validFrom: t.expose('valid_from', { type: 'DateTime', nullable: true }),
    validTo: t.expose('valid_to', { type: 'DateTime', nullable: true }),
    validDays: t.exposeInt('valid_days', { nullable: true, description: 'After a code is issued.' }),
    usesTotal: t.exposeInt('uses_total', { nullable: true, description: 'Of each word; null: no limit.' }),
    usesPerShopper: t.exposeInt('uses_per_shopper', { nullable: true }),
    freeOnReturn: t.exposeBoolean('free_on_return', {
      description: 'A code works again when its purchase came back whole.',
    }),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    createdAt: t.expose('created_at', { type: 'DateTime' }),
    archivedAt: t.expose('archived_at', {
      type: 'DateTime',
      nullable: true,
      description: 'None of its codes works since.',
    }),
    counts: t.loadable({
      type: CountsType,
      load: (ids: string[], ctx) => countsOf(ctx, ids),
      resolve: ({ id }) => id,
    }),
    words: t.stringList({
      description: 'Of a GENERIC pool: what people type.',
      resolve: ({ id, kind }, _args, ctx) => (kind === 'GENERIC' ? wordsOf(ctx, id) : []),
    }),
    batches: t.field({
      type: [BatchType],
      description: 'The latest hundred.',
      resolve: ({ id }, _args, ctx) => batchesOf(ctx, id),
    }),
    runningTasks: t.field({
      type: [TaskType],
      description: 'What is being made, imported or exported right now.',
      resolve: ({ id }, _args, ctx) => runningTasks(ctx, id),
    }),
  }),
});

const EventType = builder.objectRef<CodeEvent>('PromoCodeEvent');

export { EventType as PromoCodeEventType };

builder.objectType(EventType, {
  description: 'One thing that happened to a code.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    kind: t.expose('kind', { type: builder.enumType('PromoCodeEventKind', { values: CODE_EVENTS }) }),
    by: t.exposeString('by', { nullable: true, description: 'Who of the staff.' }),
    reason: t.exposeString('reason', { nullable: true }),
  }),
});

const CodeType = builder.objectRef<CodeRecord>('PromoCode');

export { CodeType as PromoCodeType };

builder.objectType(CodeType, {
  description: 'One promo code and what became of it.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('PromoCode', id) }),
    code: t.exposeString('code', { description: 'As it is printed.' }),
    pool: t.loadable({
      type: PoolType,
      load: async (ids: string[], ctx) => {
        const pools = new Map((await readPoolsById(ctx, ids)).map((pool) => [pool.id, pool]));
        return ids.map((id) => pools.get(id) ?? new Error('a code without a pool'));
      },
      resolve: ({ pool_id }) => pool_id,
    }),
    state: t.field({
      type: builder.enumType('PromoCodeState', { values: CODE_STATES }),
      description: 'As it stands now: whatever has run out is told as such.',
      resolve: (code, _args, ctx) => stateOf(code, ctx.clock.now()),
    }),
    profile: t.field({
      type: ProfileType,
      nullable: true,
      description: 'Whose it is; null: whoever has it, or nobody this caller may see.',
      resolve: ({ profile_id }) => profile_id,
    }),
    personal: t.boolean({
      description: 'It works for one shopper only.',
      resolve: ({ profile_id }) => profile_id !== null,
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was issued.' }),
    issuedAt: t.expose('issued_at', { type: 'DateTime', nullable: true }),
    validFrom: t.expose('from', { type: 'DateTime', nullable: true }),
    expiresAt: t.expose('to', { type: 'DateTime', nullable: true }),
    uses: t.int({
      description: 'Times it was used and not given back.',
      resolve: (code, _args, ctx) => countUses(ctx, code),
    }),
    history: t.field({
      type: [EventType],
      description: 'The newest first; of a word for everybody the latest fifty uses.',
      resolve: (code, _args, ctx) => historyOf(ctx, code),
    }),
  }),
});

builder.objectType(PoolEmpty, {
  name: 'PoolEmpty',
  description: 'No code waits in the pool, and there is no pattern to make one by.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ pool: t.exposeString('pool') }),
});

builder.objectType(PromoCodeStateRefused, {
  name: 'PromoCodeStateRefused',
  interfaces: [RefusalInterface],
  fields: (t) => ({ state: t.exposeString('state', { description: 'A PromoCodeState.' }) }),
});
