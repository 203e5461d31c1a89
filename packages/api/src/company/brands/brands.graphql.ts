import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { CurrencyFixed, StillInUse } from '../company.errors.ts';
import { ArchiveInput, BrandType } from '../company.types.ts';
import { createBrand } from './create-brand.ts';
import { archiveBrand, editBrand } from './edit-brand.ts';
import { readBrands } from './read-brands.ts';

builder.objectType(BrandType, {
  description: 'A name shoppers know; programs, promotions and consents belong to one.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Of integrations; unique in the company.' }),
    name: t.exposeString('name'),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.queryField('brands', (t) =>
  t.field({
    type: [BrandType],
    description: "Of the caller's stores, by name.",
    args: {
      archived: t.arg.boolean({ required: true, defaultValue: false, description: 'Archived ones too.' }),
    },
    authScopes: { can: 'settings.read' },
    resolve: (_root, { archived }, ctx) => readBrands(ctx, { archived }),
  }),
);

builder.objectType(StillInUse, {
  name: 'StillInUse',
  description: 'What is still worked with cannot be put away: put these away first.',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    by: t.expose('by', { type: builder.enumType('InUseBy', { values: ['STORES', 'TILLS'] as const }) }),
    count: t.exposeInt('count'),
  }),
});

builder.objectType(CurrencyFixed, {
  name: 'CurrencyFixed',
  description: 'A store with orders keeps its currency: make a new store for another one.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ currency: t.expose('currency', { type: 'CurrencyCode' }) }),
});

const BrandSaved = builder.objectRef<{ __typename: 'BrandSaved'; id: string }>('BrandSaved').implement({
  fields: (t) => ({ brand: t.field({ type: BrandType, resolve: ({ id }) => id }) }),
});
const saved = (id: string) => ({ __typename: 'BrandSaved' as const, id });

const CreateBrandInput = builder.inputType('CreateBrandInput', {
  fields: (t) => ({
    code: t.string({ required: true, description: 'At most 100 characters.' }),
    name: t.string({ required: true, description: 'At most 200 characters.' }),
  }),
});

builder.mutationField('createBrand', (t) =>
  t.field({
    type: builder.errorUnion('CreateBrandResult', { types: [BrandSaved, InvalidInput] }),
    description: 'By somebody whose role holds in the whole company.',
    args: { input: t.arg({ type: CreateBrandInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => saved(await createBrand(ctx, input)),
  }),
);

const EditBrandInput = builder.inputType('EditBrandInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    code: t.string({ required: true }),
    name: t.string({ required: true }),
  }),
});

builder.mutationField('editBrand', (t) =>
  t.field({
    type: builder.errorUnion('EditBrandResult', { types: [BrandSaved, VersionConflict, InvalidInput] }),
    args: { input: t.arg({ type: EditBrandInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Brand', 'id');
      await editBrand(ctx, { ...input, id });
      return saved(id);
    },
  }),
);

builder.mutationField('archiveBrand', (t) =>
  t.field({
    type: builder.errorUnion('ArchiveBrandResult', {
      types: [BrandSaved, StillInUse, VersionConflict, InvalidInput],
    }),
    description: 'Refused while it has stores in use. Nothing is deleted.',
    args: { input: t.arg({ type: ArchiveInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'Brand', 'id');
      await archiveBrand(ctx, { ...input, id });
      return saved(id);
    },
  }),
);
