import { formatMoney } from '@clientele/shared/money';
import { StoreType } from '../../company/index.ts';
import { IncidentType, ProgramType } from '../../loyalty/index.ts';
import { ProfileType } from '../../profiles/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { OrderType } from '../orders.types.ts';
import type { CountedRun, RetroSample } from './retro.ts';
import {
  listRetroRuns,
  readRetroRun,
  resultOf,
  type RetroResult,
  type RetroRunRecord,
} from './retro-runs.ts';
import { executeRetroRun, planRetroRun, undoRetroRun, type RetroRunStarted } from './steer-run.ts';

builder.objectFields(IncidentType, (t) => ({
  order: t.field({ type: OrderType, nullable: true, resolve: ({ orderId }) => orderId }),
}));

const RetroRunStateType = builder.enumType('RetroRunState', {
  values: ['COUNTING', 'COUNTED', 'RUNNING', 'DONE', 'UNDOING', 'UNDONE'] as const,
});

const SampleType = builder.objectRef<RetroSample>('RetroSample').implement({
  fields: (t) => ({
    profile: t.field({ type: ProfileType, nullable: true, resolve: ({ profileId }) => profileId }),
    orders: t.exposeInt('orders'),
    points: t.exposeInt('points'),
    cut: t.exposeInt('cut'),
  }),
});

const WorthType = builder.objectRef<CountedRun['worth'][number]>('RetroWorth').implement({
  description: 'What the company would owe more; see `Liability`.',
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    net: t.field({ type: 'Money', resolve: ({ net, currency }) => formatMoney(net, currency) }),
    gross: t.field({ type: 'Money', resolve: ({ gross, currency }) => formatMoney(gross, currency) }),
  }),
});

const CountedType = builder.objectRef<CountedRun>('RetroCount').implement({
  description: 'What a dry run found.',
  fields: (t) => ({
    customers: t.exposeInt('customers'),
    orders: t.exposeInt('orders'),
    points: t.exposeFloat('points'),
    cut: t.exposeFloat('cut', { description: 'Points the cap leaves ungranted.' }),
    capped: t.exposeInt('capped', { description: 'Customers whom the cap concerns.' }),
    blocked: t.exposeInt('blocked', { description: 'Customers whose account is blocked: they get nothing.' }),
    nothing: t.exposeInt('nothing', { description: 'Purchases that earn nothing by the rules.' }),
    worth: t.field({ type: [WorthType], resolve: ({ worth }) => worth }),
    samples: t.field({
      type: [SampleType],
      description: 'Those who get most.',
      resolve: ({ samples }) => samples,
    }),
  }),
});

const ResultType = builder.objectRef<RetroResult>('RetroResult').implement({
  fields: (t) => ({
    customers: t.exposeInt('customers'),
    orders: t.exposeInt('orders'),
    points: t.exposeFloat('points'),
    cut: t.exposeFloat('cut'),
    undone: t.exposeFloat('undone', { description: 'Points taken back.' }),
  }),
});

const RetroRunType = builder.objectRef<RetroRunRecord>('RetroRun').implement({
  description: 'Points for purchases of the past: first counted, then granted.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('RetroRun', id) }),
    program: t.field({ type: ProgramType, resolve: ({ program_id }) => program_id }),
    state: t.expose('state', { type: RetroRunStateType }),
    taskId: t.id({
      description: 'What works at it, or did last: see `task`.',
      resolve: ({ task_id }) => globalId('Task', task_id),
    }),
    from: t.field({ type: 'DateTime', resolve: ({ parameters }) => new Date(parameters.from) }),
    to: t.field({ type: 'DateTime', resolve: ({ parameters }) => new Date(parameters.to) }),
    sources: t.stringList({ nullable: true, resolve: ({ parameters }) => parameters.sources }),
    stores: t.field({
      type: [StoreType],
      nullable: true,
      resolve: ({ parameters }) => parameters.storeIds,
    }),
    capPerCustomer: t.int({ nullable: true, resolve: ({ parameters }) => parameters.capPerCustomer }),
    versionNumber: t.int({
      nullable: true,
      description: 'null: of each purchase the version that was valid when it was made.',
      resolve: async ({ program_id, parameters }, _args, ctx) => {
        const row = await ctx.sql
          .selectFrom('program_version')
          .select('number')
          .where('program_id', '=', program_id)
          .where('id', '=', parameters.versionId)
          .executeTakeFirst();
        return row?.number ?? null;
      },
    }),
    freezeDays: t.int({ nullable: true, resolve: ({ parameters }) => parameters.freezeDays }),
    counted: t.expose('counted', { type: CountedType, nullable: true }),
    countedAt: t.expose('counted_at', { type: 'DateTime', nullable: true }),
    result: t.field({ type: ResultType, resolve: ({ id }, _args, ctx) => resultOf(ctx, id) }),
    createdAt: t.expose('created_at', { type: 'DateTime' }),
    plannedBy: t.exposeString('plannerName', { nullable: true }),
    executedBy: t.exposeString('executorName', { nullable: true }),
    executedAt: t.expose('executed_at', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finished_at', { type: 'DateTime', nullable: true }),
    undoReason: t.exposeString('undo_reason', { nullable: true }),
    undoneAt: t.expose('undone_at', { type: 'DateTime', nullable: true }),
  }),
});

builder.queryFields((t) => ({
  retroRuns: t.connection({
    type: RetroRunType,
    description: 'The newest first. Nothing for who sees some stores only.',
    authScopes: { can: 'loyalty.read' },
    complexity: (args) => pageCost(args),
    resolve: (_root, args, ctx) => listRetroRuns(ctx, args),
  }),
  retroRun: t.field({
    type: RetroRunType,
    nullable: true,
    authScopes: { can: 'loyalty.read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => readRetroRun(ctx, runOf(id)),
  }),
}));

const StartedType = builder.objectRef<RetroRunStarted>('RetroRunStarted').implement({
  fields: (t) => ({
    run: t.field({ type: RetroRunType, resolve: ({ run }) => run }),
    taskId: t.id({ resolve: ({ taskId }) => globalId('Task', taskId) }),
  }),
});
const StartedResult = builder.errorUnion('RetroRunResult', { types: [StartedType, InvalidInput] });

const PlanRetroRunInput = builder.inputType('PlanRetroRunInput', {
  description: 'Purchases of somebody known that earned nothing. No messages are sent.',
  fields: (t) => ({
    programId: t.id({ required: true }),
    from: t.field({ type: 'DateTime', required: true }),
    to: t.field({ type: 'DateTime', required: true, description: 'Not included.' }),
    sources: t.stringList({ description: 'Systems that recorded them; absent: any.' }),
    storeIds: t.idList({ description: 'Absent: every store of the program.' }),
    capPerCustomer: t.int({ description: 'Points; absent: no cap.' }),
    versionNumber: t.int({ description: 'Absent: the version that was valid when the purchase was made.' }),
    freezeDays: t.int({
      description:
        'From the granting on; absent: the version’s, from the purchase on, never before the granting.',
    }),
  }),
});

builder.mutationFields((t) => ({
  planRetroRun: t.field({
    type: StartedResult,
    description: 'A dry run in the background: it grants nothing.',
    authScopes: { can: 'loyalty.write' },
    args: { input: t.arg({ type: PlanRetroRunInput, required: true }) },
    resolve: (_root, { input }, ctx) =>
      planRetroRun(ctx, {
        ...input,
        programId: localId(input.programId, 'Program') ?? '',
        sources: input.sources ?? null,
        storeIds: input.storeIds?.map((id) => localId(id, 'Store') ?? '') ?? null,
        versionNumber: input.versionNumber ?? null,
        capPerCustomer: input.capPerCustomer ?? null,
        freezeDays: input.freezeDays ?? null,
      }),
  }),
  executeRetroRun: t.field({
    type: StartedResult,
    description: 'Grants what the dry run counted; one that was cut off goes on.',
    authScopes: { can: 'loyalty.write' },
    args: { runId: t.arg.id({ required: true }) },
    resolve: (_root, { runId }, ctx) => executeRetroRun(ctx, { runId: runOf(runId) }),
  }),
  undoRetroRun: t.field({
    type: StartedResult,
    description: 'Takes back what is unspent, by corrections with this reason.',
    authScopes: { can: 'loyalty.write' },
    args: { runId: t.arg.id({ required: true }), reason: t.arg.string({ required: true }) },
    resolve: (_root, { runId, reason }, ctx) => undoRetroRun(ctx, { runId: runOf(runId), reason }),
  }),
}));

function runOf(id: string): string {
  return localId(id, 'RetroRun') ?? '';
}
