import { readBrands, BrandType } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { InputProblemType } from '../../platform/graphql/refusal.ts';
import { ProgramType } from '../loyalty.types.ts';
import { allPrograms, versionAt, type ProgramRecord } from './programs.ts';
import {
  currenciesOf,
  readDraft,
  readVersions,
  type DraftRecord,
  type VersionRecord,
} from './read-versions.ts';
import { settingsToClient } from './settings-json.ts';

/** Programs of the brands this caller works for. */
async function ownPrograms(ctx: Context): Promise<ProgramRecord[]> {
  const brands = new Set((await readBrands(ctx, { archived: true })).map(({ id }) => id));
  return (await allPrograms(ctx)).filter(({ brandId }) => brands.has(brandId));
}

const ProgramVersionType = builder.objectRef<VersionRecord>('ProgramVersion').implement({
  description: 'All rules of a program from an instant on. Never changed: an order keeps the one it used.',
  fields: (t) => ({
    number: t.exposeInt('number'),
    settings: t.field({ type: 'JSON', resolve: ({ settings }) => settingsToClient(settings) }),
    state: t.expose('state', {
      type: builder.enumType('ProgramVersionState', {
        values: ['HOLDS', 'PLANNED', 'PAST', 'WITHDRAWN'] as const,
      }),
    }),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    author: t.exposeString('author', {
      nullable: true,
      description: 'Name of the person or key that published it; null: the company was set up with it.',
    }),
    note: t.exposeString('note', { nullable: true }),
    withdrawnAt: t.expose('withdrawnAt', { type: 'DateTime', nullable: true }),
    withdrawnBy: t.exposeString('withdrawnBy', { nullable: true }),
  }),
});

const ProgramDraftType = builder.objectRef<DraftRecord>('ProgramDraft').implement({
  description: 'The one set of rules of a program that is being written.',
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Goes with every save: see VersionConflict.' }),
    settings: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Null: nothing is being written.',
      resolve: ({ settings }) => settingsToClient(settings),
    }),
    problems: t.field({
      type: [InputProblemType],
      description: 'What keeps it from being published, by paths into the settings.',
      resolve: ({ problems }) => problems.map((problem) => ({ ...problem, path: [...problem.path] })),
    }),
    changedBy: t.exposeString('changedBy', { nullable: true }),
    changedAt: t.expose('changedAt', { type: 'DateTime', nullable: true }),
  }),
});

const inOffice = { can: 'loyalty.read' } as const;

builder.objectFields(ProgramType, (t) => ({
  brand: t.field({ type: BrandType, authScopes: inOffice, resolve: ({ brandId }) => brandId }),
  timezone: t.exposeString('timezone', { description: 'IANA; of expiry days and day rules.' }),
  version: t.exposeInt('version', {
    description: 'Of mode and instant; goes with setProgramMode. Rules have `versions`.',
    authScopes: inOffice,
  }),
  currencies: t.field({
    type: ['CurrencyCode'],
    description: 'Of the stores of the brand, the most stores first.',
    authScopes: inOffice,
    resolve: (program, _args, ctx) => currenciesOf(ctx, program),
  }),
  settings: t.field({
    type: 'JSON',
    nullable: true,
    description: 'The rules that hold now; null before the first version begins.',
    authScopes: inOffice,
    resolve: (program, _args, ctx) => settingsToClient(versionAt(program, ctx.clock.now())?.settings ?? null),
  }),
  versions: t.field({
    type: [ProgramVersionType],
    description: 'Every one ever published, the latest number first.',
    authScopes: inOffice,
    resolve: (program, _args, ctx) => readVersions(ctx, program),
  }),
  draft: t.field({
    type: ProgramDraftType,
    authScopes: inOffice,
    resolve: (program, _args, ctx) => readDraft(ctx, program),
  }),
}));

builder.queryField('programs', (t) =>
  t.field({
    type: [ProgramType],
    description: "Of the caller's brands, the oldest first.",
    authScopes: inOffice,
    resolve: async (_root, _args, ctx) => (await ownPrograms(ctx)).map(({ id }) => id),
  }),
);

builder.queryField('program', (t) =>
  t.field({
    type: ProgramType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    authScopes: inOffice,
    resolve: async (_root, { id }, ctx) => {
      const wanted = localId(id, 'Program');
      return (await ownPrograms(ctx)).find((program) => program.id === wanted)?.id ?? null;
    },
  }),
);
