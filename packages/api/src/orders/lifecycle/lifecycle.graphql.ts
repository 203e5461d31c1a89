import { LIFECYCLE_STAGES, type LifecycleStage } from '@clientele/shared/segments';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { readLifecycle, type LifecycleSetting, type LifecycleThresholds } from '../../segments/index.ts';
import { readStageCounts, recountStages } from './count-stages.ts';
import { saveThresholds } from './save-thresholds.ts';

const Stage = builder.enumType('LifecycleStage', {
  description:
    'PROSPECT: known lately, bought nothing. NEWCOMER: a buyer known lately. ONE_TIME, ACTIVE: bought once, more than once. LOYAL: so many orders. COOLING, SLEEPING, LOST: bought too long ago, or never.',
  values: LIFECYCLE_STAGES,
});

const THRESHOLDS = {
  prospectDays: 'Without a purchase: known for less, a prospect; for longer, lost.',
  newcomerDays: 'A buyer known for less, and whose first purchase is younger, is a newcomer.',
  loyalOrders: 'So many orders and more, the last one not long ago: loyal.',
  coolingDays: 'Since the last order, as of the next two.',
  sleepingDays: 'More than coolingDays.',
  lostDays: 'More than sleepingDays.',
} satisfies Record<keyof LifecycleThresholds, string>;

const Thresholds = builder.objectRef<LifecycleThresholds>('LifecycleThresholds').implement({
  description: 'Days of 24 hours: what was exactly so long ago is over.',
  fields: (t) => ({
    prospectDays: t.exposeInt('prospectDays', { description: THRESHOLDS.prospectDays }),
    newcomerDays: t.exposeInt('newcomerDays', { description: THRESHOLDS.newcomerDays }),
    loyalOrders: t.exposeInt('loyalOrders', { description: THRESHOLDS.loyalOrders }),
    coolingDays: t.exposeInt('coolingDays', { description: THRESHOLDS.coolingDays }),
    sleepingDays: t.exposeInt('sleepingDays', { description: THRESHOLDS.sleepingDays }),
    lostDays: t.exposeInt('lostDays', { description: THRESHOLDS.lostDays }),
  }),
});

const Count = builder
  .objectRef<{ stage: LifecycleStage; people: number | null }>('LifecycleStageCount')
  .implement({
    fields: (t) => ({
      stage: t.expose('stage', { type: Stage }),
      people: t.exposeInt('people', { nullable: true, description: 'null: not counted yet.' }),
    }),
  });

const Stages = builder.objectRef<LifecycleSetting>('LifecycleStages').implement({
  description: 'Everybody is in exactly one stage of their life with the company: N6 of the reports.',
  fields: (t) => ({
    thresholds: t.expose('thresholds', { type: Thresholds }),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    counts: t.field({
      type: [Count],
      description: 'All eight, in the order of a life.',
      resolve: async (_stages, _args, ctx) => {
        const counted = await readStageCounts(ctx);
        return LIFECYCLE_STAGES.map((stage) => ({
          stage,
          people: counted === null ? null : (counted.people[stage] ?? 0),
        }));
      },
    }),
    countedAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: async (_stages, _args, ctx) => {
        const counted = await readStageCounts(ctx);
        return counted && new Date(counted.countedAt);
      },
    }),
  }),
});

builder.queryField('lifecycleStages', (t) =>
  t.field({
    type: Stages,
    authScopes: { can: 'segments.read' },
    resolve: (_root, _args, ctx) => readLifecycle(ctx),
  }),
);

const ThresholdsInput = builder.inputType('LifecycleThresholdsInput', {
  fields: (t) => ({
    prospectDays: t.int({ required: true }),
    newcomerDays: t.int({ required: true }),
    loyalOrders: t.int({ required: true }),
    coolingDays: t.int({ required: true }),
    sleepingDays: t.int({ required: true }),
    lostDays: t.int({ required: true }),
  }),
});

const SaveInput = builder.inputType('SaveLifecycleStagesInput', {
  fields: (t) => ({
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    thresholds: t.field({ type: ThresholdsInput, required: true }),
  }),
});

const Saved = builder
  .objectRef<{ __typename: 'LifecycleStagesSaved'; taskId: string | null }>('LifecycleStagesSaved')
  .implement({
    fields: (t) => ({
      taskId: t.id({
        nullable: true,
        description: 'That counts everybody anew; null: nothing was changed.',
        resolve: ({ taskId }) => (taskId === null ? null : globalId('Task', taskId)),
      }),
      stages: t.field({ type: Stages, resolve: (_saved, _args, ctx) => readLifecycle(ctx) }),
    }),
  });

const CountingStarted = builder
  .objectRef<{ __typename: 'LifecycleCountStarted'; taskId: string }>('LifecycleCountStarted')
  .implement({
    fields: (t) => ({ taskId: t.id({ resolve: ({ taskId }) => globalId('Task', taskId) }) }),
  });

builder.mutationFields((t) => ({
  saveLifecycleStages: t.field({
    type: builder.errorUnion('SaveLifecycleStagesResult', { types: [Saved, InvalidInput, VersionConflict] }),
    description: 'Stages are others at once; segments that ask them follow in the background.',
    args: { input: t.arg({ type: SaveInput, required: true }) },
    authScopes: { can: 'segments.write' },
    resolve: async (_root, { input }, ctx) => ({
      __typename: 'LifecycleStagesSaved' as const,
      taskId: await saveThresholds(ctx, input),
    }),
  }),
  countLifecycleStages: t.field({
    type: CountingStarted,
    description: 'Counts everybody anew in the background, as every night.',
    authScopes: { can: 'segments.read' },
    resolve: async (_root, _args, ctx) => ({
      __typename: 'LifecycleCountStarted' as const,
      taskId: await recountStages(ctx),
    }),
  }),
}));
