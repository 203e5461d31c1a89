import { readSetting } from '../../../company/index.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import { builder } from '../../../platform/graphql/builder.ts';
import { globalId, localId } from '../../../platform/graphql/global-id.ts';
import { pageCost } from '../../../platform/graphql/paging.ts';
import { RefusalInterface } from '../../../platform/graphql/refusal.ts';
import { ProfileType } from '../../../profiles/index.ts';
import { AccountBlocked, CorrectionClosed, InsufficientPoints, OwnCorrection } from '../../loyalty.errors.ts';
import { ProgramType } from '../../loyalty.types.ts';
import { visiblePrograms } from '../../account/visible-accounts.ts';
import { CorrectionReasonType } from '../oversight.types.ts';
import {
  correctionRules,
  editCorrectionRules,
  type CorrectionRules,
  type CorrectionRulesEdited,
} from './correction-rules.ts';
import {
  approveCorrection,
  refuseCorrection,
  withdrawCorrection,
  type CorrectionDecided,
} from './decide-correction.ts';
import { listCorrections, type CorrectionRecord } from './list-corrections.ts';
import { correctedToday } from './request-correction.ts';

const CorrectionStateType = builder.enumType('CorrectionState', {
  values: ['WAITING', 'DONE', 'REFUSED', 'WITHDRAWN', 'EXPIRED'] as const,
});
const CorrectionNeedType = builder.enumType('CorrectionNeed', { values: ['SUM', 'PER_DAY'] as const });

const CorrectionType = builder.objectRef<CorrectionRecord>('Correction').implement({
  description: 'Points added or taken by a person: at once, or asked of a second person.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => globalId('Correction', id) }),
    profile: t.field({ type: ProfileType, nullable: true, resolve: ({ profileId }) => profileId }),
    program: t.field({ type: ProgramType, resolve: ({ programId }) => programId }),
    points: t.exposeInt('points'),
    reasonCode: t.expose('reasonCode', { type: CorrectionReasonType }),
    reason: t.exposeString('reason'),
    activateAt: t.expose('activateAt', { type: 'DateTime', nullable: true }),
    expireAt: t.expose('expireAt', { type: 'DateTime', nullable: true }),
    state: t.expose('state', { type: CorrectionStateType }),
    needs: t.expose('needs', {
      type: CorrectionNeedType,
      nullable: true,
      description: 'Why one person did not suffice: the sum, or what they corrected that day already.',
    }),
    requestedBy: t.exposeString('requesterName', { nullable: true }),
    mine: t.boolean({
      description: 'Asked for by the caller, who may withdraw but never approve it.',
      resolve: ({ requestedBy }, _args, { actor }) => requestedBy === actor.client,
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
    decidedBy: t.exposeString('deciderName', { nullable: true }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

const RulesType = builder.objectRef<CorrectionRules>('CorrectionRules').implement({
  fields: (t) => ({
    approveAbove: t.exposeInt('approveAbove', {
      nullable: true,
      description: 'Points one person may add or take at once alone; null: as many as they like.',
    }),
    perDay: t.exposeInt('perDay', {
      nullable: true,
      description: 'Points one person may add and take in a day alone; null: as many as they like.',
    }),
    waitDays: t.exposeInt('waitDays', { description: 'How long a request waits for the second person.' }),
    correctedToday: t.int({
      description: 'By the caller, alone, in the day of the program.',
      resolve: async (_rules, _args, ctx) => {
        const [program] = await visiblePrograms(ctx);
        return correctedToday(ctx, { timezone: program?.timezone ?? 'UTC' });
      },
    }),
  }),
});

builder.queryFields((t) => ({
  corrections: t.connection({
    type: CorrectionType,
    description: 'The newest first; of one shopper, or of all. Nothing for who sees some stores only.',
    authScopes: { can: 'loyalty.read' },
    args: {
      states: t.arg({ type: [CorrectionStateType] }),
      profileId: t.arg.id(),
    },
    complexity: (args) => pageCost(args),
    resolve: (_root, { profileId, ...args }, ctx) =>
      listCorrections(ctx, {
        ...args,
        profileId: profileId ? (localId(profileId, 'Profile') ?? NOBODY) : null,
      }),
  }),
  correctionRules: t.field({
    type: RulesType,
    authScopes: { can: 'loyalty.read' },
    resolve: (_root, _args, ctx) => readSetting(ctx, correctionRules),
  }),
}));

const NOBODY = '00000000-0000-0000-0000-000000000000';

builder.objectType(CorrectionClosed, {
  name: 'CorrectionClosed',
  interfaces: [RefusalInterface],
  fields: (t) => ({ state: t.expose('state', { type: CorrectionStateType }) }),
});
builder.objectType(OwnCorrection, { name: 'OwnCorrection', interfaces: [RefusalInterface] });

const DecidedType = builder.objectRef<CorrectionDecided>('CorrectionDecided').implement({
  fields: (t) => ({ correction: t.field({ type: CorrectionType, resolve: ({ correction }) => correction }) }),
});
const DecideCorrectionInput = builder.inputType('DecideCorrectionInput', {
  fields: (t) => ({
    correctionId: t.id({ required: true }),
    note: t.string({ description: 'Of a refusal it is required.' }),
  }),
});
const DecideCorrectionResult = builder.errorUnion('DecideCorrectionResult', {
  types: [DecidedType, OwnCorrection, CorrectionClosed, InsufficientPoints, AccountBlocked, InvalidInput],
});

const RulesEditedType = builder.objectRef<CorrectionRulesEdited>('CorrectionRulesEdited').implement({
  fields: (t) => ({ rules: t.field({ type: RulesType, resolve: ({ rules }) => rules }) }),
});
const CorrectionRulesInput = builder.inputType('CorrectionRulesInput', {
  description: 'null: no limit.',
  fields: (t) => ({
    approveAbove: t.int(),
    perDay: t.int(),
    waitDays: t.int({ required: true, description: '1–90' }),
  }),
});

builder.mutationFields((t) => ({
  approveCorrection: t.field({
    type: DecideCorrectionResult,
    description: 'By somebody other than who asked; the points are posted at once.',
    authScopes: { can: 'points.approve' },
    args: { input: t.arg({ type: DecideCorrectionInput, required: true }) },
    resolve: (_root, { input }, ctx) => approveCorrection(ctx, decisionOf(input)),
  }),
  refuseCorrection: t.field({
    type: DecideCorrectionResult,
    authScopes: { can: 'points.approve' },
    args: { input: t.arg({ type: DecideCorrectionInput, required: true }) },
    resolve: (_root, { input }, ctx) => refuseCorrection(ctx, decisionOf(input)),
  }),
  withdrawCorrection: t.field({
    type: DecideCorrectionResult,
    description: 'By who asked for it.',
    authScopes: { can: 'points.adjust' },
    args: { correctionId: t.arg.id({ required: true }) },
    resolve: (_root, { correctionId }, ctx) => withdrawCorrection(ctx, decisionOf({ correctionId })),
  }),
  editCorrectionRules: t.field({
    type: builder.errorUnion('EditCorrectionRulesResult', { types: [RulesEditedType, InvalidInput] }),
    authScopes: { can: 'loyalty.write' },
    args: { input: t.arg({ type: CorrectionRulesInput, required: true }) },
    resolve: (_root, { input }, ctx) =>
      editCorrectionRules(ctx, {
        approveAbove: input.approveAbove ?? null,
        perDay: input.perDay ?? null,
        waitDays: input.waitDays,
      }),
  }),
}));

function decisionOf({ correctionId, note }: { correctionId: string; note?: string | null | undefined }) {
  return { correctionId: localId(correctionId, 'Correction') ?? '', note };
}
