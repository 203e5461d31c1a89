import { FileLanguageType } from '../../profiles/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { readTask, type TaskRow } from '../../platform/tasks/index.ts';
import { TaskType } from '../../platform/tasks/task.types.ts';
import { SegmentType } from '../definitions/segment.types.ts';
import { SegmentInUse } from '../segments.errors.ts';
import { startSegmentExport } from './export-segment.ts';
import { deleteSnapshot, readSnapshots, takeSnapshot, type SnapshotRecord } from './take-snapshot.ts';

const Snapshot = builder.objectRef<SnapshotRecord>('SegmentSnapshot').implement({
  description: 'Who was in a segment at a moment.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('SegmentSnapshot', id) }),
    name: t.exposeString('name'),
    size: t.exposeInt('size', { description: 'People when it was taken.' }),
    takenAt: t.expose('takenAt', { type: 'DateTime' }),
    takenBy: t.exposeString('takenBy', { nullable: true, description: 'Name of who.' }),
  }),
});

builder.objectField(SegmentType, 'snapshots', (t) =>
  t.field({
    type: [Snapshot],
    description: 'The newest first, 200 at most.',
    resolve: ({ id }, _args, ctx) => readSnapshots(ctx, { segmentId: id }),
  }),
);

const Taken = builder
  .objectRef<{ __typename: 'SegmentSnapshotTaken'; id: string }>('SegmentSnapshotTaken')
  .implement({
    fields: (t) => ({
      snapshot: t.field({
        type: Snapshot,
        resolve: async ({ id }, _args, ctx) => {
          const [snapshot] = await readSnapshots(ctx, { id });
          if (snapshot === undefined) throw new Error('a snapshot just taken is gone');
          return snapshot;
        },
      }),
    }),
  });

const Deleted = builder
  .objectRef<{ __typename: 'SegmentSnapshotDeleted'; deleted: boolean }>('SegmentSnapshotDeleted')
  .implement({
    fields: (t) => ({ deleted: t.exposeBoolean('deleted', { description: 'false: there was none.' }) }),
  });

const Started = builder
  .objectRef<{ __typename: 'SegmentTaskStarted'; taskId: string }>('SegmentTaskStarted')
  .implement({
    description: 'It goes on in the background.',
    fields: (t) => ({
      task: t.field({
        type: TaskType,
        resolve: async ({ taskId }, _args, ctx) => (await readTask(ctx, taskId)) as TaskRow,
      }),
    }),
  });

builder.mutationFields((t) => ({
  takeSegmentSnapshot: t.field({
    type: builder.errorUnion('TakeSegmentSnapshotResult', { types: [Taken, InvalidInput] }),
    description: 'Keeps who is in the segment now, under a name.',
    args: { segmentId: t.arg.id({ required: true }), name: t.arg.string({ required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { segmentId, name }, ctx) => ({
      __typename: 'SegmentSnapshotTaken' as const,
      id: await takeSnapshot(ctx, { segmentId: needId(segmentId, 'Segment', 'segmentId'), name }),
    }),
  }),
  deleteSegmentSnapshot: t.field({
    type: builder.errorUnion('DeleteSegmentSnapshotResult', { types: [Deleted, SegmentInUse, InvalidInput] }),
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { id }, ctx) => ({
      __typename: 'SegmentSnapshotDeleted' as const,
      deleted: await deleteSnapshot(ctx, needId(id, 'SegmentSnapshot', 'id')),
    }),
  }),
  exportSegment: t.field({
    type: builder.errorUnion('ExportSegmentResult', { types: [Started, InvalidInput] }),
    description: 'Its members as a file, contacts as the caller may see them.',
    args: {
      segmentId: t.arg.id({ required: true }),
      format: t.arg({
        required: true,
        type: builder.enumType('SegmentExportFormat', { values: ['CSV', 'XLSX'] as const }),
      }),
      language: t.arg({ type: FileLanguageType, required: true, defaultValue: 'RU' }),
    },
    authScopes: { can: 'segments.read' },
    resolve: async (_root, { segmentId, format, language }, ctx) => ({
      __typename: 'SegmentTaskStarted' as const,
      taskId: await startSegmentExport(ctx, {
        segmentId: needId(segmentId, 'Segment', 'segmentId'),
        format,
        language: language === 'EN' ? 'en' : 'ru',
      }),
    }),
  }),
}));
