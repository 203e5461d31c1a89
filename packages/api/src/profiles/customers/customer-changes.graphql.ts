import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import {
  recordCustomerConsents,
  type CustomerConsentsRecorded,
} from '../consents/record-customer-consent.ts';
import type { ConsentInput } from '../consents/record-consents.ts';
import {
  attachIdentity,
  detachIdentity,
  type IdentityAttached,
  type IdentityDetached,
} from '../identities/change-owner.ts';
import {
  ConsentInputType,
  ContactChannelType,
  ExternalRefType,
  GenderType,
  ProfileType,
} from '../profiles.types.ts';
import { changeTags, type TagsChanged } from './change-tags.ts';
import { updateCustomer, type CustomerUpdated } from './update-customer.ts';

const UpdateCustomerInput = builder.inputType('UpdateCustomerInput', {
  description: 'absent = leave, null = clear, lists replace.',
  fields: (t) => ({
    profileId: t.id({ required: true }),
    version: t.int({ required: true }),
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
  }),
});

const CustomerUpdatedType = builder.objectRef<CustomerUpdated>('CustomerUpdated').implement({
  fields: (t) => ({ profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }) }),
});

builder.mutationField('updateCustomer', (t) =>
  t.field({
    type: builder.errorUnion('UpdateCustomerResult', {
      types: [CustomerUpdatedType, VersionConflict, InvalidInput],
    }),
    description: 'What staff know better: goes past the rules that weigh sources.',
    args: { input: t.arg({ type: UpdateCustomerInput, required: true }) },
    authScopes: { can: 'profiles.write' },
    resolve: (_root, { input }, ctx) => updateCustomer(ctx, input),
  }),
);

const ChangeTagsInput = builder.inputType('ChangeTagsInput', {
  fields: (t) => ({
    profileIds: t.idList({ required: true }),
    add: t.stringList({ required: true, defaultValue: [] }),
    remove: t.stringList({ required: true, defaultValue: [] }),
  }),
});

const TagsChangedType = builder.objectRef<TagsChanged>('TagsChanged').implement({
  fields: (t) => ({
    profiles: t.field({ type: [ProfileType], resolve: ({ profileIds }) => profileIds }),
    changed: t.exposeInt('changed', { description: 'How many have other tags now.' }),
  }),
});

builder.mutationField('changeTags', (t) =>
  t.field({
    type: builder.errorUnion('ChangeTagsResult', { types: [TagsChangedType, InvalidInput] }),
    description: 'Of at most 100 people; `startChangeTags` takes a whole list.',
    args: { input: t.arg({ type: ChangeTagsInput, required: true }) },
    authScopes: { can: 'profiles.write' },
    resolve: (_root, { input }, ctx) => changeTags(ctx, input),
  }),
);

const DetachIdentityInput = builder.inputType('DetachIdentityInput', {
  fields: (t) => ({
    profileId: t.id({ required: true }),
    identityId: t.id({ required: true }),
    reason: t.string({ required: true }),
  }),
});

const IdentityDetachedType = builder.objectRef<IdentityDetached>('IdentityDetached').implement({
  fields: (t) => ({ profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }) }),
});

builder.mutationField('detachIdentity', (t) =>
  t.field({
    type: builder.errorUnion('DetachIdentityResult', { types: [IdentityDetachedType, InvalidInput] }),
    description: 'Takes a contact from a person; purchases, points and messages stay with them.',
    args: { input: t.arg({ type: DetachIdentityInput, required: true }) },
    authScopes: { can: 'profiles.merge' },
    resolve: (_root, { input }, ctx) => detachIdentity(ctx, input),
  }),
);

const IdentityInput = builder.inputType('IdentityInput', {
  isOneOf: true,
  fields: (t) => ({
    phone: t.field({ type: 'Phone' }),
    email: t.string(),
    card: t.string(),
    external: t.field({ type: ExternalRefType }),
  }),
});

const AttachIdentityInput = builder.inputType('AttachIdentityInput', {
  description: 'profileId absent: a new person.',
  fields: (t) => ({
    profileId: t.id(),
    identity: t.field({ type: IdentityInput, required: true }),
    reason: t.string({ required: true }),
  }),
});

const IdentityAttachedType = builder.objectRef<IdentityAttached>('IdentityAttached').implement({
  fields: (t) => ({ profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }) }),
});

builder.mutationField('attachIdentity', (t) =>
  t.field({
    type: builder.errorUnion('AttachIdentityResult', { types: [IdentityAttachedType, InvalidInput] }),
    description: 'Gives a contact nobody has to a person.',
    args: { input: t.arg({ type: AttachIdentityInput, required: true }) },
    authScopes: { can: 'profiles.merge' },
    resolve: (_root, { input }, ctx) =>
      attachIdentity(ctx, {
        profileId: input.profileId ?? null,
        identity: input.identity,
        reason: input.reason,
      }),
  }),
);

const RecordCustomerConsentsInput = builder.inputType('RecordCustomerConsentsInput', {
  fields: (t) => ({
    profileId: t.id({ required: true }),
    consents: t.field({ type: [ConsentInputType], required: true }),
    note: t.string({ required: true, description: 'How it was given: by a call, on paper.' }),
  }),
});

const CustomerConsentsRecordedType = builder
  .objectRef<CustomerConsentsRecorded>('CustomerConsentsRecorded')
  .implement({
    fields: (t) => ({ profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }) }),
  });

builder.mutationField('recordCustomerConsents', (t) =>
  t.field({
    type: builder.errorUnion('RecordCustomerConsentsResult', {
      types: [CustomerConsentsRecordedType, InvalidInput],
    }),
    args: { input: t.arg({ type: RecordCustomerConsentsInput, required: true }) },
    authScopes: { can: 'profiles.write' },
    resolve: (_root, { input }, ctx) =>
      recordCustomerConsents(ctx, { ...input, consents: input.consents as ConsentInput[] }),
  }),
);
