import { WrongPin } from '../company/index.ts';
import { IdempotencyConflict, InvalidInput, invalid } from '../platform/errors.ts';
import { builder } from '../platform/graphql/builder.ts';
import { localId } from '../platform/graphql/global-id.ts';
import { RefusalInterface } from '../platform/graphql/refusal.ts';
import type { ConsentInput } from './consents/record-consents.ts';
import { CodeExpired, ShopperUnknown, TooManyCodes, VisitExpired, WrongCode } from './profiles.errors.ts';
import {
  ConsentInputType,
  GenderType,
  ProfileType,
  ShopperChallengeType,
  ShopperVisitType,
} from './profiles.types.ts';
import { confirmShopper } from './visits/confirm-shopper.ts';
import { identifyShopper } from './visits/identify-shopper.ts';
import { resendShopperCode } from './visits/resend-shopper-code.ts';
import { CODE_CHANNELS } from './visits/sign-in-settings.ts';
import { updateShopper, type ShopperUpdated } from './visits/update-shopper.ts';

const ChallengeKind = builder.enumType('ChallengeKind', { values: ['ENROLMENT', 'SIGN_IN'] as const });
const CodeChannelType = builder.enumType('CodeChannel', { values: CODE_CHANNELS });
const CodeDelivery = builder.enumType('CodeDelivery', {
  values: ['SENDING', 'SENT', 'DELIVERED', 'FAILED'] as const,
});

builder.objectType(ShopperChallengeType, {
  fields: (t) => ({
    kind: t.expose('kind', { type: ChallengeKind }),
    maskedPhone: t.exposeString('maskedPhone'),
    codeLength: t.exposeInt('codeLength'),
    channel: t.expose('channel', { type: CodeChannelType }),
    otherChannels: t.expose('otherChannels', { type: [CodeChannelType] }),
    delivery: t.expose('delivery', { type: CodeDelivery }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    resendAt: t.expose('resendAt', { type: 'DateTime' }),
    attemptsLeft: t.exposeInt('attemptsLeft'),
  }),
});

builder.objectType(ShopperVisitType, {
  fields: (t) => ({
    verified: t.exposeBoolean('verified'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }),
  }),
});

builder.objectType(ShopperUnknown, { name: 'ShopperUnknown', interfaces: [RefusalInterface] });
builder.objectType(CodeExpired, { name: 'CodeExpired', interfaces: [RefusalInterface] });
builder.objectType(VisitExpired, { name: 'VisitExpired', interfaces: [RefusalInterface] });
builder.objectType(TooManyCodes, {
  name: 'TooManyCodes',
  interfaces: [RefusalInterface],
  fields: (t) => ({ retryAt: t.expose('retryAt', { type: 'DateTime' }) }),
});
builder.objectType(WrongCode, {
  name: 'WrongCode',
  interfaces: [RefusalInterface],
  fields: (t) => ({ attemptsLeft: t.exposeInt('attemptsLeft') }),
});

const IdentifyShopperResult = builder.errorUnion('IdentifyShopperResult', {
  types: [ShopperChallengeType, ShopperVisitType, ShopperUnknown, TooManyCodes, InvalidInput],
});

const IdentifyShopperInput = builder.inputType('IdentifyShopperInput', {
  description: 'verify: false identifies for earning only.',
  fields: (t) => ({
    phone: t.field({ type: 'Phone' }),
    card: t.string(),
    verify: t.boolean({ required: true, defaultValue: true }),
  }),
});

builder.mutationField('identifyShopper', (t) =>
  t.field({
    type: IdentifyShopperResult,
    args: { input: t.arg({ type: IdentifyShopperInput, required: true }) },
    authScopes: { can: 'shoppers.identify' },
    resolve: (_root, { input }, ctx) =>
      identifyShopper(ctx, { phone: input.phone ?? null, card: input.card ?? null, verify: input.verify }),
  }),
);

const ResendShopperCodeInput = builder.inputType('ResendShopperCodeInput', {
  fields: (t) => ({ challengeId: t.id({ required: true }), channel: t.field({ type: CodeChannelType }) }),
});

builder.mutationField('resendShopperCode', (t) =>
  t.field({
    type: IdentifyShopperResult,
    args: { input: t.arg({ type: ResendShopperCodeInput, required: true }) },
    authScopes: { can: 'shoppers.identify' },
    resolve: (_root, { input }, ctx) => {
      const challengeId = localId(input.challengeId, 'ShopperChallenge');
      if (challengeId === null)
        throw invalid('challengeId', 'UNKNOWN', 'no code was asked for under this id');
      return resendShopperCode(ctx, { challengeId, channel: input.channel ?? null });
    },
  }),
);

const CodeWaiverInput = builder.inputType('CodeWaiverInput', {
  fields: (t) => ({
    managerId: t.id({ required: true }),
    managerPin: t.string({ required: true }),
    reason: t.string({ required: true }),
  }),
});

const EnrolmentInput = builder.inputType('EnrolmentInput', {
  fields: (t) => ({
    givenName: t.string(),
    familyName: t.string(),
    email: t.string(),
    birthDate: t.field({ type: 'Date' }),
    gender: t.field({ type: GenderType }),
    consents: t.field({ type: [ConsentInputType], required: true, defaultValue: [] }),
  }),
});

const ConfirmShopperInput = builder.inputType('ConfirmShopperInput', {
  description: 'Exactly one of code and waiver.',
  fields: (t) => ({
    challengeId: t.id({ required: true }),
    code: t.string(),
    waiver: t.field({ type: CodeWaiverInput }),
    enrolment: t.field({ type: EnrolmentInput }),
  }),
});

builder.mutationField('confirmShopper', (t) =>
  t.field({
    type: builder.errorUnion('ConfirmShopperResult', {
      types: [ShopperVisitType, WrongCode, CodeExpired, WrongPin, InvalidInput],
    }),
    args: { input: t.arg({ type: ConfirmShopperInput, required: true }) },
    authScopes: { can: 'shoppers.identify' },
    resolve: (_root, { input }, ctx) => {
      const challengeId = localId(input.challengeId, 'ShopperChallenge');
      if (challengeId === null) throw new CodeExpired();
      const { waiver, enrolment } = input;
      return confirmShopper(ctx, {
        challengeId,
        code: input.code ?? null,
        waiver: waiver ? { ...waiver, managerId: localId(waiver.managerId, 'Staff') } : null,
        enrolment: enrolment ? { ...enrolment, consents: enrolment.consents as ConsentInput[] } : null,
      });
    },
  }),
);

const UpdateShopperInput = builder.inputType('UpdateShopperInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    visitId: t.id({ required: true }),
    givenName: t.string(),
    familyName: t.string(),
    email: t.string(),
    birthDate: t.field({ type: 'Date' }),
    gender: t.field({ type: GenderType }),
    consents: t.field({ type: [ConsentInputType], required: true, defaultValue: [] }),
  }),
});

const ShopperUpdatedType = builder.objectRef<ShopperUpdated>('ShopperUpdated').implement({
  fields: (t) => ({ profile: t.field({ type: ProfileType, resolve: ({ profileId }) => profileId }) }),
});

builder.mutationField('updateShopper', (t) =>
  t.field({
    type: builder.errorUnion('UpdateShopperResult', {
      types: [ShopperUpdatedType, VisitExpired, IdempotencyConflict, InvalidInput],
    }),
    args: { input: t.arg({ type: UpdateShopperInput, required: true }) },
    authScopes: { can: 'shoppers.identify' },
    resolve: (_root, { input }, ctx) => {
      const visitId = localId(input.visitId, 'ShopperVisit');
      if (visitId === null) throw new VisitExpired();
      return updateShopper(ctx, { ...input, visitId, consents: input.consents as ConsentInput[] });
    },
  }),
);
