import { builder } from '../../platform/graphql/builder.ts';
import { readTask, type TaskRow } from '../../platform/tasks/index.ts';
import { TaskType } from '../../platform/tasks/task.types.ts';
import {
  HYGIENE_CODES,
  type HygieneFact,
  type HygieneRefused,
  type HygieneReport,
  type HygieneSource,
} from './hygiene-report.ts';
import { lastHygieneReport, startHygieneReport, type ReadyReport } from './hygiene-task.ts';

const HygieneCodeType = builder.enumType('HygieneCode', { values: HYGIENE_CODES });

const HygieneFactType = builder.objectRef<HygieneFact>('HygieneFact').implement({
  fields: (t) => ({ code: t.expose('code', { type: HygieneCodeType }), count: t.exposeInt('count') }),
});

const HygieneSourceType = builder.objectRef<HygieneSource>('HygieneSource').implement({
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Whose numbers these people have.' }),
    people: t.exposeInt('people'),
    facts: t.field({ type: [HygieneFactType], resolve: ({ facts }) => facts }),
  }),
});

const HygieneRefusedType = builder.objectRef<HygieneRefused>('HygieneRefused').implement({
  description: 'Records of a source that wait, refused.',
  fields: (t) => ({
    source: t.exposeString('source'),
    records: t.exposeInt('records'),
    invalidPhones: t.exposeInt('invalidPhones'),
    invalidEmails: t.exposeInt('invalidEmails'),
  }),
});

const HygieneDuplicatesType = builder.objectRef<HygieneReport['duplicates']>('HygieneDuplicates').implement({
  fields: (t) => ({
    pairs: t.exposeInt('pairs', { description: 'That look like one person, undecided.' }),
    people: t.exposeInt('people', { description: 'In them.' }),
  }),
});

const HygieneReportType = builder.objectRef<ReadyReport>('HygieneReport').implement({
  description: 'What is wrong with the base of people and what is missing in it.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    people: t.exposeInt('people'),
    facts: t.field({ type: [HygieneFactType], resolve: ({ facts }) => facts }),
    duplicates: t.field({ type: HygieneDuplicatesType, resolve: ({ duplicates }) => duplicates }),
    sources: t.field({ type: [HygieneSourceType], resolve: ({ sources }) => sources }),
    refused: t.field({ type: [HygieneRefusedType], resolve: ({ refused }) => refused }),
  }),
});

builder.queryField('hygieneReport', (t) =>
  t.field({
    type: HygieneReportType,
    nullable: true,
    description: 'The last one that was made; null: none yet.',
    authScopes: { can: 'imports.read' },
    resolve: (_root, _args, ctx) => lastHygieneReport(ctx),
  }),
);

builder.mutationField('startHygieneReport', (t) =>
  t.field({
    type: TaskType,
    authScopes: { can: 'imports.run' },
    resolve: async (_root, _args, ctx) => (await readTask(ctx, await startHygieneReport(ctx))) as TaskRow,
  }),
);
