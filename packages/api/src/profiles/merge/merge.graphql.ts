import { IdempotencyConflict, InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { EvidenceType } from '../duplicates/duplicates.types.ts';
import { ProfileType } from '../profiles.types.ts';
import type { ShopperRows } from '../shopper-rows.ts';
import type { FieldPair, FieldValue } from './join-persons.ts';
import { listMerges, type MergeRecord } from './list-merges.ts';
import { mergeProfiles, type ProfilesMerged } from './merge-profiles.ts';
import {
  AlreadyMerged,
  LaterMergeFirst,
  MergeFinal,
  MergeUndone,
  PointsSpentSinceMerge,
  ProfilesChanged,
  PurchaseInProgress,
} from './merge.errors.ts';
import { MergePreviewType } from './merge.types.ts';
import { previewMerge, type MergePreview } from './preview-merge.ts';
import { undoMerge, type MergeTakenBack } from './undo-merge.ts';

builder.objectType(AlreadyMerged, {
  name: 'AlreadyMerged',
  interfaces: [RefusalInterface],
  fields: (t) => ({ survivor: t.field({ type: ProfileType, resolve: ({ survivorId }) => survivorId }) }),
});
builder.objectType(ProfilesChanged, { name: 'ProfilesChanged', interfaces: [RefusalInterface] });
builder.objectType(MergeFinal, { name: 'MergeFinal', interfaces: [RefusalInterface] });
builder.objectType(MergeUndone, {
  name: 'MergeUndone',
  interfaces: [RefusalInterface],
  fields: (t) => ({ undoneAt: t.expose('undoneAt', { type: 'DateTime' }) }),
});
builder.objectType(LaterMergeFirst, {
  name: 'LaterMergeFirst',
  interfaces: [RefusalInterface],
  description: 'Merges of one person are undone from the latest on.',
  fields: (t) => ({ mergeId: t.exposeID('mergeId') }),
});
builder.objectType(PointsSpentSinceMerge, {
  name: 'PointsSpentSinceMerge',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    spent: t.exposeInt('spent', {
      description: 'Points the other profile brought and that were spent since.',
    }),
    available: t.exposeInt('available', { description: 'Of the survivor’s own, to make them good.' }),
  }),
});
builder.objectType(PurchaseInProgress, {
  name: 'PurchaseInProgress',
  interfaces: [RefusalInterface],
  fields: (t) => ({ holdExpiresAt: t.expose('holdExpiresAt', { type: 'DateTime' }) }),
});

const MergeSideType = builder.enumType('MergeSide', { values: ['SURVIVOR', 'OTHER'] as const });

const MergeValueType = builder.objectRef<FieldValue>('MergeValue').implement({
  fields: (t) => ({
    value: t.field({ type: 'JSON', nullable: true, resolve: ({ value }) => value }),
    source: t.string({ nullable: true, resolve: ({ origin }) => origin?.source ?? null }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ origin }) => (origin === null ? null : new Date(origin.at)),
    }),
  }),
});

const MergeFieldType = builder.objectRef<FieldPair>('MergeField').implement({
  fields: (t) => ({
    field: t.exposeString('field', { description: '`givenName`, `attributes.size` …' }),
    survivor: t.field({ type: MergeValueType, resolve: ({ survivor }) => survivor }),
    other: t.field({ type: MergeValueType, resolve: ({ other }) => other }),
    differs: t.exposeBoolean('differs'),
    suggested: t.expose('suggested', { type: MergeSideType }),
  }),
});

const MergeCountType = builder.objectRef<MergePreview['counts'][number]>('MergeCount').implement({
  fields: (t) => ({
    what: t.exposeString('what', { description: 'Name of the table: `orders`, `message`, `event` …' }),
    survivor: t.exposeInt('survivor'),
    other: t.exposeInt('other', { description: 'These move.' }),
  }),
});

const MergeConsentType = builder.objectRef<MergePreview['consents'][number]>('MergeConsent').implement({
  description: 'The answer that counts after the merge: the newest of either.',
  fields: (t) => ({
    purpose: t.exposeString('purpose'),
    channel: t.exposeString('channel', { nullable: true }),
    topic: t.exposeString('topic', { nullable: true }),
    granted: t.exposeBoolean('granted'),
    givenAt: t.expose('givenAt', { type: 'DateTime' }),
    from: t.expose('from', { type: MergeSideType }),
    disagree: t.exposeBoolean('disagree', { description: 'The two answered differently.' }),
  }),
});

builder.objectType(MergePreviewType, {
  fields: (t) => ({
    survivor: t.field({ type: ProfileType, resolve: ({ survivorId }) => survivorId }),
    other: t.field({ type: ProfileType, resolve: ({ otherId }) => otherId }),
    survivorVersion: t.exposeInt('survivorVersion'),
    otherVersion: t.exposeInt('otherVersion'),
    fields: t.field({ type: [MergeFieldType], resolve: ({ fields }) => fields }),
    tags: t.exposeStringList('tags', { description: 'Of both.' }),
    counts: t.field({ type: [MergeCountType], resolve: ({ counts }) => counts }),
    consents: t.field({ type: [MergeConsentType], resolve: ({ consents }) => consents }),
    probability: t.exposeFloat('probability', { nullable: true }),
    evidence: t.field({ type: [EvidenceType], resolve: ({ evidence }) => evidence }),
  }),
});

const MergeType = builder.objectRef<MergeRecord>('Merge').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    survivor: t.field({ type: ProfileType, resolve: ({ survivorId }) => survivorId }),
    otherId: t.exposeID('otherId'),
    otherName: t.exposeString('otherName', {
      nullable: true,
      description: 'As the other profile was called; its id answers with the survivor.',
    }),
    mergedAt: t.expose('mergedAt', { type: 'DateTime' }),
    by: t.exposeString('by', { nullable: true, description: 'Name of who merged them; null: the rule did.' }),
    automatic: t.exposeBoolean('automatic'),
    probability: t.exposeFloat('probability', { nullable: true }),
    evidence: t.field({ type: [EvidenceType], resolve: ({ evidence }) => evidence }),
    fields: t.exposeStringList('fields'),
    undoneAt: t.expose('undoneAt', { type: 'DateTime', nullable: true }),
  }),
});

const ProfilesMergedType = builder.objectRef<ProfilesMerged>('ProfilesMerged').implement({
  fields: (t) => ({
    mergeId: t.exposeID('mergeId'),
    profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }),
  }),
});

const MergeTakenBackType = builder.objectRef<MergeTakenBack>('MergeTakenBack').implement({
  fields: (t) => ({
    mergeId: t.exposeID('mergeId'),
    survivor: t.field({ type: ProfileType, resolve: ({ survivorId }) => survivorId }),
    profile: t.field({
      type: ProfileType,
      description: 'A person of their own again.',
      resolve: ({ profileId }) => profileId,
    }),
  }),
});

const FieldChoiceInput = builder.inputType('MergeChoiceInput', {
  fields: (t) => ({
    field: t.string({ required: true }),
    from: t.field({ type: MergeSideType, required: true }),
  }),
});

const MergeProfilesInput = builder.inputType('MergeProfilesInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    survivorId: t.id({ required: true }),
    otherId: t.id({ required: true }),
    choices: t.field({ type: [FieldChoiceInput], required: true, defaultValue: [] }),
    survivorVersion: t.int({ description: 'Of the preview: a profile changed since is not merged unseen.' }),
    otherVersion: t.int(),
  }),
});

const UndoMergeInput = builder.inputType('UndoMergeInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    mergeId: t.id({ required: true }),
    whatRemains: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Give up points that were spent since and cannot be made good.',
    }),
    notSame: t.boolean({
      required: true,
      defaultValue: false,
      description: 'They are two people: never offer the pair again.',
    }),
  }),
});

builder.queryField('merges', (t) =>
  t.connection({
    type: MergeType,
    description: 'The newest first; of one person where asked.',
    args: { profileId: t.arg.id() },
    authScopes: { can: 'profiles.merge' },
    complexity: (args) => pageCost(args),
    resolve: (_root, args, ctx) => listMerges(ctx, args),
  }),
);

/** What needs the tables of all rooms; called once, where the schema is assembled. */
export function addMerges(registry: readonly ShopperRows[]): void {
  builder.queryField('previewMerge', (t) =>
    t.field({
      type: MergePreviewType,
      args: { survivorId: t.arg.id({ required: true }), otherId: t.arg.id({ required: true }) },
      authScopes: { can: 'profiles.merge' },
      complexity: 50,
      resolve: (_root, args, ctx) => previewMerge(ctx, registry, args),
    }),
  );
  builder.mutationField('mergeProfiles', (t) =>
    t.field({
      type: builder.errorUnion('MergeProfilesResult', {
        types: [ProfilesMergedType, AlreadyMerged, ProfilesChanged, IdempotencyConflict, InvalidInput],
      }),
      args: { input: t.arg({ type: MergeProfilesInput, required: true }) },
      authScopes: { can: 'profiles.merge' },
      resolve: (_root, { input }, ctx) =>
        mergeProfiles(ctx, registry, {
          ...input,
          survivorVersion: input.survivorVersion ?? null,
          otherVersion: input.otherVersion ?? null,
        }),
    }),
  );
  builder.mutationField('undoMerge', (t) =>
    t.field({
      type: builder.errorUnion('UndoMergeResult', {
        types: [
          MergeTakenBackType,
          MergeUndone,
          LaterMergeFirst,
          MergeFinal,
          PointsSpentSinceMerge,
          PurchaseInProgress,
          IdempotencyConflict,
          InvalidInput,
        ],
      }),
      args: { input: t.arg({ type: UndoMergeInput, required: true }) },
      authScopes: { can: 'profiles.merge' },
      resolve: (_root, { input }, ctx) => undoMerge(ctx, registry, input),
    }),
  );
}
