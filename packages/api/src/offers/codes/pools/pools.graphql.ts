import { InvalidInput, VersionConflict } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId, localId } from '../../../platform/graphql/global-id.ts';
import { needId } from '../../../platform/graphql/need-id.ts';
import { cursorOf, keysOf, pageCost, pageOf, pageSize } from '../../../platform/graphql/paging.ts';
import { PoolKindEnum, PoolType } from '../codes.types.ts';
import { startCodeExport } from '../batches/export-codes.ts';
import { startGeneration } from '../batches/generate-codes.ts';
import { startCodeImport } from '../batches/import-codes.ts';
import { readPools, readPoolsById } from './read-pools.ts';
import { archivePool, changePool, createPool } from './save-pool.ts';

const PoolEdge = builder.edgeObject({ name: 'PromoCodePoolEdge', type: PoolType });
const PoolConnection = builder.connectionObject(
  { name: 'PromoCodePoolConnection', type: PoolType },
  PoolEdge,
);

builder.queryFields((t) => ({
  promoCodePools: t.field({
    type: PoolConnection,
    description: "Of the caller's brands, the newest first.",
    complexity: pageCost,
    args: {
      brandId: t.arg.id(),
      promotionId: t.arg.id(),
      search: t.arg.string({ description: 'Part of the name.' }),
      archived: t.arg.boolean({ required: true, defaultValue: false, description: 'Those put away too.' }),
      first: t.arg.int(),
      after: t.arg.string(),
    },
    authScopes: { can: 'offers.read' },
    resolve: async (_root, { brandId, promotionId, search, archived, first, after }, ctx) => {
      const limit = pageSize(first);
      const [createdAt, id] = keysOf(after, 2) ?? [];
      const from = createdAt !== undefined && id !== undefined ? ([createdAt, id] as const) : null;
      const filter = {
        brandId: brandId ? needId(brandId, 'Brand', 'brandId') : null,
        promotionId: promotionId ? needId(promotionId, 'Promotion', 'promotionId') : null,
        search: search ?? null,
        archived,
      };
      const rows = await readPools(ctx, filter, { limit: limit + 1, after: from });
      return pageOf(rows, limit, from !== null, (row) => cursorOf(row.created_at, row.id));
    },
  }),
  promoCodePool: t.field({
    type: PoolType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'offers.read' },
    resolve: async (_root, { id }, ctx) => {
      const local = localId(id, 'PromoCodePool');
      return local === null ? null : ((await readPoolsById(ctx, [local]))[0] ?? null);
    },
  }),
}));

const PoolSaved = builder
  .objectRef<{ __typename: 'PromoCodePoolSaved'; id: string }>('PromoCodePoolSaved')
  .implement({
    fields: (t) => ({
      pool: t.field({
        type: PoolType,
        resolve: async ({ id }, _args, ctx) => {
          const [pool] = await readPoolsById(ctx, [id]);
          if (pool === undefined) throw new Error('a saved pool is gone');
          return pool;
        },
      }),
    }),
  });
const saved = (id: string) => ({ __typename: 'PromoCodePoolSaved' as const, id });

const CreatePool = builder.inputType('CreatePromoCodePoolInput', {
  fields: (t) => ({
    promotionId: t.id({ required: true, description: 'What a code gives; the pool is of its brand.' }),
    name: t.string({ required: true }),
    kind: t.field({ type: PoolKindEnum, required: true, description: 'Never changes.' }),
    words: t.stringList({ description: 'Of a GENERIC pool: what people type, 1 to 100.' }),
    pattern: t.string({ description: '`SALE-####-####`. SINGLE_USE only; null: codes come from a file.' }),
    alphabet: t.string({ description: 'Signs that are read in one way only where absent.' }),
    validFrom: t.field({ type: 'DateTime' }),
    validTo: t.field({ type: 'DateTime' }),
    validDays: t.int({ description: 'After a code is issued, to the end of that day. SINGLE_USE only.' }),
    usesTotal: t.int({ description: 'Of each word, in all. GENERIC only.' }),
    usesPerShopper: t.int({ description: 'GENERIC only.' }),
    freeOnReturn: t.boolean({ description: 'true where absent.' }),
  }),
});

const ChangePool = builder.inputType('ChangePromoCodePoolInput', {
  description: 'All of it as it is to be.',
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    promotionId: t.id({ required: true, description: 'Of the same brand.' }),
    name: t.string({ required: true }),
    pattern: t.string({ description: 'Of codes made from now on.' }),
    alphabet: t.string(),
    validFrom: t.field({ type: 'DateTime' }),
    validTo: t.field({ type: 'DateTime' }),
    validDays: t.int({ description: 'Of codes issued from now on.' }),
    usesTotal: t.int({ description: 'A limit set later counts from then on.' }),
    usesPerShopper: t.int(),
    freeOnReturn: t.boolean(),
  }),
});

builder.mutationFields((t) => ({
  createPromoCodePool: t.field({
    type: builder.errorUnion('CreatePromoCodePoolResult', { types: [PoolSaved, InvalidInput] }),
    args: { input: t.arg({ type: CreatePool, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) =>
      saved(
        await createPool(ctx, {
          ...input,
          promotionId: needId(input.promotionId, 'Promotion', 'promotionId'),
        }),
      ),
  }),
  changePromoCodePool: t.field({
    type: builder.errorUnion('ChangePromoCodePoolResult', {
      types: [PoolSaved, VersionConflict, InvalidInput],
    }),
    description: 'Codes that were issued keep the days they were issued with.',
    args: { input: t.arg({ type: ChangePool, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'PromoCodePool', 'id');
      const promotionId = needId(input.promotionId, 'Promotion', 'promotionId');
      await changePool(ctx, { ...input, id, promotionId });
      return saved(id);
    },
  }),
  archivePromoCodePool: t.field({
    type: builder.errorUnion('ArchivePromoCodePoolResult', {
      types: [PoolSaved, VersionConflict, InvalidInput],
    }),
    description: 'Puts it away, or takes it out again: none of its codes works meanwhile.',
    args: {
      id: t.arg.id({ required: true }),
      version: t.arg.int({ required: true }),
      archived: t.arg.boolean({ required: true }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { id: opaque, version, archived }, ctx) => {
      const id = needId(opaque, 'PromoCodePool', 'id');
      await archivePool(ctx, { id, version, archived });
      return saved(id);
    },
  }),
}));

const TaskStarted = builder
  .objectRef<{ __typename: 'PromoCodeTaskStarted'; id: string }>('PromoCodeTaskStarted')
  .implement({
    description: 'It goes on in the background: follow `task`.',
    fields: (t) => ({ taskId: t.id({ resolve: ({ id }) => globalId('Task', id) }) }),
  });
const started = (id: string) => ({ __typename: 'PromoCodeTaskStarted' as const, id });

builder.mutationFields((t) => ({
  generatePromoCodes: t.field({
    type: builder.errorUnion('GeneratePromoCodesResult', { types: [TaskStarted, InvalidInput] }),
    description:
      'New codes by the pattern of the pool, all of them or none. Refused where a guess would hit too easily: at least a thousand combinations for each code.',
    args: {
      poolId: t.arg.id({ required: true }),
      count: t.arg.int({ required: true, description: '1 to 1,000,000.' }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { poolId, count }, ctx) =>
      started(await startGeneration(ctx, { poolId: needId(poolId, 'PromoCodePool', 'poolId'), count })),
  }),
  importPromoCodes: t.field({
    type: builder.errorUnion('ImportPromoCodesResult', { types: [TaskStarted, InvalidInput] }),
    description:
      'Codes of an uploaded CSV file, one a line: `code` or `code;last day`. Rows that are not taken come back in a file with what is wrong.',
    args: {
      poolId: t.arg.id({ required: true }),
      uploadId: t.arg.string({ required: true }),
      issued: t.arg.boolean({
        required: true,
        description: 'They are with people already; else they wait in the pool to be issued.',
      }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { poolId, ...input }, ctx) =>
      started(await startCodeImport(ctx, { ...input, poolId: needId(poolId, 'PromoCodePool', 'poolId') })),
  }),
  exportPromoCodes: t.field({
    type: builder.errorUnion('ExportPromoCodesResult', { types: [TaskStarted, InvalidInput] }),
    description:
      'A file of codes. FREE: takes them out of the pool to be given away, they count as issued from then on. ISSUED: those with people, not used.',
    args: {
      poolId: t.arg.id({ required: true }),
      codes: t.arg({
        required: true,
        type: builder.enumType('ExportedPromoCodes', { values: ['FREE', 'ISSUED'] as const }),
      }),
      count: t.arg.int({ description: 'At most so many; all where absent.' }),
    },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { poolId, codes, count }, ctx) =>
      started(
        await startCodeExport(ctx, {
          poolId: needId(poolId, 'PromoCodePool', 'poolId'),
          codes,
          count: count ?? null,
        }),
      ),
  }),
}));
