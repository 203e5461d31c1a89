import { contactsShown } from '../../company/index.ts';
import { InvalidInput, RequestError } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { startTask } from '../../platform/tasks/index.ts';
import { EXPORT_CUSTOMERS } from '../export/export-customers.ts';
import { EXPORT_PERSON } from '../export/export-person.ts';
import { CHANGE_TAGS } from './change-many-tags.ts';
import { readTags } from './change-tags.ts';
import { CustomerFilterInput, CustomerSortType, FileLanguageType } from './customers.types.ts';
import { findCustomer } from './find-customer.ts';
import { sealFilter } from './sealed-filter.ts';

const CustomerTaskType = builder
  .objectRef<{ __typename: 'CustomerTaskStarted'; taskId: string }>('CustomerTaskStarted')
  .implement({
    description: '`task(id)` tells how far it is and what it made.',
    fields: (t) => ({ taskId: t.id({ resolve: ({ taskId }) => globalId('Task', taskId) }) }),
  });

const started = (taskId: string) => ({ __typename: 'CustomerTaskStarted' as const, taskId });

builder.mutationField('startPersonExport', (t) =>
  t.field({
    type: builder.errorUnion('StartPersonExportResult', { types: [CustomerTaskType, InvalidInput] }),
    description: 'Everything known of one person: CSV (`fileId` of the task) and JSON (`result.jsonFileId`).',
    args: {
      profileId: t.arg.id({ required: true }),
      language: t.arg({ type: FileLanguageType, required: true, defaultValue: 'RU' }),
    },
    authScopes: { can: 'profiles.export' },
    resolve: async (_root, { profileId, language }, ctx) => {
      const id = await findCustomer(ctx, profileId, 'profileId');
      const facts = { profileId: id, language: language.toLowerCase() };
      return started(await startTask(ctx, { kind: EXPORT_PERSON, facts }));
    },
  }),
);

builder.mutationField('startCustomersExport', (t) =>
  t.field({
    type: CustomerTaskType,
    description: 'A list as CSV, contacts as the caller may see them.',
    args: {
      filter: t.arg({ type: CustomerFilterInput }),
      sort: t.arg({ type: CustomerSortType }),
      language: t.arg({ type: FileLanguageType, required: true, defaultValue: 'RU' }),
    },
    authScopes: { can: 'profiles.export' },
    resolve: async (_root, { filter, sort, language }, ctx) => {
      if (contactsShown(ctx.actor) === 'NONE')
        throw new RequestError('FORBIDDEN', 'This caller may not take people along.');
      const facts = {
        ...sealFilter(ctx, { filter: filter ?? {}, sort: sort ?? 'NEWEST' }),
        language: language.toLowerCase(),
      };
      return started(await startTask(ctx, { kind: EXPORT_CUSTOMERS, facts }));
    },
  }),
);

builder.mutationField('startChangeTags', (t) =>
  t.field({
    type: builder.errorUnion('StartChangeTagsResult', { types: [CustomerTaskType, InvalidInput] }),
    description: 'Adds and removes tags of everybody a filter finds.',
    args: {
      filter: t.arg({ type: CustomerFilterInput }),
      add: t.arg.stringList({ required: true, defaultValue: [] }),
      remove: t.arg.stringList({ required: true, defaultValue: [] }),
    },
    authScopes: { can: 'profiles.write' },
    resolve: async (_root, { filter, add, remove }, ctx) => {
      const tags = readTags({ add, remove });
      const facts = { ...sealFilter(ctx, { filter: filter ?? {}, sort: 'OLDEST' }), tags };
      return started(await startTask(ctx, { kind: CHANGE_TAGS, facts }));
    },
  }),
);
