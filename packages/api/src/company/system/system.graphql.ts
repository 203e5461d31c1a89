import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { SystemHealthType } from '../company.types.ts';
import type { DatabaseHealth, OutboxHealth } from './database-health.ts';
import type { DiskHealth, ProcessHealth } from './process-health.ts';
import { readHealth } from './read-health.ts';
import { settleJob, type FailedJob, type WorkerHealth } from './worker-jobs.ts';

const ProcessHealthType = builder.objectRef<ProcessHealth>('ProcessHealth').implement({
  description: 'Of the process that answers.',
  fields: (t) => ({
    nodeVersion: t.exposeString('nodeVersion'),
    uptimeSeconds: t.exposeInt('uptimeSeconds'),
    memoryBytes: t.exposeFloat('memoryBytes'),
    heapBytes: t.exposeFloat('heapBytes'),
    eventLoopDelayP50Ms: t.exposeInt('eventLoopDelayP50Ms', {
      description: 'How late timers came since the last look, beyond the measure itself.',
    }),
    eventLoopDelayP99Ms: t.exposeInt('eventLoopDelayP99Ms'),
  }),
});

const DiskHealthType = builder.objectRef<DiskHealth>('DiskHealth').implement({
  description: 'Of the disk that holds DATA_DIR.',
  fields: (t) => ({ freeBytes: t.exposeFloat('freeBytes'), totalBytes: t.exposeFloat('totalBytes') }),
});

const TableSize = builder.objectRef<DatabaseHealth['largestTables'][number]>('TableSize').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    bytes: t.exposeFloat('bytes', { description: 'With indexes.' }),
    rows: t.exposeFloat('rows', { description: 'Estimated.' }),
  }),
});

const MigrationType = builder.objectRef<DatabaseHealth['migrations'][number]>('Migration').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    executedAt: t.expose('executedAt', { type: 'DateTime' }),
  }),
});

const DatabaseHealthType = builder.objectRef<DatabaseHealth>('DatabaseHealth').implement({
  fields: (t) => ({
    version: t.exposeString('version'),
    bytes: t.exposeFloat('bytes'),
    connections: t.exposeInt('connections'),
    connectionsAtMost: t.exposeInt('connectionsAtMost'),
    largestTables: t.field({ type: [TableSize], resolve: ({ largestTables }) => largestTables }),
    migrations: t.field({ type: [MigrationType], resolve: ({ migrations }) => migrations }),
  }),
});

const OutboxHealthType = builder.objectRef<OutboxHealth>('OutboxHealth').implement({
  description: 'Events on their way to those who react.',
  fields: (t) => ({
    waiting: t.exposeInt('waiting'),
    failing: t.exposeInt('failing', { description: 'Tried before; tried again by themselves.' }),
    oldestAt: t.expose('oldestAt', { type: 'DateTime', nullable: true }),
    failure: t.exposeString('failure', { nullable: true, description: 'Of the oldest that failed.' }),
  }),
});

const FailedJobType = builder.objectRef<FailedJob>('FailedJob').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    attempts: t.exposeInt('attempts'),
    attemptsAtMost: t.exposeInt('attemptsAtMost'),
    gaveUp: t.exposeBoolean('gaveUp', { description: 'No further try comes by itself.' }),
    failure: t.exposeString('failure'),
    runAt: t.expose('runAt', { type: 'DateTime', description: 'Of the next try, by the wall clock.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const WorkerHealthType = builder.objectRef<WorkerHealth>('WorkerHealth').implement({
  fields: (t) => ({
    waiting: t.exposeInt('waiting', { description: 'Due and not taken up yet.' }),
    running: t.exposeInt('running'),
    scheduled: t.exposeInt('scheduled', { description: 'For a later moment.' }),
    failed: t.field({
      type: [FailedJobType],
      description: 'The newest first, at most fifty.',
      resolve: ({ failed }) => failed,
    }),
  }),
});

builder.objectType(SystemHealthType, {
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Of this product.' }),
    mode: t.exposeString('mode', { description: '`demo` or `production`.' }),
    now: t.expose('now', { type: 'DateTime', description: "The company's clock." }),
    clockAheadSeconds: t.exposeInt('clockAheadSeconds', { description: "How far a demo's clock was moved." }),
    process: t.expose('process', { type: ProcessHealthType }),
    disk: t.expose('disk', { type: DiskHealthType, nullable: true }),
    database: t.expose('database', { type: DatabaseHealthType }),
    outbox: t.expose('outbox', { type: OutboxHealthType }),
    worker: t.expose('worker', { type: WorkerHealthType }),
  }),
});

builder.queryField('systemHealth', (t) =>
  t.field({
    type: SystemHealthType,
    authScopes: { can: 'system.read' },
    resolve: (_root, _args, ctx) => readHealth(ctx),
  }),
);

const JobSettled = builder.objectRef<{ __typename: 'JobSettled'; id: string }>('JobSettled').implement({
  fields: (t) => ({ id: t.exposeID('id') }),
});

const SettleHow = builder.enumType('SettleJob', {
  description: 'RETRY: now, with all its tries. DROP: it is given up.',
  values: ['RETRY', 'DROP'] as const,
});

builder.mutationField('settleJob', (t) =>
  t.field({
    type: builder.errorUnion('SettleJobResult', { types: [JobSettled, InvalidInput] }),
    description: 'What becomes of a failed job.',
    args: { id: t.arg.id({ required: true }), how: t.arg({ type: SettleHow, required: true }) },
    authScopes: { can: 'system.read' },
    resolve: async (_root, { id, how }, ctx) => {
      await settleJob(ctx, { id, how });
      return { __typename: 'JobSettled' as const, id };
    },
  }),
);
