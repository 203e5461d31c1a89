import { InvalidInput, invalid, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { readTask, type TaskRow } from '../../platform/tasks/index.ts';
import { TaskType } from '../../platform/tasks/task.types.ts';
import { IntakeKindType } from '../monitor/intake-kind.types.ts';
import { saveSchedule } from './save-schedule.ts';
import type { ScheduleKind, ScheduleRow } from './schedule.ts';
import {
  deleteSchedule,
  listSchedules,
  readSchedule,
  runSchedule,
  takenFiles,
  type TakenFile,
} from './schedules.ts';

const SchedulePlaceType = builder.enumType('SchedulePlace', { values: ['FOLDER', 'URL'] as const });

const TakenFileType = builder.objectRef<TakenFile>('TakenFile').implement({
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Empty for an address.' }),
    takenAt: t.expose('taken_at', { type: 'DateTime' }),
    failureCode: t.exposeString('failure_code', { nullable: true, description: 'Why it could not be read.' }),
    accepted: t.exposeInt('accepted'),
    unchanged: t.exposeInt('unchanged'),
    refused: t.exposeInt('refused'),
  }),
});

const ScheduleType = builder.objectRef<ScheduleRow>('ExchangeSchedule').implement({
  description: 'Where the server looks for files by itself, and how often.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('ExchangeSchedule', id) }),
    name: t.exposeString('name'),
    source: t.exposeString('source'),
    kind: t.expose('kind', { type: IntakeKindType }),
    place: t.expose('place', { type: SchedulePlaceType }),
    location: t.exposeString('location', { description: 'A path inside IMPORT_DIR, or an https address.' }),
    pattern: t.exposeString('pattern'),
    presetId: t.id({ resolve: ({ preset_id }) => globalId('ImportPreset', preset_id) }),
    everyMinutes: t.exposeInt('every_minutes', { nullable: true }),
    cron: t.exposeString('cron', { nullable: true }),
    windowFrom: t.exposeString('window_from', {
      nullable: true,
      description: 'HH:MM on the wall of timeZone.',
    }),
    windowTo: t.exposeString('window_to', { nullable: true }),
    timeZone: t.exposeString('time_zone'),
    enabled: t.exposeBoolean('enabled'),
    nextAt: t.expose('next_at', { type: 'DateTime', nullable: true }),
    lastLookAt: t.expose('last_look_at', { type: 'DateTime', nullable: true }),
    lastSuccessAt: t.expose('last_success_at', { type: 'DateTime', nullable: true }),
    failures: t.exposeInt('failures', { description: 'In a row; each makes the next pause longer.' }),
    failureCode: t.exposeString('failure_code', { nullable: true }),
    failureText: t.exposeString('failure_text', { nullable: true }),
    files: t.field({
      type: [TakenFileType],
      description: 'What it took last, newest first, 50 at most.',
      resolve: ({ id }, _args, ctx) => takenFiles(ctx, id),
    }),
    lastTask: t.field({
      type: TaskType,
      nullable: true,
      resolve: ({ last_task_id }, _args, ctx) => (last_task_id === null ? null : readTask(ctx, last_task_id)),
    }),
    version: t.exposeInt('version'),
  }),
});

builder.queryFields((t) => ({
  exchangeSchedules: t.field({
    type: [ScheduleType],
    authScopes: { can: 'imports.read' },
    complexity: { field: 10, multiplier: 10 },
    resolve: (_root, _args, ctx) => listSchedules(ctx),
  }),
  exchangeSchedule: t.field({
    type: ScheduleType,
    nullable: true,
    authScopes: { can: 'imports.read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'ExchangeSchedule');
      return local === null ? null : readSchedule(ctx, local);
    },
  }),
}));

const SaveScheduleInput = builder.inputType('SaveExchangeScheduleInput', {
  fields: (t) => ({
    id: t.id({ description: 'Absent: a new one.' }),
    version: t.int({ description: 'Needed with id.' }),
    name: t.string({ required: true }),
    source: t.string({ required: true }),
    kind: t.field({ type: IntakeKindType, required: true }),
    place: t.field({ type: SchedulePlaceType, required: true }),
    location: t.string({ required: true }),
    pattern: t.string({ description: 'Which files of a folder: `orders-*.csv`; absent: all.' }),
    presetId: t.id(),
    everyMinutes: t.int({ description: 'This, or cron.' }),
    cron: t.string({ description: 'minute hour day month weekday, on the wall of timeZone.' }),
    windowFrom: t.string(),
    windowTo: t.string(),
    timeZone: t.string({ required: true }),
    enabled: t.boolean({ required: true }),
  }),
});

const ScheduleSaved = builder
  .objectRef<{ __typename: 'ExchangeScheduleSaved'; schedule: ScheduleRow }>('ExchangeScheduleSaved')
  .implement({
    fields: (t) => ({ schedule: t.field({ type: ScheduleType, resolve: ({ schedule }) => schedule }) }),
  });

const ScheduleDeleted = builder
  .objectRef<{ __typename: 'ExchangeScheduleDeleted'; id: string }>('ExchangeScheduleDeleted')
  .implement({ fields: (t) => ({ id: t.exposeID('id') }) });

const LookStarted = builder
  .objectRef<{ __typename: 'ExchangeLookStarted'; taskId: string }>('ExchangeLookStarted')
  .implement({
    fields: (t) => ({
      task: t.field({
        type: TaskType,
        resolve: async ({ taskId }, _args, ctx) => (await readTask(ctx, taskId)) as TaskRow,
      }),
    }),
  });

const KINDS: ReadonlySet<string> = new Set([
  'ORDERS',
  'PROFILES',
  'PRODUCTS',
  'EVENTS',
] satisfies ScheduleKind[]);

function scheduleKind(kind: string): ScheduleKind {
  if (!KINDS.has(kind)) throw invalid('kind', 'UNKNOWN', 'is not brought by files that are looked for');
  return kind as ScheduleKind;
}

function scheduleId(id: string): string {
  const local = localId(id, 'ExchangeSchedule');
  if (local === null) throw invalid('id', 'UNKNOWN', 'is no schedule');
  return local;
}

builder.mutationFields((t) => ({
  saveExchangeSchedule: t.field({
    type: builder.errorUnion('SaveExchangeScheduleResult', {
      types: [ScheduleSaved, VersionConflict, InvalidInput],
    }),
    authScopes: { can: 'imports.run' },
    args: { input: t.arg({ type: SaveScheduleInput, required: true }) },
    resolve: async (_root, { input }, ctx) => ({
      __typename: 'ExchangeScheduleSaved' as const,
      schedule: await saveSchedule(ctx, {
        ...input,
        id: input.id ? scheduleId(input.id) : null,
        version: input.version ?? null,
        kind: scheduleKind(input.kind),
        pattern: input.pattern ?? null,
        presetId: input.presetId ? localId(input.presetId, 'ImportPreset') : null,
        everyMinutes: input.everyMinutes ?? null,
        cron: input.cron ?? null,
        windowFrom: input.windowFrom ?? null,
        windowTo: input.windowTo ?? null,
      }),
    }),
  }),
  deleteExchangeSchedule: t.field({
    type: builder.errorUnion('DeleteExchangeScheduleResult', {
      types: [ScheduleDeleted, VersionConflict, InvalidInput],
    }),
    authScopes: { can: 'imports.run' },
    args: { id: t.arg.id({ required: true }), version: t.arg.int({ required: true }) },
    resolve: async (_root, { id, version }, ctx) => {
      await deleteSchedule(ctx, { id: scheduleId(id), version });
      return { __typename: 'ExchangeScheduleDeleted' as const, id };
    },
  }),
  runExchangeSchedule: t.field({
    type: builder.errorUnion('RunExchangeScheduleResult', { types: [LookStarted, InvalidInput] }),
    description: 'Looks now, whatever its times.',
    authScopes: { can: 'imports.run' },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, ctx) => ({
      __typename: 'ExchangeLookStarted' as const,
      taskId: await runSchedule(ctx, scheduleId(id)),
    }),
  }),
}));
