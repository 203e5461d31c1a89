import { ArchiveInput } from '../../../company/index.ts';
import { InvalidInput, invalid, VersionConflict } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { needId } from '../../../platform/graphql/need-id.ts';
import { archiveTopic, defineTopic, renameTopic } from './save-topic.ts';
import { consentTopics, DEFAULT_TOPIC, type ConsentTopicRecord } from './topics.ts';

const ConsentTopicType = builder.objectRef<ConsentTopicRecord>('ConsentTopic').implement({
  description: 'What a brand may write to people about: a consent is given per brand, channel and topic.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('ConsentTopic', id) }),
    code: t.exposeString('code', { description: 'Never changes.' }),
    nameRu: t.exposeString('nameRu'),
    nameEn: t.exposeString('nameEn'),
    version: t.exposeInt('version', { description: 'Goes with every edit: see VersionConflict.' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
    always: t.boolean({
      description: 'The one every brand starts with: it cannot be archived.',
      resolve: ({ code }) => code === DEFAULT_TOPIC,
    }),
  }),
});

builder.queryField('consentTopics', (t) =>
  t.field({
    type: [ConsentTopicType],
    description: 'In the order they were made.',
    args: {
      archived: t.arg.boolean({ required: true, defaultValue: false, description: 'Archived ones too.' }),
    },
    authScopes: { can: 'node.read' },
    resolve: (_root, { archived }, ctx) => consentTopics(ctx, { archived }),
  }),
);

const TopicSaved = builder
  .objectRef<{ __typename: 'ConsentTopicSaved'; id: string }>('ConsentTopicSaved')
  .implement({
    fields: (t) => ({
      topic: t.field({
        type: ConsentTopicType,
        resolve: async ({ id }, _args, ctx) => {
          const known = await consentTopics(ctx, { archived: true });
          const found = known.find((one) => one.id === id);
          if (found === undefined) throw invalid('id', 'UNKNOWN', 'there is no such topic');
          return found;
        },
      }),
    }),
  });
const saved = (id: string) => ({ __typename: 'ConsentTopicSaved' as const, id });

const DefineInput = builder.inputType('DefineConsentTopicInput', {
  fields: (t) => ({
    code: t.string({ required: true, description: '1 to 50 capital letters, digits and _.' }),
    nameRu: t.string({ required: true, description: 'At most 100 characters.' }),
    nameEn: t.string({ required: true, description: 'At most 100 characters.' }),
  }),
});

builder.mutationField('defineConsentTopic', (t) =>
  t.field({
    type: builder.errorUnion('DefineConsentTopicResult', { types: [TopicSaved, InvalidInput] }),
    args: { input: t.arg({ type: DefineInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => saved(await defineTopic(ctx, input)),
  }),
);

const RenameInput = builder.inputType('RenameConsentTopicInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.int({ required: true, description: 'The one the edit began with.' }),
    nameRu: t.string({ required: true }),
    nameEn: t.string({ required: true }),
  }),
});

builder.mutationField('renameConsentTopic', (t) =>
  t.field({
    type: builder.errorUnion('RenameConsentTopicResult', {
      types: [TopicSaved, VersionConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: RenameInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'ConsentTopic', 'id');
      await renameTopic(ctx, { ...input, id });
      return saved(id);
    },
  }),
);

builder.mutationField('archiveConsentTopic', (t) =>
  t.field({
    type: builder.errorUnion('ArchiveConsentTopicResult', {
      types: [TopicSaved, VersionConflict, InvalidInput],
    }),
    description: 'Consents to it stay on record; nobody is asked for it any more.',
    args: { input: t.arg({ type: ArchiveInput, required: true }) },
    authScopes: { can: 'settings.write' },
    resolve: async (_root, { input }, ctx) => {
      const id = needId(input.id, 'ConsentTopic', 'id');
      await archiveTopic(ctx, { ...input, id });
      return saved(id);
    },
  }),
);
