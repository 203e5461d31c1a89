import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../../platform/graphql/paging.ts';
import { CurrencyFixed, StillInUse } from '../company.errors.ts';
import { ArchiveInput, BrandType, StoreType } from '../company.types.ts';
import { createStore } from './create-store.ts';
import { archiveStore, editStore, hasOrders } from './edit-store.ts';
import { readStores } from './read-stores.ts';

const StoreLanguage = builder.enumType('StoreLanguage', { values: ['ru', 'en'] as const });

builder.objectFields(StoreType, (t) => ({
  brand: t.field({ type: BrandType, resolve: ({ brandId }) => brandId }),
  country: t.exposeString('country', {
    description: 'ISO 3166-1 alpha-2: a phone dialled without a country code is of this country.',
  }),
  language: t.exposeString('language', { description: 'Of messages to people met here: `ru` or `en`.' }),
  version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
  archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
  currencyFixed: t.boolean({
    description: 'It has orders: its currency cannot be changed.',
    resolve: ({ id }, _args, ctx) => hasOrders(ctx, id),
  }),
}));

const StoreEdge = builder.edgeObject({ name: 'StoreEdge', type: StoreType });
const StoreConnection = builder.connectionObject({ name: 'StoreConnection', type: StoreType }, StoreEdge);

builder.queryField('stores', (t) =>
  t.field({
    type: StoreConnection,
    description: "The caller's stores, by name.",
    complexity: pageCost,
    args: {
      brandId: t.arg.id(),
      search: t.arg.string({ description: 'Part of the name or the code.' }),
      archived: t.arg.boolean({ required: true, defaultValue: false, description: 'Archived ones too.' }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    authScopes: { can: 'settings.read' },
    resolve: async (_root, args, ctx) => {
      const size = pageSize(args.first);
      const key = keysOf(args.after, 2);
      const rows = await readStores(ctx, {
        brandId: args.brandId ? needId(args.brandId, 'Brand', 'brandId') : null,
        search: args.search ?? null,
        archived: args.archived,
        after: key as [string, string] | null,
        limit: size + 1,
      });
      return pageOf(rows, size, key !== null, ({ name, id }) => cursorOf(name, id));
    },
  }),
);

const StoreSaved = builder.objectRef<{ __typename: 'StoreSaved'; id: string }>('StoreSaved').implement({
  fields: (t) => ({ store: t.field({ type: StoreType, resolve: ({ id }) => id }) }),
});
const saved = (id: string) => ({ __typename: 'StoreSaved' as const, id });

const CreateStoreInput = builder.inputType('CreateStoreInput', {
  fields: (t) => ({
    brandId: t.id({ required: true, description: 'Never changes.' }),
    code: t.string({ required: true, description: 'At most 100 characters; unique in the company.' }),
    name: t.string({ required: true, description: 'At most 200 characters.' }),
    timeZone: t.string({ required: true, description: 'IANA name: of its business days.' }),
    currency: t.field({ type: 'CurrencyCode', required: true }),
    country: t.string({ required: true, description: 'ISO 3166-1 alpha-2.' }),
    language: t.field({ type: StoreLanguage, required: true }),
  }),
});

builder.mutationField('createStore', (t) =>
  t.field({
    type: builder.errorUnion('CreateStoreResult', { types: [StoreSaved, InvalidInput] }),
    args: { input: t.arg({ type: CreateStoreInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(await createStore(ctx, { ...input, brandId: needId(input.brandId, 'Brand', 'brandId') })),
  }),
);

const EditStoreInput = builder.inputType('EditStoreInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    code: t.string({ required: true }),
    name: t.string({ required: true }),
    timeZone: t.string({ required: true }),
    currency: t.field({ type: 'CurrencyCode', required: true }),
    country: t.string({ required: true }),
    language: t.field({ type: StoreLanguage, required: true }),
  }),
});

builder.mutationField('editStore', (t) =>
  t.field({
    type: builder.errorUnion('EditStoreResult', {
      types: [StoreSaved, CurrencyFixed, VersionConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: EditStoreInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Store', 'id');
      await editStore(ctx, { ...input, id });
      return saved(id);
    },
  }),
);

builder.mutationField('archiveStore', (t) =>
  t.field({
    type: builder.errorUnion('ArchiveStoreResult', {
      types: [StoreSaved, StillInUse, VersionConflict, InvalidInput],
    }),
    description: 'Refused while a device sells there: revoke its tills first. Nothing is deleted.',
    args: { input: t.arg({ type: ArchiveInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Store', 'id');
      await archiveStore(ctx, { ...input, id });
      return saved(id);
    },
  }),
);
