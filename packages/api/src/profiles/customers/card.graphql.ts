import { BrandType, contactsShown, StoreType } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { lastConsents, type LastConsent } from '../consents/record-consents.ts';
import {
  identitiesOfProfiles,
  openContacts,
  type OpenContact,
  type ShownIdentity,
} from '../identities/open-contacts.ts';
import type { ValueOrigin } from '../profile.entity.ts';
import {
  ConsentPurposeType,
  ContactChannelType,
  ProfileType,
  type ProfileRecord,
} from '../profiles.types.ts';
import { attributesOf, type ShownAttribute } from './shown-attributes.ts';

/** What the card of a shopper shows besides the till's fields. */

const IdentityKindType = builder.enumType('IdentityKind', {
  values: ['PHONE', 'EMAIL', 'CARD', 'EXTERNAL', 'DEVICE'] as const,
});

const IdentityType = builder.objectRef<ShownIdentity>('ProfileIdentity').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.expose('kind', { type: IdentityKindType }),
    source: t.exposeString('source', { description: 'Whose number it is; empty but for EXTERNAL.' }),
    masked: t.exposeString('masked', { nullable: true, description: 'Absent for who sees no contacts.' }),
    verifiedAt: t.expose('verifiedAt', { type: 'DateTime', nullable: true }),
    since: t.expose('since', { type: 'DateTime' }),
  }),
});

const OpenContactType = builder.objectRef<OpenContact>('OpenContact').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.expose('kind', { type: IdentityKindType }),
    source: t.exposeString('source'),
    value: t.exposeString('value'),
  }),
});

const ConsentStateType = builder.objectRef<LastConsent>('ConsentState').implement({
  description: 'The answer that counts in one place: brand, purpose, channel, topic.',
  fields: (t) => ({
    brand: t.field({ type: BrandType, nullable: true, resolve: ({ brandId }) => brandId }),
    purpose: t.expose('purpose', { type: ConsentPurposeType }),
    channel: t.expose('channel', {
      type: ContactChannelType,
      nullable: true,
      description: 'null: every channel.',
    }),
    topic: t.exposeString('topic', { nullable: true, description: 'Its code; null: every topic.' }),
    granted: t.exposeBoolean('granted'),
    textVersion: t.exposeString('textVersion'),
    source: t.exposeString('source'),
    note: t.exposeString('note', { nullable: true }),
    at: t.expose('givenAt', { type: 'DateTime' }),
  }),
});

const OriginType = builder.objectRef<ValueOrigin & { field: string }>('ValueOrigin').implement({
  description: 'Where a value came from and when it was true.',
  fields: (t) => ({
    field: t.exposeString('field', { description: '`givenName`, `attributes.size` …' }),
    source: t.exposeString('source'),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => new Date(at) }),
  }),
});

type Definition = NonNullable<ShownAttribute['definition']>;

const ChoiceType = builder.objectRef<Definition['choices'][number]>('ProfileAttributeChoice').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    nameRu: t.exposeString('nameRu'),
    nameEn: t.exposeString('nameEn'),
  }),
});

const AttributeType = builder.objectRef<ShownAttribute>('ProfileAttribute').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    nameRu: t.string({ nullable: true, resolve: ({ definition }) => definition?.nameRu ?? null }),
    nameEn: t.string({ nullable: true, resolve: ({ definition }) => definition?.nameEn ?? null }),
    type: t.string({
      nullable: true,
      description: 'TEXT, NUMBER, BOOLEAN, DATE, CHOICE, MULTI_CHOICE; null: nobody defined it.',
      resolve: ({ definition }) => definition?.type ?? null,
    }),
    choices: t.field({ type: [ChoiceType], resolve: ({ definition }) => definition?.choices ?? [] }),
    archived: t.boolean({ resolve: ({ definition }) => definition?.archived ?? false }),
    value: t.field({ type: 'JSON', nullable: true, resolve: ({ value }) => value }),
    origin: t.field({
      type: OriginType,
      nullable: true,
      resolve: ({ code, origin }) => origin && { field: `attributes.${code}`, ...origin },
    }),
  }),
});

builder.objectFields(ProfileType, (t) => ({
  patronymic: t.exposeString('patronymic', { nullable: true }),
  preferredStore: t.field({
    type: StoreType,
    nullable: true,
    resolve: ({ preferredStoreId }) => preferredStoreId,
  }),
  preferredChannel: t.expose('preferredChannel', { type: ContactChannelType, nullable: true }),
  doNotDisturb: t.exposeBoolean('doNotDisturb'),
  version: t.exposeInt('version', { description: 'Changes so far: an edit names the one it was made from.' }),
  createdAt: t.expose('createdAt', { type: 'DateTime' }),
  updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  erasedAt: t.expose('erasedAt', { type: 'DateTime', nullable: true }),
  origins: t.field({
    type: [OriginType],
    authScopes: { can: 'profiles.read' },
    resolve: ({ origins }) => Object.entries(origins).map(([field, origin]) => ({ field, ...origin })),
  }),
  attributes: t.loadableList({
    type: AttributeType,
    authScopes: { can: 'profiles.read' },
    load: (profiles: ProfileRecord[], ctx: Context) => attributesOf(ctx, profiles),
    resolve: (profile) => profile,
  }),
  identities: t.loadableList({
    type: IdentityType,
    authScopes: { can: 'profiles.read' },
    load: (ids: string[], ctx: Context) =>
      identitiesOfProfiles(ctx, ids, contactsShown(ctx.actor) !== 'NONE'),
    resolve: ({ id }) => id,
  }),
  contacts: t.field({
    type: [OpenContactType],
    description: 'In full; that the caller looked is written down. One person at a time.',
    authScopes: { can: 'profiles.contacts' },
    complexity: 20,
    resolve: ({ id }, _args, ctx) => openContacts(ctx, id),
  }),
  consents: t.loadableList({
    type: ConsentStateType,
    authScopes: { can: 'profiles.read' },
    load: async (ids: string[], ctx: Context) => {
      const all = await lastConsents(ctx, ids);
      return ids.map((id) => all.filter(({ profileId }) => profileId === id));
    },
    resolve: ({ id }) => id,
  }),
}));
