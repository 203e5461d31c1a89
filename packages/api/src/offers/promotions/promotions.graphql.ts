import { BrandType } from '../../company/index.ts';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../../platform/graphql/paging.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { PromotionStateRefused } from '../offers.errors.ts';
import { promotionWarnings, type PromotionWarning } from './rules/promotion-warnings.ts';
import { PromotionGroupType, PromotionType } from './promotion.types.ts';
import {
  countPhases,
  phaseOf,
  PROMOTION_PHASES,
  readGroups,
  readPromotions,
  readPromotionsById,
  type PromotionFilter,
  type PromotionPhase,
} from './read-promotions.ts';
import { readRevisions, type RevisionRecord } from './revisions.ts';
import type { RuleChange } from './rules/rule-changes.ts';
import { rulesForApi, rulesFromApi } from './rules/rules-in-api.ts';
import { changePromotion, copyPromotion, createPromotion, restoreRevision } from './save-promotion.ts';
import { deletePromotion, setPromotionState } from './set-promotion-state.ts';

const StateEnum = builder.enumType('PromotionState', {
  description: 'As staff set it.',
  values: ['DRAFT', 'LIVE', 'PAUSED', 'ENDED'] as const,
});

const PhaseEnum = builder.enumType('PromotionPhase', {
  description:
    'What it is to a shopper now: a live one before its first moment is PLANNED, after its last ENDED.',
  values: PROMOTION_PHASES,
});

const Warning = builder.objectRef<PromotionWarning>('PromotionWarning').implement({
  description: 'Rules name goods that are not in the catalogue today.',
  fields: (t) => ({
    path: t.exposeStringList('path', { description: 'From the rules inwards.' }),
    kind: t.expose('kind', {
      type: builder.enumType('PromotionWarningKind', { values: ['CATEGORY', 'BRAND', 'SKU'] as const }),
    }),
    value: t.exposeString('value'),
  }),
});

builder.objectType(PromotionType, {
  description: 'What a purchase may get, by rules of its own.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Promotion', id) }),
    brand: t.field({ type: BrandType, resolve: ({ brandId }) => brandId }),
    group: t.field({
      type: PromotionGroupType,
      resolve: async ({ groupId }, _args, ctx) => {
        const [group] = await readGroups(ctx, { ids: [groupId] });
        if (group === undefined) throw new Error('a promotion without a group');
        return group;
      },
    }),
    groupId: t.id({ resolve: ({ groupId }) => globalId('PromotionGroup', groupId) }),
    name: t.exposeString('name', { description: 'For staff.' }),
    title: t.exposeString('title', { description: 'For shoppers: on the receipt, at the till.' }),
    priority: t.exposeInt('priority', { description: 'Within its group: a smaller number first.' }),
    state: t.expose('state', { type: StateEnum }),
    phase: t.field({
      type: PhaseEnum,
      resolve: (promotion, _args, ctx) => phaseOf(promotion, ctx.clock.now()),
    }),
    revision: t.exposeInt('revision'),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    rules: t.field({
      type: 'JSON',
      description: 'What it gives and asks; the shape stands in the docs.',
      resolve: ({ rules }) => rulesForApi(rules),
    }),
    startsAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ rules: { when } }) => (when.from === null ? null : new Date(when.from)),
    }),
    endsAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ rules: { when } }) => (when.to === null ? null : new Date(when.to)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    warnings: t.field({ type: [Warning], resolve: ({ rules }, _args, ctx) => promotionWarnings(ctx, rules) }),
  }),
});

const PromotionEdge = builder.edgeObject({ name: 'PromotionEdge', type: PromotionType });
const PromotionConnection = builder.connectionObject(
  { name: 'PromotionConnection', type: PromotionType },
  PromotionEdge,
);

const FilterInput = builder.inputType('PromotionFilter', {
  fields: (t) => ({
    brandId: t.id(),
    groupId: t.id(),
    phases: t.field({ type: [PhaseEnum] }),
    search: t.string({ description: 'Part of the name or the title.' }),
    granted: t.boolean({ description: 'Those for shoppers they are granted to, or the others.' }),
  }),
});

function filterOf(filter: typeof FilterInput.$inferInput | null | undefined): PromotionFilter {
  const { brandId, groupId, phases, search, granted } = filter ?? {};
  return {
    brandId: brandId ? needId(brandId, 'Brand', 'filter.brandId') : null,
    groupId: groupId ? needId(groupId, 'PromotionGroup', 'filter.groupId') : null,
    phases: phases ?? null,
    search: search ?? null,
    granted: granted ?? null,
  };
}

const Counts = builder.objectRef<{ phase: PromotionPhase; count: number }>('PromotionCount').implement({
  fields: (t) => ({ phase: t.expose('phase', { type: PhaseEnum }), count: t.exposeInt('count') }),
});

builder.queryFields((t) => ({
  promotions: t.field({
    type: PromotionConnection,
    description: "Of the caller's brands, the newest first.",
    args: { filter: t.arg({ type: FilterInput }), first: t.arg.int(), after: t.arg.string() },
    complexity: pageCost,
    authScopes: { can: 'offers.read' },
    resolve: async (_root, { filter, first, after }, ctx) => {
      const limit = pageSize(first);
      const [createdAt, id] = keysOf(after, 2) ?? [];
      const from = createdAt !== undefined && id !== undefined ? ([createdAt, id] as const) : null;
      const rows = await readPromotions(ctx, filterOf(filter), { limit: limit + 1, after: from });
      return pageOf(rows, limit, from !== null, (row) => cursorOf(row.createdAt, row.id));
    },
  }),
  promotionCounts: t.field({
    type: [Counts],
    description: 'How many there are of each phase, whatever phases the filter names.',
    args: { filter: t.arg({ type: FilterInput }) },
    authScopes: { can: 'offers.read' },
    resolve: async (_root, { filter }, ctx) => {
      const counts = await countPhases(ctx, { ...filterOf(filter), phases: null });
      return PROMOTION_PHASES.map((phase) => ({ phase, count: counts[phase] }));
    },
  }),
  promotion: t.field({
    type: PromotionType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'offers.read' },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'Promotion');
      return local === null ? null : ((await readPromotionsById(ctx, [local]))[0] ?? null);
    },
  }),
}));

const Change = builder.objectRef<RuleChange>('PromotionChange').implement({
  fields: (t) => ({
    path: t.exposeStringList('path', { description: '`["rules", "benefits", "0", "rateBp"]`' }),
    before: t.expose('before', { type: 'JSON', nullable: true }),
    after: t.expose('after', { type: 'JSON', nullable: true }),
  }),
});

const Revision = builder.objectRef<RevisionRecord>('PromotionRevision').implement({
  description: 'What a promotion said from a moment on; never changed.',
  fields: (t) => ({
    number: t.exposeInt('number'),
    title: t.exposeString('title'),
    rules: t.field({ type: 'JSON', resolve: ({ rules }) => rulesForApi(rules) }),
    authorName: t.exposeString('authorName', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    changes: t.field({
      type: [Change],
      description: 'Against the revision before.',
      resolve: ({ changes }) => changes,
    }),
  }),
});

builder.queryField('promotionRevisions', (t) =>
  t.field({
    type: [Revision],
    description: 'The newest first.',
    args: { promotionId: t.arg.id({ required: true }) },
    authScopes: { can: 'offers.read' },
    resolve: async (_root, { promotionId }, ctx) => {
      const id = localId(promotionId, 'Promotion');
      const [promotion] = id === null ? [] : await readPromotionsById(ctx, [id]);
      return promotion === undefined ? [] : readRevisions(ctx, promotion.id);
    },
  }),
);

builder.objectType(PromotionStateRefused, {
  name: 'PromotionStateRefused',
  description:
    'It does not follow from the state the promotion is in: what has ended is copied, what was published is not deleted.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ state: t.expose('state', { type: StateEnum }) }),
});

const Saved = builder.objectRef<{ __typename: 'PromotionSaved'; id: string }>('PromotionSaved').implement({
  fields: (t) => ({
    promotion: t.field({
      type: PromotionType,
      resolve: async ({ id }, _args, ctx) => {
        const [promotion] = await readPromotionsById(ctx, [id]);
        if (promotion === undefined) throw new Error('a saved promotion is gone');
        return promotion;
      },
    }),
  }),
});
const saved = (id: string) => ({ __typename: 'PromotionSaved' as const, id });

const CreateInput = builder.inputType('CreatePromotionInput', {
  fields: (t) => ({
    brandId: t.id({ required: true }),
    groupId: t.id({ description: "The brand's default group where absent." }),
    name: t.string({ required: true, description: 'For staff, at most 200 characters.' }),
    title: t.string({ required: true, description: 'For shoppers, at most 100 characters.' }),
    rules: t.field({ type: 'JSON', required: true }),
  }),
});

const ChangeInput = builder.inputType('ChangePromotionInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    groupId: t.id({ description: 'Stays where it is where absent.' }),
    name: t.string({ required: true }),
    title: t.string({ required: true }),
    rules: t.field({ type: 'JSON', required: true }),
  }),
});

const groupIdOf = (id: string | null | undefined) => (id ? needId(id, 'PromotionGroup', 'groupId') : null);

builder.mutationFields((t) => ({
  createPromotion: t.field({
    type: builder.errorUnion('CreatePromotionResult', { types: [Saved, InvalidInput] }),
    description: 'A draft: no shopper meets it before it is published.',
    args: { input: t.arg({ type: CreateInput, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(
        await createPromotion(ctx, {
          ...input,
          brandId: needId(input.brandId, 'Brand', 'brandId'),
          groupId: groupIdOf(input.groupId),
          rules: rulesFromApi(input.rules),
        }),
      ),
  }),
  changePromotion: t.field({
    type: builder.errorUnion('ChangePromotionResult', {
      types: [Saved, VersionConflict, PromotionStateRefused, InvalidInput],
    }),
    description: 'New words or rules make a new revision; of a live promotion it holds at once.',
    args: { input: t.arg({ type: ChangeInput, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Promotion', 'id');
      const groupId = groupIdOf(input.groupId);
      await changePromotion(ctx, { ...input, id, groupId, rules: rulesFromApi(input.rules) });
      return saved(id);
    },
  }),
  restorePromotionRevision: t.field({
    type: builder.errorUnion('RestorePromotionRevisionResult', {
      types: [Saved, VersionConflict, PromotionStateRefused, InvalidInput],
    }),
    description: 'What an earlier revision said, as a new one: the way back from an edit.',
    args: {
      id: t.arg.id({ required: true }),
      version: t.arg.int({ required: true }),
      revision: t.arg.int({ required: true }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id: opaque, version, revision }, ctx) => {
      const id = needId(opaque, 'Promotion', 'id');
      await restoreRevision(ctx, { id, version, revision });
      return saved(id);
    },
  }),
  setPromotionState: t.field({
    type: builder.errorUnion('SetPromotionStateResult', {
      types: [Saved, VersionConflict, PromotionStateRefused, InvalidInput],
    }),
    description: 'Publishes (DRAFT → LIVE), pauses, resumes, ends.',
    args: {
      id: t.arg.id({ required: true }),
      version: t.arg.int({ required: true }),
      state: t.arg({ type: StateEnum, required: true }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id: opaque, version, state }, ctx) => {
      const id = needId(opaque, 'Promotion', 'id');
      await setPromotionState(ctx, { id, version, state });
      return saved(id);
    },
  }),
  copyPromotion: t.field({
    type: builder.errorUnion('CopyPromotionResult', { types: [Saved, InvalidInput] }),
    description: 'The same again as a draft.',
    args: { id: t.arg.id({ required: true }), name: t.arg.string({ required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id, name }, ctx) =>
      saved(await copyPromotion(ctx, { id: needId(id, 'Promotion', 'id'), name })),
  }),
}));

const Deleted = builder
  .objectRef<{ __typename: 'PromotionDeleted'; id: string }>('PromotionDeleted')
  .implement({
    fields: (t) => ({ id: t.id({ resolve: ({ id }) => globalId('Promotion', id) }) }),
  });

builder.mutationField('deletePromotion', (t) =>
  t.field({
    type: builder.errorUnion('DeletePromotionResult', {
      types: [Deleted, VersionConflict, PromotionStateRefused, InvalidInput],
    }),
    description: 'Only a draft.',
    args: { id: t.arg.id({ required: true }), version: t.arg.int({ required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id: opaque, version }, ctx) => {
      const id = needId(opaque, 'Promotion', 'id');
      await deletePromotion(ctx, { id, version });
      return { __typename: 'PromotionDeleted' as const, id };
    },
  }),
);
