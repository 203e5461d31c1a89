import { ProfileType, VisitExpired } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId, localId, localPair } from '../../platform/graphql/global-id.ts';
import { GRANT_SOURCES, GRANT_STATES } from './offer-grant.entity.ts';
import { grantOffer, withdrawOffer } from './grant-offer.ts';
import { startGrantingOffers, type GrantingStarted } from './grant-to-many.ts';
import { noteOffer, type OfferNoted } from './note-offer.ts';
import { countGrants, readGrants, type GrantCounts, type GrantRecord } from './read-grants.ts';
import { PromotionType } from '../promotions/promotion.types.ts';

const GrantSourceType = builder.enumType('OfferGrantSource', { values: GRANT_SOURCES });
const GrantStateType = builder.enumType('OfferGrantState', { values: GRANT_STATES });

const OfferGrantType = builder.objectRef<GrantRecord>('OfferGrant').implement({
  description: 'A promotion granted to one shopper.',
  fields: (t) => ({
    id: t.id({ resolve: ({ profileId, id }) => globalId('OfferGrant', `${profileId}:${id}`) }),
    promotionId: t.id({ resolve: ({ promotionId }) => globalId('Promotion', promotionId) }),
    title: t.exposeString('title'),
    source: t.expose('source', { type: GrantSourceType }),
    reason: t.exposeString('reason', { nullable: true, description: 'For the shopper.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    validTo: t.expose('validTo', {
      type: 'DateTime',
      nullable: true,
      description: 'null: as long as the promotion.',
    }),
    uses: t.exposeInt('uses', { nullable: true, description: 'Purchases it is good for; null: any number.' }),
    used: t.exposeInt('used'),
    state: t.expose('state', { type: GrantStateType }),
  }),
});

builder.objectField(ProfileType, 'offerGrants', (t) =>
  t.loadableList({
    type: OfferGrantType,
    description: 'Personal offers, the latest first.',
    authScopes: { can: 'offers.read' },
    load: async (ids: string[], ctx: Context) => {
      const grants = await readGrants(ctx, ids);
      return ids.map((id) => grants.filter(({ profileId }) => profileId === id));
    },
    resolve: (profile) => profile.id,
  }),
);

const GrantCountsType = builder.objectRef<GrantCounts>('OfferGrantCounts').implement({
  fields: (t) => ({
    granted: t.exposeInt('granted', { description: 'All that were ever granted.' }),
    open: t.exposeInt('open', { description: 'Good for a purchase now.' }),
    used: t.exposeInt('used', { description: 'Bought with once at least.' }),
  }),
});

builder.objectField(PromotionType, 'grants', (t) =>
  t.loadable({
    type: GrantCountsType,
    description: 'How many shoppers it was granted to, as far as grants go.',
    authScopes: { can: 'offers.read' },
    complexity: 5,
    load: (ids: string[], ctx: Context) => countGrants(ctx, ids),
    resolve: (promotion) => promotion.id,
  }),
);

const OfferGrantedType = builder
  .objectRef<{ __typename: 'OfferGranted'; grant: GrantRecord }>('OfferGranted')
  .implement({
    fields: (t) => ({ grant: t.field({ type: OfferGrantType, resolve: ({ grant }) => grant }) }),
  });

const granted = (grant: GrantRecord) => ({ __typename: 'OfferGranted' as const, grant });

const GrantOfferInput = builder.inputType('GrantOfferInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    profileId: t.id({ required: true }),
    promotionId: t.id({ required: true }),
    reason: t.string({ description: 'For the shopper, in their language.' }),
    validTo: t.field({ type: 'DateTime' }),
    uses: t.int({ description: '1 where absent.' }),
  }),
});

builder.mutationField('grantOffer', (t) =>
  t.field({
    type: builder.errorUnion('GrantOfferResult', { types: [OfferGrantedType, InvalidInput] }),
    description: 'Grants one shopper a promotion that is for those it is granted to.',
    args: { input: t.arg({ type: GrantOfferInput, required: true }) },
    authScopes: { can: 'profiles.write' },
    resolve: async (_root, { input }, ctx) => granted(await grantOffer(ctx, input)),
  }),
);

builder.mutationField('withdrawOffer', (t) =>
  t.field({
    type: builder.errorUnion('WithdrawOfferResult', { types: [OfferGrantedType, InvalidInput] }),
    description: 'Takes a personal offer back; one that is used up or over stays as it is.',
    args: { grantId: t.arg.id({ required: true }) },
    authScopes: { can: 'profiles.write' },
    resolve: async (_root, { grantId }, ctx) => {
      const pair = localPair(grantId, 'OfferGrant');
      return granted(await withdrawOffer(ctx, pair && { profileId: pair[0], id: pair[1] }));
    },
  }),
);

const GrantOffersInput = builder.inputType('GrantOffersInput', {
  description:
    'Whom: everybody with any of the tags, everybody in any of the segments, and everybody behind a contact (phone, e-mail, card).',
  fields: (t) => ({
    requestId: t.id({ required: true }),
    promotionId: t.id({ required: true }),
    tags: t.stringList({ required: true, defaultValue: [] }),
    segmentIds: t.idList({ required: true, defaultValue: [] }),
    contacts: t.stringList({ required: true, defaultValue: [] }),
    again: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Those too who hold it open already: they get one more.',
    }),
    reason: t.string(),
    validTo: t.field({ type: 'DateTime' }),
    uses: t.int(),
  }),
});

const GrantingStartedType = builder
  .objectRef<{ __typename: 'OfferGrantingStarted' } & GrantingStarted>('OfferGrantingStarted')
  .implement({
    description: '`task(id)` tells how far it is; its result: people found, granted, contacts nobody has.',
    fields: (t) => ({
      taskId: t.id({ resolve: ({ taskId }) => globalId('Task', taskId) }),
      unknown: t.exposeStringList('unknown', {
        description: 'Contacts nobody has, as they were given; told here only, none is kept.',
      }),
    }),
  });

builder.mutationField('startGrantingOffers', (t) =>
  t.field({
    type: builder.errorUnion('StartGrantingOffersResult', { types: [GrantingStartedType, InvalidInput] }),
    args: { input: t.arg({ type: GrantOffersInput, required: true }) },
    authScopes: { can: 'offers.write' },
    resolve: async (_root, { input }, ctx) => ({
      __typename: 'OfferGrantingStarted' as const,
      ...(await startGrantingOffers(ctx, input)),
    }),
  }),
);

const OfferNoteType = builder.enumType('OfferNote', { values: ['SHOWN', 'ACCEPTED'] as const });

const OfferNotedType = builder.objectRef<OfferNoted>('OfferNoted').implement({
  fields: (t) => ({ happened: t.expose('happened', { type: OfferNoteType }) }),
});

builder.mutationField('noteOffer', (t) =>
  t.field({
    type: builder.errorUnion('NoteOfferResult', { types: [OfferNotedType, VisitExpired, InvalidInput] }),
    description: 'An offer of a visit was shown to the shopper, or they said yes. Noted once.',
    args: {
      visitId: t.arg.id({ required: true }),
      offerId: t.arg.id({ required: true }),
      happened: t.arg({ type: OfferNoteType, required: true }),
    },
    authScopes: { can: 'shoppers.identify' },
    resolve: async (_root, { visitId, offerId, happened }, ctx) => {
      const visit = localId(visitId, 'ShopperVisit');
      if (visit === null) throw new VisitExpired();
      const pair = localPair(offerId, 'Offer');
      const offer = pair && { visitId: pair[0], promotionId: pair[1] };
      return noteOffer(ctx, { visitId: visit, offer, happened });
    },
  }),
);
