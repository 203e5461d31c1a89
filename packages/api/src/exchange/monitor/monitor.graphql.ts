import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { editSource } from './edit-source.ts';
import type { Freshness } from './freshness.ts';
import { IntakeKindType } from './intake-kind.types.ts';
import { readSources, type HourCounts, type SourceState } from './read-sources.ts';

const FreshnessType = builder.enumType('Freshness', {
  description:
    'FRESH: as often as it should. LATE: missed once. SILENT: missed three times. FAILING: it comes, and nothing can be taken. UNWATCHED: nobody said how often it should.',
  values: ['FRESH', 'LATE', 'SILENT', 'FAILING', 'UNWATCHED'] satisfies Freshness[],
});

const CountsType = builder.objectRef<Omit<HourCounts, 'hour'>>('IntakeCounts').implement({
  description: 'Records: taken as new or changed, known already, and refused.',
  fields: (t) => ({
    accepted: t.float({ resolve: ({ accepted }) => accepted }),
    unchanged: t.float({ resolve: ({ unchanged }) => unchanged }),
    refused: t.float({ resolve: ({ refused }) => refused }),
  }),
});

const HourType = builder.objectRef<HourCounts>('IntakeHour').implement({
  fields: (t) => ({
    hour: t.expose('hour', { type: 'DateTime', description: 'Its beginning.' }),
    counts: t.field({ type: CountsType, resolve: (hour) => hour }),
  }),
});

const ExchangeSourceType = builder.objectRef<SourceState>('ExchangeSource').implement({
  description: 'A system that brings records of one kind, and how it is doing.',
  fields: (t) => ({
    source: t.exposeString('source'),
    kind: t.expose('kind', { type: IntakeKindType }),
    name: t.exposeString('name', { nullable: true }),
    expectedEveryMinutes: t.exposeInt('expectedEveryMinutes', { nullable: true }),
    firstAt: t.expose('firstAt', { type: 'DateTime' }),
    lastAttemptAt: t.expose('lastAttemptAt', { type: 'DateTime' }),
    lastSuccessAt: t.expose('lastSuccessAt', { type: 'DateTime', nullable: true }),
    lastFailureAt: t.expose('lastFailureAt', { type: 'DateTime', nullable: true }),
    lastFailure: t.exposeString('lastFailure', {
      nullable: true,
      description: 'A code: why nothing at all could be brought.',
    }),
    freshness: t.expose('freshness', { type: FreshnessType }),
    total: t.field({ type: CountsType, resolve: ({ total }) => total }),
    lastDay: t.field({
      type: CountsType,
      description: 'The last 24 hours.',
      resolve: ({ hours }) => sumOf(hours),
    }),
    hours: t.field({
      type: [HourType],
      description: 'Of the last 24 those with something, in order.',
      resolve: ({ hours }) => hours,
    }),
    openRejected: t.exposeInt('openRejected', { description: 'Refused records that wait for somebody.' }),
    version: t.exposeInt('version'),
  }),
});

function sumOf(hours: readonly HourCounts[]): Omit<HourCounts, 'hour'> {
  const sum = { accepted: 0, unchanged: 0, refused: 0 };
  for (const { accepted, unchanged, refused } of hours) {
    sum.accepted += accepted;
    sum.unchanged += unchanged;
    sum.refused += refused;
  }
  return sum;
}

builder.queryFields((t) => ({
  exchangeSources: t.field({
    type: [ExchangeSourceType],
    description: 'Every source there is; who needs attention first.',
    authScopes: { can: 'imports.read' },
    complexity: { field: 20, multiplier: 20 },
    resolve: (_root, _args, ctx) => readSources(ctx),
  }),
  exchangeSource: t.field({
    type: ExchangeSourceType,
    nullable: true,
    authScopes: { can: 'imports.read' },
    args: { source: t.arg.string({ required: true }), kind: t.arg({ type: IntakeKindType, required: true }) },
    resolve: async (_root, { source, kind }, ctx) => (await readSources(ctx, { source, kind }))[0] ?? null,
  }),
}));

const ExchangeSourceEdited = builder
  .objectRef<{ __typename: 'ExchangeSourceEdited'; source: SourceState }>('ExchangeSourceEdited')
  .implement({
    fields: (t) => ({ source: t.field({ type: ExchangeSourceType, resolve: ({ source }) => source }) }),
  });

const EditExchangeSourceInput = builder.inputType('EditExchangeSourceInput', {
  fields: (t) => ({
    source: t.string({ required: true }),
    kind: t.field({ type: IntakeKindType, required: true }),
    name: t.string({ description: 'null: its code is its name.' }),
    expectedEveryMinutes: t.int({ description: 'null: nobody minds when it comes.' }),
    version: t.int({ required: true }),
  }),
});

builder.mutationField('editExchangeSource', (t) =>
  t.field({
    type: builder.errorUnion('EditExchangeSourceResult', {
      types: [ExchangeSourceEdited, VersionConflict, InvalidInput],
    }),
    authScopes: { can: 'imports.run' },
    args: { input: t.arg({ type: EditExchangeSourceInput, required: true }) },
    resolve: async (_root, { input }, ctx) => ({
      __typename: 'ExchangeSourceEdited' as const,
      source: await editSource(ctx, {
        ...input,
        name: input.name ?? null,
        expectedEveryMinutes: input.expectedEveryMinutes ?? null,
      }),
    }),
  }),
);
