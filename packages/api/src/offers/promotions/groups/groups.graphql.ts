import { BrandType } from '../../../company/index.ts';
import { InvalidInput, VersionConflict } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { needId, needIds } from '../../../platform/graphql/need-id.ts';
import { RefusalInterface } from '../../../platform/graphql/refusal.ts';
import { PromotionGroupInUse } from '../../offers.errors.ts';
import { orderGroups, orderPromotions } from './order-promotions.ts';
import { PromotionGroupType, PromotionType, StackingEnum } from '../promotion.types.ts';
import { readGroups, readPromotions } from '../read-promotions.ts';
import { changeGroup, createGroup, deleteGroup } from './save-group.ts';

/** More than a group that anybody could explain has. */
const MOST_SHOWN = 500;

builder.objectType(PromotionGroupType, {
  description: 'Promotions that answer to one rule of stacking; groups follow each other.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('PromotionGroup', id) }),
    brand: t.field({ type: BrandType, resolve: ({ brandId }) => brandId }),
    name: t.exposeString('name'),
    priority: t.exposeInt('priority', { description: 'A smaller number is calculated first.' }),
    stacking: t.expose('stacking', { type: StackingEnum }),
    isDefault: t.exposeBoolean('isDefault', { description: 'Where promotions go that name no group.' }),
    version: t.exposeInt('version'),
    promotions: t.field({
      type: [PromotionType],
      description: 'Drafts, live and paused ones, in the order they are calculated.',
      complexity: { field: 20, multiplier: 5 },
      resolve: async ({ id }, _args, ctx) => {
        const phases = ['DRAFT', 'PLANNED', 'RUNNING', 'PAUSED'] as const;
        const rows = await readPromotions(ctx, { groupId: id, phases }, { limit: MOST_SHOWN, after: null });
        return rows.toSorted((one, other) => one.priority - other.priority || (one.id < other.id ? -1 : 1));
      },
    }),
  }),
});

builder.queryField('promotionGroups', (t) =>
  t.field({
    type: [PromotionGroupType],
    description: 'In the order they are calculated.',
    args: { brandId: t.arg.id() },
    authScopes: { can: 'offers.read' },
    resolve: (_root, { brandId }, ctx) =>
      readGroups(ctx, { brandId: brandId ? needId(brandId, 'Brand', 'brandId') : null }),
  }),
);

builder.objectType(PromotionGroupInUse, {
  name: 'PromotionGroupInUse',
  description: 'Move its promotions first; the default group always stays.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ promotions: t.exposeInt('promotions') }),
});

const GroupSaved = builder
  .objectRef<{ __typename: 'PromotionGroupSaved'; id: string }>('PromotionGroupSaved')
  .implement({
    fields: (t) => ({
      group: t.field({
        type: PromotionGroupType,
        resolve: async ({ id }, _args, ctx) => {
          const [group] = await readGroups(ctx, { ids: [id] });
          if (group === undefined) throw new Error('a saved group is gone');
          return group;
        },
      }),
    }),
  });
const saved = (id: string) => ({ __typename: 'PromotionGroupSaved' as const, id });

const GroupsOrdered = builder
  .objectRef<{ __typename: 'PromotionGroupsOrdered'; brandId: string }>('PromotionGroupsOrdered')
  .implement({
    fields: (t) => ({
      groups: t.field({
        type: [PromotionGroupType],
        resolve: ({ brandId }, _args, ctx) => readGroups(ctx, { brandId }),
      }),
    }),
  });

const GroupDeleted = builder
  .objectRef<{ __typename: 'PromotionGroupDeleted'; id: string }>('PromotionGroupDeleted')
  .implement({
    fields: (t) => ({ id: t.id({ resolve: ({ id }) => globalId('PromotionGroup', id) }) }),
  });

const CreateInput = builder.inputType('CreatePromotionGroupInput', {
  fields: (t) => ({
    brandId: t.id({ required: true }),
    name: t.string({ required: true, description: 'At most 100 characters.' }),
    stacking: t.field({ type: StackingEnum, required: true }),
  }),
});

const ChangeInput = builder.inputType('ChangePromotionGroupInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    name: t.string({ required: true }),
    stacking: t.field({ type: StackingEnum, required: true }),
  }),
});

builder.mutationFields((t) => ({
  createPromotionGroup: t.field({
    type: builder.errorUnion('CreatePromotionGroupResult', { types: [GroupSaved, InvalidInput] }),
    description: "Calculated after the brand's other groups.",
    args: { input: t.arg({ type: CreateInput, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(await createGroup(ctx, { ...input, brandId: needId(input.brandId, 'Brand', 'brandId') })),
  }),
  changePromotionGroup: t.field({
    type: builder.errorUnion('ChangePromotionGroupResult', {
      types: [GroupSaved, VersionConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: ChangeInput, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'PromotionGroup', 'id');
      await changeGroup(ctx, { ...input, id });
      return saved(id);
    },
  }),
  deletePromotionGroup: t.field({
    type: builder.errorUnion('DeletePromotionGroupResult', {
      types: [GroupDeleted, PromotionGroupInUse, VersionConflict, InvalidInput],
    }),
    args: { id: t.arg.id({ required: true }), version: t.arg.int({ required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id: opaque, version }, ctx) => {
      const id = needId(opaque, 'PromotionGroup', 'id');
      await deleteGroup(ctx, { id, version });
      return { __typename: 'PromotionGroupDeleted' as const, id };
    },
  }),
  orderPromotionGroups: t.field({
    type: builder.errorUnion('OrderPromotionGroupsResult', { types: [GroupsOrdered, InvalidInput] }),
    description: 'Every group of the brand, in the order they are to be calculated.',
    args: { brandId: t.arg.id({ required: true }), groupIds: t.arg.idList({ required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { brandId: opaque, groupIds }, ctx) => {
      const brandId = needId(opaque, 'Brand', 'brandId');
      await orderGroups(ctx, { brandId, groupIds: needIds(groupIds, 'PromotionGroup', 'groupIds') });
      return { __typename: 'PromotionGroupsOrdered' as const, brandId };
    },
  }),
  orderPromotions: t.field({
    type: builder.errorUnion('OrderPromotionsResult', { types: [GroupSaved, VersionConflict, InvalidInput] }),
    description:
      'Those of the group in their order; one of another group of the brand moves here, those not named come last.',
    args: {
      groupId: t.arg.id({ required: true }),
      version: t.arg.int({ required: true, description: 'Of the group.' }),
      promotionIds: t.arg.idList({ required: true }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, args, ctx) => {
      const groupId = needId(args.groupId, 'PromotionGroup', 'groupId');
      const promotionIds = needIds(args.promotionIds, 'Promotion', 'promotionIds');
      await orderPromotions(ctx, { groupId, version: args.version, promotionIds });
      return saved(groupId);
    },
  }),
}));
