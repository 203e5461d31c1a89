import type { Context } from '../platform/context.ts';
import { IdempotencyConflict, InvalidInput } from '../platform/errors.ts';
import { builder } from '../platform/graphql/builder.ts';
import { ProfileRefType, ProfileType, ShopperVisitType, type ProfileRefInput } from '../profiles/index.ts';
import { adjustPoints, type PointsAdjusted } from './account/adjust-points.ts';
import { accountsOf, hidesAccounts, visiblePrograms } from './account/visible-accounts.ts';
import { AccountBlocked, ApprovalRequired, InsufficientPoints } from './loyalty.errors.ts';
import { accountKey, LoyaltyAccountType } from './loyalty.types.ts';
import { personMeant, programMeant } from './person-meant.ts';
import { CorrectionReasonType } from './oversight/oversight.types.ts';

builder.objectFields(ProfileType, (t) => ({
  accounts: t.loadableList({
    type: LoyaltyAccountType,
    description:
      'At a till only where the program shows them: perhaps not before the shopper confirmed a code.',
    load: (keys: string[], ctx: Context) => loadAccountsOf(keys, ctx),
    resolve: (profile) => `${profile.kind}:${profile.id}`,
  }),
}));

/** Points are a person's: walk-in customers and visitors have no account. */
async function loadAccountsOf(keys: string[], ctx: Context) {
  const ids = keys.map((key) => (key.startsWith('PERSON:') ? key.slice('PERSON:'.length) : null));
  const persons = ids.filter((id) => id !== null);
  const accounts = await accountsOf(ctx, persons);
  return ids.map((id) => (id === null ? [] : (accounts[persons.indexOf(id)] ?? [])));
}

builder.objectFields(ShopperVisitType, (t) => ({
  account: t.field({
    type: LoyaltyAccountType,
    nullable: true,
    description: 'null where the program hides it until verified.',
    resolve: async (visit, _args, ctx) => {
      const program = (await visiblePrograms(ctx)).find((candidate) => candidate.mode !== 'OFF');
      if (program === undefined) return null;
      if (!visit.verified && hidesAccounts(program, ctx.clock.now())) return null;
      return accountKey(visit.profileId, program.id);
    },
  }),
}));

const AdjustPointsInput = builder.inputType('AdjustPointsInput', {
  description: 'points ≠ 0; dates only for a plus.',
  fields: (t) => ({
    requestId: t.id({ required: true }),
    profile: t.field({ type: ProfileRefType, required: true }),
    programId: t.id(),
    points: t.int({ required: true }),
    reason: t.string({ required: true, description: 'In words: the shopper sees them in the history.' }),
    reasonCode: t.field({
      type: CorrectionReasonType,
      description: 'What kind of reason it is; OTHER where absent.',
    }),
    activateAt: t.field({ type: 'DateTime' }),
    expireAt: t.field({ type: 'DateTime' }),
  }),
});

const PointsAdjustedType = builder.objectRef<PointsAdjusted>('PointsAdjusted').implement({
  fields: (t) => ({
    account: t.field({
      type: LoyaltyAccountType,
      resolve: (answer) => accountKey(answer.profileId, answer.programId),
    }),
  }),
});

const AdjustPointsResult = builder.errorUnion('AdjustPointsResult', {
  types: [
    PointsAdjustedType,
    InsufficientPoints,
    ApprovalRequired,
    AccountBlocked,
    IdempotencyConflict,
    InvalidInput,
  ],
});

builder.mutationField('adjustPoints', (t) =>
  t.field({
    type: AdjustPointsResult,
    description: 'A correction by staff, with its reason.',
    authScopes: { can: 'points.adjust' },
    args: { input: t.arg({ type: AdjustPointsInput, required: true }) },
    resolve: async (_root, { input }, ctx) =>
      adjustPoints(ctx, {
        requestId: input.requestId,
        points: input.points,
        reason: input.reason,
        reasonCode: input.reasonCode ?? null,
        activateAt: input.activateAt ?? null,
        expireAt: input.expireAt ?? null,
        profileId: await personMeant(ctx, input.profile as ProfileRefInput),
        programId: programMeant(input.programId),
      }),
  }),
);
