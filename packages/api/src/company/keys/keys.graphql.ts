import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { needId, needIds } from '../../platform/graphql/need-id.ts';
import { SCOPES } from '../callers/scopes.ts';
import { StoreType } from '../company.types.ts';
import { grantKey, mayGrant } from './grant-key.ts';
import { readApiKeys, type ApiKeyRecord } from './read-keys.ts';
import { revokeKey } from './revoke-key.ts';

const ApiKeyType = builder.objectRef<ApiKeyRecord>('ApiKey').implement({
  description: "A partner's program. The key itself was shown once.",
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('ApiKey', id) }),
    name: t.exposeString('name'),
    scopes: t.exposeStringList('scopes'),
    stores: t.field({
      type: t.listRef(StoreType, { nullable: true }),
      nullable: true,
      description: 'null: every store.',
      resolve: ({ storeIds }) => storeIds,
    }),
    sources: t.exposeStringList('sources', {
      nullable: true,
      description: 'What it may write as; null: any.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the minute.' }),
  }),
});

builder.queryField('apiKeys', (t) =>
  t.field({
    type: [ApiKeyType],
    description: 'The newest first.',
    args: {
      revoked: t.arg.boolean({ required: true, defaultValue: false, description: 'Revoked ones too.' }),
    },
    authScopes: { can: 'keys.manage' },
    resolve: (_root, { revoked }, ctx) => readApiKeys(ctx, { revoked }),
  }),
);

builder.queryField('grantableScopes', (t) =>
  t.stringList({
    description: 'What the caller may let a key do.',
    authScopes: { can: 'keys.manage' },
    resolve: (_root, _args, ctx) => SCOPES.filter((scope) => mayGrant(ctx, scope)),
  }),
);

interface Granted {
  __typename: 'ApiKeyGranted';
  id: string;
  key: string;
}

const ApiKeyGranted = builder.objectRef<Granted>('ApiKeyGranted').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('ApiKey', id) }),
    key: t.exposeString('key', { description: '`ck_…`, shown here only.' }),
  }),
});

const GrantApiKeyInput = builder.inputType('GrantApiKeyInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: 'At most 100 characters.' }),
    scopes: t.stringList({ required: true, description: 'Of grantableScopes.' }),
    storeIds: t.idList({ description: 'Absent: every store.' }),
    sources: t.stringList({ description: 'What it may write as, its own first; absent: any.' }),
    expiresAt: t.field({ type: 'DateTime' }),
  }),
});

builder.mutationField('grantApiKey', (t) =>
  t.field({
    type: builder.errorUnion('GrantApiKeyResult', { types: [ApiKeyGranted, InvalidInput] }),
    description: 'Nobody grants what they may not do themselves, except what programs are for.',
    args: { input: t.arg({ type: GrantApiKeyInput, required: true }) },
    authScopes: { can: 'keys.manage' },
    resolve: async (_root, { input }, ctx) => {
      const { name, scopes, storeIds, sources, expiresAt } = input;
      const granted = await grantKey(ctx, {
        name,
        scopes,
        storeIds: storeIds ? needIds(storeIds, 'Store', 'storeIds') : null,
        sources: sources ?? null,
        expiresAt: expiresAt ?? null,
      });
      return { __typename: 'ApiKeyGranted' as const, ...granted };
    },
  }),
);

const ApiKeyRevoked = builder
  .objectRef<{ __typename: 'ApiKeyRevoked'; id: string }>('ApiKeyRevoked')
  .implement({
    fields: (t) => ({ id: t.id({ resolve: ({ id }) => globalId('ApiKey', id) }) }),
  });

builder.mutationField('revokeApiKey', (t) =>
  t.field({
    type: builder.errorUnion('RevokeApiKeyResult', { types: [ApiKeyRevoked, InvalidInput] }),
    description: 'The key stops within seconds and for good.',
    args: { id: t.arg.id({ required: true }) },
    authScopes: { can: 'keys.manage' },
    resolve: async (_root, args, ctx) => {
      const id = needId(args.id, 'ApiKey', 'id');
      await revokeKey(ctx, { id });
      return { __typename: 'ApiKeyRevoked' as const, id };
    },
  }),
);
