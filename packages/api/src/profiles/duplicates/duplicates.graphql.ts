import { demandScope } from '../../company/index.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { startTask } from '../../platform/tasks/index.ts';
import { ProfileType } from '../profiles.types.ts';
import { decideDuplicate, type DuplicateDecided } from './decide-duplicate.ts';
import { EvidenceType } from './duplicates.types.ts';
import {
  countCandidates,
  listCandidates,
  type CandidateRecord,
  type DuplicatesSummary,
} from './list-candidates.ts';
import { scanDuplicates } from './scan-duplicates.ts';

const DuplicateState = builder.enumType('DuplicateState', {
  values: ['OPEN', 'NOT_SAME', 'SKIPPED'] as const,
});

const DuplicateDecision = builder.enumType('DuplicateDecision', {
  values: ['NOT_SAME', 'SKIPPED', 'OPEN'] as const,
});

const CandidateType = builder.objectRef<CandidateRecord>('DuplicateCandidate').implement({
  description: 'Two profiles that may be one person.',
  fields: (t) => ({
    id: t.id({ resolve: ({ lowId, highId }) => `${lowId}:${highId}` }),
    older: t.field({ type: ProfileType, resolve: ({ lowId }) => lowId }),
    newer: t.field({ type: ProfileType, resolve: ({ highId }) => highId }),
    probability: t.exposeFloat('probability'),
    evidence: t.field({ type: [EvidenceType], resolve: ({ evidence }) => evidence }),
    claimed: t.exposeStringList('claimed', {
      description: 'Kinds of contacts somebody’s word gave to both: PHONE, EMAIL, CARD …',
    }),
    state: t.expose('state', { type: DuplicateState }),
    foundAt: t.expose('foundAt', { type: 'DateTime' }),
  }),
});

const SummaryType = builder.objectRef<DuplicatesSummary>('DuplicatesSummary').implement({
  fields: (t) => ({
    open: t.exposeInt('open'),
    skipped: t.exposeInt('skipped'),
    waiting: t.exposeInt('waiting', { description: 'People changed a moment ago and not compared yet.' }),
  }),
});

builder.queryFields((t) => ({
  duplicateCandidates: t.connection({
    type: CandidateType,
    description: 'The likeliest first.',
    args: { state: t.arg({ type: DuplicateState }) },
    authScopes: { can: 'profiles.merge' },
    complexity: (args) => pageCost(args),
    resolve: (_root, args, ctx) => listCandidates(ctx, args),
  }),
  duplicatesSummary: t.field({
    type: SummaryType,
    authScopes: { can: 'profiles.merge' },
    resolve: (_root, _args, ctx) => countCandidates(ctx),
  }),
}));

const DecideDuplicateInput = builder.inputType('DecideDuplicateInput', {
  fields: (t) => ({
    candidateId: t.id({ required: true }),
    decision: t.field({ type: DuplicateDecision, required: true }),
  }),
});

const DuplicateDecidedType = builder.objectRef<DuplicateDecided>('DuplicateDecided').implement({
  fields: (t) => ({ candidate: t.field({ type: CandidateType, resolve: ({ candidate }) => candidate }) }),
});

builder.mutationField('decideDuplicate', (t) =>
  t.field({
    type: builder.errorUnion('DecideDuplicateResult', { types: [DuplicateDecidedType, InvalidInput] }),
    args: { input: t.arg({ type: DecideDuplicateInput, required: true }) },
    authScopes: { can: 'profiles.merge' },
    resolve: (_root, { input }, ctx) => decideDuplicate(ctx, input),
  }),
);

builder.mutationField('startDuplicateScan', (t) =>
  t.id({
    description: 'Looks through the whole base in the background. @returns the id of the task',
    authScopes: { can: 'profiles.merge' },
    resolve: (_root, _args, ctx) => {
      demandScope(ctx, 'profiles.merge');
      return startTask(ctx, { kind: scanDuplicates.kind });
    },
  }),
);
