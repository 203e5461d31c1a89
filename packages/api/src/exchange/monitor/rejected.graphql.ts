import { InvalidInput, invalid, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { RecordStatusType } from '../../platform/graphql/record-status.ts';
import { InputProblemType } from '../../platform/graphql/refusal.ts';
import type { RejectedState } from '../../platform/intake/index.ts';
import { readTask, type TaskRow } from '../../platform/tasks/index.ts';
import { TaskType } from '../../platform/tasks/task.types.ts';
import { dismissRejected, type RecordDismissed } from './dismiss-rejected.ts';
import { listRejected } from './list-rejected.ts';
import { IntakeKindType } from './intake-kind.types.ts';
import { readRejected } from './read-rejected.ts';
import { replayAll } from './replay-all.ts';
import { replayRejected, type RecordReplayed } from './replay-rejected.ts';
import { contentOf, type RejectedRow } from './rejected-row.ts';
import { shownContent } from './shown-content.ts';

const RejectedStateType = builder.enumType('RejectedState', {
  description:
    'OPEN waits for somebody. REPLAYED: taken as it came. CORRECTED: brought right by its source, or edited and taken. DISMISSED: not to be taken.',
  values: ['OPEN', 'REPLAYED', 'CORRECTED', 'DISMISSED'] satisfies RejectedState[],
});

const RejectedRecordType = builder.objectRef<RejectedRow>('RejectedRecord').implement({
  description: 'A record a source brought that could not be taken.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('RejectedRecord', id) }),
    source: t.exposeString('source'),
    kind: t.expose('kind', { type: IntakeKindType }),
    key: t.string({
      nullable: true,
      description: 'By what its source knows it; null for people.',
      resolve: ({ kind, key }) => (kind === 'PROFILES' ? null : key),
    }),
    status: t.expose('status', { type: RecordStatusType }),
    problems: t.field({ type: [InputProblemType], resolve: ({ problems }) => problems }),
    state: t.expose('state', { type: RejectedStateType }),
    corrected: t.boolean({
      description: 'Edited here since it came.',
      resolve: ({ corrected }) => corrected,
    }),
    content: t.field({
      type: 'JSON',
      description: 'As it came or was edited last; what is personal as this caller may see it.',
      resolve: (row, _args, ctx) => shownContent(ctx, contentOf(ctx, row)),
    }),
    times: t.exposeInt('times', { description: 'How often it was refused.' }),
    receivedAt: t.expose('received_at', { type: 'DateTime' }),
    lastAt: t.expose('last_at', { type: 'DateTime' }),
    resolvedAt: t.expose('resolved_at', { type: 'DateTime', nullable: true }),
    resolvedBy: t.exposeString('resolved_by', { nullable: true, description: 'null: its source.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was dismissed.' }),
    version: t.exposeInt('version'),
  }),
});

const RejectedEdge = builder.edgeObject({ type: RejectedRecordType, name: 'RejectedRecordEdge' });
const RejectedConnection = builder.connectionObject(
  { type: RejectedRecordType, name: 'RejectedRecordConnection' },
  RejectedEdge,
);

builder.queryFields((t) => ({
  rejectedRecords: t.field({
    type: RejectedConnection,
    description: 'Those that came first, first.',
    authScopes: { can: 'imports.read' },
    complexity: pageCost,
    args: {
      source: t.arg.string(),
      kind: t.arg({ type: IntakeKindType }),
      states: t.arg({ type: [RejectedStateType] }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    resolve: (_root, args, ctx) => listRejected(ctx, args),
  }),
  rejectedRecord: t.field({
    type: RejectedRecordType,
    nullable: true,
    authScopes: { can: 'imports.read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'RejectedRecord');
      return local === null ? null : readRejected(ctx, local);
    },
  }),
}));

const RecordReplayedType = builder.objectRef<RecordReplayed>('RecordReplayed').implement({
  fields: (t) => ({
    taken: t.exposeBoolean('taken', { description: 'false: refused again, with its new reasons.' }),
    record: t.field({ type: RejectedRecordType, resolve: ({ record }) => record }),
  }),
});

const RecordDismissedType = builder.objectRef<RecordDismissed>('RecordDismissed').implement({
  fields: (t) => ({ record: t.field({ type: RejectedRecordType, resolve: ({ record }) => record }) }),
});

const ReplayRejectedInput = builder.inputType('ReplayRejectedRecordInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    content: t.field({
      type: 'JSON',
      description:
        'The record as edited; masks left as they were stand for what they hide. Absent: as it came.',
    }),
    version: t.int({ description: 'Needed with content.' }),
  }),
});

const DismissRejectedInput = builder.inputType('DismissRejectedRecordInput', {
  fields: (t) => ({ id: t.id({ required: true }), reason: t.string({ required: true }) }),
});

function rejectedId(id: string): string {
  const local = localId(id, 'RejectedRecord');
  if (local === null) throw invalid('id', 'UNKNOWN', 'is no refused record');
  return local;
}

builder.mutationFields((t) => ({
  replayRejectedRecord: t.field({
    type: builder.errorUnion('ReplayRejectedRecordResult', {
      types: [RecordReplayedType, VersionConflict, InvalidInput],
    }),
    authScopes: { can: 'imports.run' },
    args: { input: t.arg({ type: ReplayRejectedInput, required: true }) },
    resolve: (_root, { input: { id, content, version } }, ctx, { schema }) =>
      replayRejected(ctx, schema, { id: rejectedId(id), content, version }),
  }),
  dismissRejectedRecord: t.field({
    type: builder.errorUnion('DismissRejectedRecordResult', { types: [RecordDismissedType, InvalidInput] }),
    authScopes: { can: 'imports.run' },
    args: { input: t.arg({ type: DismissRejectedInput, required: true }) },
    resolve: (_root, { input }, ctx) => dismissRejected(ctx, { ...input, id: rejectedId(input.id) }),
  }),
  replayRejectedRecords: t.field({
    type: TaskType,
    description: 'Tries everything again that waits of one source.',
    authScopes: { can: 'imports.run' },
    args: { source: t.arg.string({ required: true }), kind: t.arg({ type: IntakeKindType, required: true }) },
    resolve: async (_root, { source, kind }, ctx) =>
      (await readTask(ctx, await replayAll(ctx, { source, kind }))) as TaskRow,
  }),
}));
