import { formatMoney } from '@clientele/shared/money';
import { IdempotencyConflict, InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { ProfileRefType, type ProfileRefInput } from '../../profiles/index.ts';
import { accountKey, LoyaltyAccountType } from '../loyalty.types.ts';
import { personMeant, programMeant } from '../person-meant.ts';
import { readTierProgress, type TierProgressView } from './read-tiers.ts';
import { setTierFloor, type TierFloorSet } from './set-tier-floor.ts';
import { TierType } from './tier.types.ts';

const BasisType = builder.enumType('TierBasis', { values: ['SPEND', 'POINTS'] as const });
const WindowType = builder.enumType('TierWindow', { values: ['LAST_12_MONTHS', 'ALL'] as const });

const TierAmountType = builder.objectRef<{ currency: string; amount: number }>('TierAmount').implement({
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode' }),
    amount: t.field({ type: 'Money', resolve: ({ amount, currency }) => formatMoney(amount, currency) }),
  }),
});

const TierProgressType = builder.objectRef<TierProgressView>('TierProgress').implement({
  description: 'Where a shopper stands among the tiers of a program, counted at this moment.',
  fields: (t) => ({
    current: t.expose('current', { type: TierType, nullable: true }),
    since: t.expose('since', { type: 'DateTime', nullable: true }),
    next: t.expose('next', { type: TierType, nullable: true, description: 'null: there is none above.' }),
    missing: t.field({
      type: TierAmountType,
      nullable: true,
      description: 'To the next tier, where spending counts: in the currency that is nearest.',
      resolve: ({ missing }) => (missing !== null && 'currency' in missing ? missing : null),
    }),
    missingPoints: t.int({
      nullable: true,
      description: 'To the next tier, where points earned by purchases count.',
      resolve: ({ missing }) => (missing !== null && 'points' in missing ? missing.points : null),
    }),
    keptUntil: t.expose('keptUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'When the present tier is lost if nothing more is bought; null: never.',
    }),
    fallsTo: t.expose('fallsTo', {
      type: TierType,
      nullable: true,
      description: 'The tier after `keptUntil`; null: none.',
    }),
    floor: t.expose('floor', {
      type: TierType,
      nullable: true,
      description: 'Set by staff: the tier never falls below it.',
    }),
    basis: t.expose('basis', { type: BasisType }),
    window: t.expose('window', { type: WindowType }),
    spent: t.field({
      type: [TierAmountType],
      description: 'Paid for purchases of the window, less what was brought back.',
      resolve: ({ spent }) => [...spent],
    }),
    levels: t.field({
      type: [TierType],
      description: 'Every tier of the program now, the lowest first.',
      resolve: ({ levels }) => [...levels],
    }),
    points: t.exposeInt('points', { description: 'Earned by purchases of the window.' }),
  }),
});

builder.objectFields(LoyaltyAccountType, (t) => ({
  tierProgress: t.loadable({
    type: TierProgressType,
    nullable: true,
    description: 'null: the program has no tiers.',
    load: async (keys: string[], ctx) =>
      readTierProgress(
        ctx,
        keys.map((key) => {
          const [profileId = '', programId = ''] = key.split(':');
          return { profileId, programId };
        }),
      ) as Promise<TierProgressView[]>,
    resolve: ({ profileId, programId }) => `${profileId}:${programId}`,
  }),
}));

const SetTierFloorInput = builder.inputType('SetTierFloorInput', {
  fields: (t) => ({
    requestId: t.id({ required: true }),
    profile: t.field({ type: ProfileRefType, required: true }),
    programId: t.id({ description: 'The only one that runs where absent.' }),
    tier: t.string({ description: 'Its code; null: no floor any more.' }),
    reason: t.string({ required: true }),
  }),
});

const TierFloorSetType = builder.objectRef<TierFloorSet>('TierFloorSet').implement({
  fields: (t) => ({
    account: t.field({
      type: LoyaltyAccountType,
      resolve: ({ profileId, programId }) => accountKey(profileId, programId),
    }),
  }),
});

const SetTierFloorResult = builder.errorUnion('SetTierFloorResult', {
  types: [TierFloorSetType, IdempotencyConflict, InvalidInput],
});

builder.mutationField('setTierFloor', (t) =>
  t.field({
    type: SetTierFloorResult,
    description: 'A tier below which a shopper never falls, with the reason.',
    authScopes: { can: 'points.adjust' },
    args: { input: t.arg({ type: SetTierFloorInput, required: true }) },
    resolve: async (_root, { input }, ctx) =>
      setTierFloor(ctx, {
        requestId: input.requestId,
        profileId: await personMeant(ctx, input.profile as ProfileRefInput),
        programId: programMeant(input.programId),
        tier: input.tier ?? null,
        reason: input.reason,
      }),
  }),
);
