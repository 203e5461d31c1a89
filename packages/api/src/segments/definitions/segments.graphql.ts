import { ProfileType } from '../../profiles/index.ts';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { readTask } from '../../platform/tasks/index.ts';
import { TaskType } from '../../platform/tasks/task.types.ts';
import { readSizes, sizesDaysAgo, type SegmentSizeRecord } from '../membership/sizes.ts';
import { segmentReach } from '../preview/reach.ts';
import { SegmentInUse, SegmentTooHeavy } from '../segments.errors.ts';
import { archiveSegment, restoreSegment } from './archive-segment.ts';
import { conditionForApi, conditionFromApi } from './condition-in-api.ts';
import { listSegments, readSegmentsById, segmentsOfProfiles, SEGMENT_SORTS } from './read-segments.ts';
import { changeSegment, createSegment } from './save-segment.ts';
import { usesOfSegments } from './segment-uses.ts';
import {
  SegmentProblemType,
  SegmentReachType,
  SegmentStateType,
  SegmentType,
  SegmentUseType,
} from './segment.types.ts';

const Size = builder.objectRef<SegmentSizeRecord>('SegmentSize').implement({
  description: 'People at the end of a day, and how many came and went on it.',
  fields: (t) => ({
    day: t.expose('day', { type: 'Date' }),
    size: t.exposeInt('size'),
    entered: t.exposeInt('entered'),
    left: t.exposeInt('left'),
  }),
});

async function inOrder<Value, None>(
  ids: readonly string[],
  found: Promise<ReadonlyMap<string, Value>>,
  none: None,
): Promise<(Value | None)[]> {
  const byId = await found;
  return ids.map((id) => byId.get(id) ?? none);
}

builder.objectType(SegmentType, {
  description: 'People who fulfil a condition, always as of now.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Segment', id) }),
    number: t.exposeInt('ordinal'),
    name: t.exposeString('name'),
    description: t.exposeString('description'),
    condition: t.field({
      type: 'JSON',
      description: 'A tree of groups over leaves; the shape stands in the docs.',
      resolve: ({ condition }) => conditionForApi(condition),
    }),
    state: t.expose('state', { type: SegmentStateType }),
    problems: t.expose('problems', { type: [SegmentProblemType] }),
    size: t.exposeInt('size', { nullable: true, description: 'null: not computed yet.' }),
    sizeDayAgo: t.loadable({
      type: 'Int',
      nullable: true,
      description: 'null: not known.',
      resolve: ({ id }) => id,
      load: (ids: string[], ctx) => inOrder(ids, sizesDaysAgo(ctx, ids, 1), null),
    }),
    sizeWeekAgo: t.loadable({
      type: 'Int',
      nullable: true,
      resolve: ({ id }) => id,
      load: (ids: string[], ctx) => inOrder(ids, sizesDaysAgo(ctx, ids, 7), null),
    }),
    reach: t.field({
      type: [SegmentReachType],
      complexity: 20,
      resolve: (segment, _args, ctx) => segmentReach(ctx, segment),
    }),
    sizes: t.loadableList({
      type: Size,
      byPath: true,
      description: 'Of the last days, the oldest first.',
      args: { days: t.arg.int({ required: true, description: 'At most 400.' }) },
      resolve: ({ id }) => id,
      load: (ids: string[], ctx, { days }) => inOrder(ids, readSizes(ctx, ids, days), []),
    }),
    usedIn: t.loadableList({
      type: SegmentUseType,
      resolve: ({ id }) => id,
      load: (ids: string[], ctx) => inOrder(ids, usesOfSegments(ctx, ids), []),
    }),
    task: t.field({
      type: TaskType,
      nullable: true,
      description: 'While it is computed.',
      resolve: ({ taskId, state }, _args, ctx) =>
        state === 'COMPUTING' && taskId !== null ? readTask(ctx, taskId) : null,
    }),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    computedAt: t.expose('computedAt', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    updatedBy: t.exposeString('updatedBy', { nullable: true, description: 'Name of who.' }),
  }),
});

builder.objectField(ProfileType, 'segments', (t) =>
  t.loadableList({
    type: SegmentType,
    description: 'In which they are now, by name; without segments.read none.',
    resolve: ({ id }) => id,
    load: async (ids: string[], ctx) => {
      if (!ctx.actor.scopes.has('segments.read')) return ids.map(() => []);
      const found = await segmentsOfProfiles(ctx, ids);
      return ids.map((id) => found.get(id) ?? []);
    },
  }),
);

const Edge = builder.edgeObject({ name: 'SegmentEdge', type: SegmentType });
const Connection = builder.connectionObject({ name: 'SegmentConnection', type: SegmentType }, Edge);

const Filter = builder.inputType('SegmentFilter', {
  fields: (t) => ({
    search: t.string({ description: 'Part of the name.' }),
    ids: t.idList({ description: 'Those of them there are, archived ones too where `archived` is absent.' }),
    state: t.field({ type: SegmentStateType }),
    archived: t.boolean({ description: 'true: archived ones alone; otherwise they are left out.' }),
  }),
});

builder.queryFields((t) => ({
  segments: t.field({
    type: Connection,
    args: {
      filter: t.arg({ type: Filter }),
      sort: t.arg.string({ description: `${SEGMENT_SORTS.join(', ')}; name where absent.` }),
      first: t.arg.int({ required: true }),
      after: t.arg.string(),
    },
    complexity: pageCost,
    authScopes: { can: 'segments.read' },
    resolve: (_root, { filter, ...page }, ctx) =>
      listSegments(ctx, {
        ...page,
        filter: { ...filter, ids: filter?.ids?.flatMap((id) => localId(id, 'Segment') ?? []) },
      }),
  }),
  segment: t.field({
    type: SegmentType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'segments.read' },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'Segment');
      return local === null ? null : ((await readSegmentsById(ctx, [local]))[0] ?? null);
    },
  }),
}));

const Saved = builder.objectRef<{ __typename: 'SegmentSaved'; id: string }>('SegmentSaved').implement({
  fields: (t) => ({
    segment: t.field({
      type: SegmentType,
      resolve: async ({ id }, _args, ctx) => {
        const [segment] = await readSegmentsById(ctx, [id]);
        if (segment === undefined) throw new Error('a saved segment is gone');
        return segment;
      },
    }),
  }),
});
const saved = (id: string) => ({ __typename: 'SegmentSaved' as const, id });

const CreateInput = builder.inputType('CreateSegmentInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: 'At most 200 characters; no two segments share one.' }),
    description: t.string({ description: 'At most 2,000 characters.' }),
    condition: t.field({ type: 'JSON', required: true }),
  }),
});

const ChangeInput = builder.inputType('ChangeSegmentInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    name: t.string({ required: true }),
    description: t.string(),
    condition: t.field({ type: 'JSON', required: true }),
  }),
});

builder.mutationFields((t) => ({
  createSegment: t.field({
    type: builder.errorUnion('CreateSegmentResult', { types: [Saved, InvalidInput, SegmentTooHeavy] }),
    description: 'Its members are worked out in the background: follow `segment.task`.',
    args: { input: t.arg({ type: CreateInput, required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(await createSegment(ctx, { ...input, condition: conditionFromApi(input.condition) })),
  }),
  changeSegment: t.field({
    type: builder.errorUnion('ChangeSegmentResult', {
      types: [Saved, InvalidInput, VersionConflict, SegmentTooHeavy],
    }),
    description: 'Another condition is worked out in the background; the one before holds until then.',
    args: { input: t.arg({ type: ChangeInput, required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Segment', 'id');
      await changeSegment(ctx, { ...input, id, condition: conditionFromApi(input.condition) });
      return saved(id);
    },
  }),
  archiveSegment: t.field({
    type: builder.errorUnion('ArchiveSegmentResult', {
      types: [Saved, InvalidInput, VersionConflict, SegmentInUse],
    }),
    args: { id: t.arg.id({ required: true }), version: t.arg.int({ required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { id: opaque, version }, ctx) => {
      const id = needId(opaque, 'Segment', 'id');
      await archiveSegment(ctx, { id, version });
      return saved(id);
    },
  }),
  restoreSegment: t.field({
    type: builder.errorUnion('RestoreSegmentResult', { types: [Saved, InvalidInput, VersionConflict] }),
    args: { id: t.arg.id({ required: true }), version: t.arg.int({ required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { id: opaque, version }, ctx) => {
      const id = needId(opaque, 'Segment', 'id');
      await restoreSegment(ctx, { id, version });
      return saved(id);
    },
  }),
}));
