import { TillType } from '../company/index.ts';
import { IdempotencyConflict, InvalidInput, RequestError } from '../platform/errors.ts';
import { builder } from '../platform/graphql/builder.ts';
import { RecordStatusType } from '../platform/graphql/record-status.ts';
import { InputProblemType } from '../platform/graphql/refusal.ts';
import { consentTexts, type ConsentInput } from './consents/record-consents.ts';
import { contactsOf } from './identities/contacts.ts';
import { parseProfileRef, type ProfileRefInput } from './identities/profile-ref.ts';
import { resolveProfile } from './identities/resolve-profile.ts';
import {
  ConsentInputType,
  ConsentPurposeType,
  ConsentTextType,
  ContactChannelType,
  GenderType,
  ProfileRefType,
  ProfileType,
} from './profiles.types.ts';
import type { UpsertedRecord } from './upsert/plan-upsert.ts';
import { upsertProfiles, type ProfilesUpserted } from './upsert/upsert-profiles.ts';
import { countLookUp } from './visits/count-look-up.ts';

const ProfileKind = builder.enumType('ProfileKind', { values: ['PERSON', 'VISITOR', 'WALK_IN'] as const });

builder.objectType(ProfileType, {
  fields: (t) => ({
    kind: t.expose('kind', { type: ProfileKind }),
    givenName: t.exposeString('givenName', { nullable: true }),
    familyName: t.exposeString('familyName', { nullable: true }),
    birthDate: t.expose('birthDate', { type: 'Date', nullable: true }),
    gender: t.expose('gender', { type: GenderType, nullable: true }),
    tags: t.stringList({
      description: 'Words of the staff: none to the shopper.',
      resolve: ({ tags }, _args, ctx) => (ctx.actor.kind === 'SHOPPER' ? [] : tags),
    }),
    phone: t.loadable({
      type: 'String',
      nullable: true,
      description: "Masked unless the caller's role may see it.",
      load: (ids: string[], ctx) => contactsOf(ctx, 'PHONE', ids),
      resolve: (profile) => profile.id,
    }),
    email: t.loadable({
      type: 'String',
      nullable: true,
      load: (ids: string[], ctx) => contactsOf(ctx, 'EMAIL', ids),
      resolve: (profile) => profile.id,
    }),
  }),
});

builder.objectType(ConsentTextType, {
  fields: (t) => ({
    purpose: t.expose('purpose', { type: ConsentPurposeType }),
    version: t.exposeString('version'),
    text: t.exposeString('text'),
    required: t.exposeBoolean('required'),
  }),
});

builder.objectFields(TillType, (t) => ({
  consentTexts: t.field({
    type: [ConsentTextType],
    resolve: (till, _args, ctx) => consentTexts(ctx, [till.store.brandId]),
  }),
}));

builder.queryField('profile', (t) =>
  t.field({
    type: ProfileType,
    nullable: true,
    args: { ref: t.arg({ type: ProfileRefType, required: true }) },
    authScopes: { can: 'profiles.read' },
    resolve: async (_root, { ref }, ctx) => {
      await countLookUp(ctx);
      const parsed = await parseProfileRef(ctx, ref as ProfileRefInput, 'ref').catch(asBadRequest);
      return (await resolveProfile(ctx, parsed))?.id ?? null;
    },
  }),
);

/** A query has no union to refuse in. */
function asBadRequest(error: unknown): never {
  if (error instanceof InvalidInput) throw new RequestError('BAD_REQUEST', error.message);
  throw error;
}

builder.queryField('me', (t) =>
  t.field({
    type: ProfileType,
    nullable: true,
    description: 'The shopper behind a shopper token.',
    authScopes: { anybody: true },
    resolve: (_root, _args, ctx) => ctx.actor.profileId,
  }),
);

const ProfileInput = builder.inputType('ProfileInput', {
  fields: (t) => ({
    externalId: t.string(),
    phones: t.field({ type: ['Phone'] }),
    emails: t.stringList(),
    cards: t.stringList(),
    givenName: t.string(),
    familyName: t.string(),
    patronymic: t.string(),
    birthDate: t.field({ type: 'Date' }),
    gender: t.field({ type: GenderType }),
    tags: t.stringList(),
    attributes: t.field({ type: 'JSON' }),
    preferredStoreCode: t.string(),
    preferredChannel: t.field({ type: ContactChannelType }),
    doNotDisturb: t.boolean(),
    consents: t.field({ type: [ConsentInputType] }),
    updatedAt: t.field({ type: 'DateTime' }),
  }),
});

const UpsertProfilesInput = builder.inputType('UpsertProfilesInput', {
  description: 'Patch rule of every update and upsert: absent = leave, null = clear, lists replace.',
  fields: (t) => ({
    requestId: t.id(),
    source: t.string({ required: true }),
    profiles: t.field({ type: [ProfileInput], required: true }),
  }),
});

const UpsertedProfile = builder.objectRef<UpsertedRecord>('UpsertedProfile').implement({
  fields: (t) => ({
    externalId: t.exposeString('externalId', { nullable: true }),
    status: t.expose('status', { type: RecordStatusType }),
    profile: t.field({ type: ProfileType, nullable: true, resolve: ({ profileId }) => profileId }),
    problems: t.field({ type: [InputProblemType], resolve: ({ problems }) => problems }),
  }),
});

const ProfilesUpsertedType = builder.objectRef<ProfilesUpserted>('ProfilesUpserted').implement({
  fields: (t) => ({ results: t.field({ type: [UpsertedProfile], resolve: ({ results }) => results }) }),
});

builder.mutationField('upsertProfiles', (t) =>
  t.field({
    type: builder.errorUnion('UpsertProfilesResult', {
      types: [ProfilesUpsertedType, IdempotencyConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: UpsertProfilesInput, required: true }) },
    authScopes: { can: 'profiles.write' },
    resolve: (_root, { input }, ctx) =>
      upsertProfiles(ctx, {
        requestId: input.requestId ?? null,
        source: input.source,
        profiles: input.profiles.map(({ consents, ...profile }) => ({
          ...profile,
          consents: consents as ConsentInput[] | null | undefined,
        })),
      }),
  }),
);
