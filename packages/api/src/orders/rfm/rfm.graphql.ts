import { formatMoney } from '@clientele/shared/money';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { readTask } from '../../platform/tasks/index.ts';
import { TaskType } from '../../platform/tasks/task.types.ts';
import {
  RFM_METHODS,
  SegmentUseType,
  type RfmBounds,
  type RfmCell,
  type RfmScale,
} from '../../segments/index.ts';
import { recomputeRfm } from './compute-rfm.ts';
import { deleteRfmModel, RfmModelInUse } from './delete-rfm-model.ts';
import { readRfmModels, type RfmModelRecord } from './read-rfm-models.ts';
import { saveRfmModel } from './save-rfm-model.ts';

const Method = builder.enumType('RfmMethod', {
  description:
    'QUINTILES: all buyers are cut into fifths, equal values share a score. THRESHOLDS: by bounds of one’s own.',
  values: RFM_METHODS,
});

interface MoneyBounds extends RfmBounds {
  currency: string;
}

const Bounds = builder.objectRef<MoneyBounds>('RfmBounds').implement({
  description: 'Four bounds each, ascending; 5 is best.',
  fields: (t) => ({
    recency: t.intList({
      description: 'Days since the last order: the most of score 5, 4, 3 and 2.',
      resolve: ({ recency }) => [...recency],
    }),
    frequency: t.intList({
      description: 'Orders: the least of score 2, 3, 4 and 5.',
      resolve: ({ frequency }) => [...frequency],
    }),
    monetary: t.field({
      type: ['Money'],
      description: 'Sum of orders: the least of score 2, 3, 4 and 5.',
      resolve: ({ monetary, currency }) => monetary.map((minor) => formatMoney(minor, currency)),
    }),
  }),
});

const Cell = builder.objectRef<RfmCell & { currency: string }>('RfmCell').implement({
  description: 'People with the same three scores, 1 to 5.',
  fields: (t) => ({
    r: t.exposeInt('r'),
    f: t.exposeInt('f'),
    m: t.exposeInt('m'),
    people: t.exposeInt('people'),
    sum: t.field({
      type: 'Money',
      description: 'What they bought in the window.',
      resolve: ({ sum, currency }) => formatMoney(sum, currency),
    }),
  }),
});

interface Grid {
  scale: RfmScale;
  cells: RfmCell[];
  computedAt: Date;
}

const GridType = builder.objectRef<Grid>('RfmGrid').implement({
  description: 'Who scored what when it was computed: N5 of the reports.',
  fields: (t) => ({
    computedAt: t.expose('computedAt', { type: 'DateTime' }),
    window: t.field({ type: 'JSON', resolve: ({ scale }) => scale.window }),
    currency: t.field({ type: 'CurrencyCode', resolve: ({ scale }) => scale.currency }),
    bounds: t.field({
      type: Bounds,
      resolve: ({ scale }) => ({ ...scale.bounds, currency: scale.currency }),
    }),
    buyers: t.int({
      description: 'Everybody with a score: all cells together.',
      resolve: ({ cells }) => cells.reduce((all, { people }) => all + people, 0),
    }),
    cells: t.field({
      type: [Cell],
      description: 'Those with people in them.',
      resolve: ({ cells, scale }) => cells.map((cell) => ({ ...cell, currency: scale.currency })),
    }),
  }),
});

const Model = builder.objectRef<RfmModelRecord>('RfmModel').implement({
  description: 'How buyers are scored by recency, frequency and money.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('RfmModel', id) }),
    name: t.exposeString('name'),
    window: t.field({
      type: 'JSON',
      description: 'Which orders it looks at: ALWAYS, ROLLING with `days`, or ABSOLUTE with `from` and `to`.',
      resolve: ({ window }) => window,
    }),
    method: t.expose('method', { type: Method }),
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    thresholds: t.field({
      type: Bounds,
      nullable: true,
      description: 'Of THRESHOLDS.',
      resolve: ({ thresholds, currency }) => thresholds && { ...thresholds, currency },
    }),
    grid: t.field({
      type: GridType,
      nullable: true,
      description: 'What people are scored by now; null: it is computed for the first time.',
      resolve: ({ scale, cells, computedAt }) => scale && computedAt && { scale, cells, computedAt },
    }),
    task: t.field({
      type: TaskType,
      nullable: true,
      description: 'While it is computed.',
      resolve: ({ taskId }, _args, ctx) => (taskId === null ? null : readTask(ctx, taskId)),
    }),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
  }),
});

builder.queryFields((t) => ({
  rfmModels: t.field({
    type: [Model],
    authScopes: { can: 'segments.read' },
    complexity: 10,
    resolve: (_root, _args, ctx) => readRfmModels(ctx),
  }),
  rfmModel: t.field({
    type: Model,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'segments.read' },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'RfmModel');
      return local === null ? null : ((await readRfmModels(ctx, [local]))[0] ?? null);
    },
  }),
}));

const Saved = builder.objectRef<{ __typename: 'RfmModelSaved'; id: string }>('RfmModelSaved').implement({
  fields: (t) => ({
    model: t.field({
      type: Model,
      resolve: async ({ id }, _args, ctx) => {
        const [model] = await readRfmModels(ctx, [id]);
        if (model === undefined) throw new Error('a saved model is gone');
        return model;
      },
    }),
  }),
});
const saved = (id: string) => ({ __typename: 'RfmModelSaved' as const, id });

builder.objectType(RfmModelInUse, {
  name: 'RfmModelInUse',
  description: 'Segments ask for its scores: take them out of those first.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ uses: t.field({ type: [SegmentUseType], resolve: ({ uses }) => [...uses] }) }),
});

const Deleted = builder
  .objectRef<{ __typename: 'RfmModelDeleted'; deleted: boolean }>('RfmModelDeleted')
  .implement({
    fields: (t) => ({ deleted: t.exposeBoolean('deleted', { description: 'false: there was none.' }) }),
  });

const ThresholdsInput = builder.inputType('RfmThresholdsInput', {
  description: 'Four bounds each, ascending: see RfmBounds.',
  fields: (t) => ({
    recency: t.intList({ required: true }),
    frequency: t.intList({ required: true }),
    monetary: t.field({ type: ['Money'], required: true }),
  }),
});

const SaveInput = builder.inputType('SaveRfmModelInput', {
  fields: (t) => ({
    id: t.id({ description: 'Absent: a new one.' }),
    version: t.int({ description: 'Of a model that is changed: the one the edit began with.' }),
    name: t.string({ required: true, description: 'At most 200 characters; no two models share one.' }),
    window: t.field({ type: 'JSON', required: true }),
    method: t.field({ type: Method, required: true }),
    currency: t.field({ type: 'CurrencyCode', required: true, description: 'Of a store.' }),
    thresholds: t.field({ type: ThresholdsInput, description: 'Of THRESHOLDS.' }),
  }),
});

builder.mutationFields((t) => ({
  saveRfmModel: t.field({
    type: builder.errorUnion('SaveRfmModelResult', { types: [Saved, InvalidInput, VersionConflict] }),
    description: 'Scores are counted in the background; those before hold until then.',
    args: { input: t.arg({ type: SaveInput, required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = input.id ? needId(input.id, 'RfmModel', 'id') : null;
      return saved(await saveRfmModel(ctx, { ...input, id }));
    },
  }),
  computeRfmModel: t.field({
    type: builder.errorUnion('ComputeRfmModelResult', { types: [Saved, InvalidInput] }),
    description: 'Counts it anew in the background, as every night.',
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { id: opaque }, ctx) => {
      const id = needId(opaque, 'RfmModel', 'id');
      await recomputeRfm(ctx, id);
      return saved(id);
    },
  }),
  deleteRfmModel: t.field({
    type: builder.errorUnion('DeleteRfmModelResult', {
      types: [Deleted, RfmModelInUse, VersionConflict, InvalidInput],
    }),
    description:
      'For ever, with its scores and its grid; purchases are not touched. Segments that ask for it keep it.',
    args: { id: t.arg.id({ required: true }), version: t.arg.int({ required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { id, version }, ctx) => ({
      __typename: 'RfmModelDeleted' as const,
      deleted: await deleteRfmModel(ctx, { id: needId(id, 'RfmModel', 'id'), version }),
    }),
  }),
}));
