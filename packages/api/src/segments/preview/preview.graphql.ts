import { ProfileType } from '../../profiles/index.ts';
import { InvalidInput, RequestError } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { needId } from '../../platform/graphql/need-id.ts';
import { conditionFromApi } from '../definitions/condition-in-api.ts';
import { SegmentReachType } from '../definitions/segment.types.ts';
import type { Verdict } from '../language/index.ts';
import { SegmentTooHeavy } from '../segments.errors.ts';
import { explainMember, type Explanation } from './explain-member.ts';
import { segmentOverlap, type Overlap } from './overlap.ts';
import { previewSegment, type SegmentPreview } from './preview-segment.ts';

const Preview = builder.objectRef<SegmentPreview>('SegmentPreview').implement({
  fields: (t) => ({
    count: t.exposeInt('count'),
    exact: t.exposeBoolean('exact', {
      description: 'false: as a random sample tells; asked again a little later it is counted.',
    }),
    reach: t.field({
      type: [SegmentReachType],
      complexity: 20,
      description: 'Empty where that takes too long.',
      resolve: (preview) => preview.reach(),
    }),
    sample: t.field({
      type: [ProfileType],
      description: 'Some of them; of callers bound to stores nobody.',
      resolve: ({ profileIds }) => profileIds,
    }),
    asOf: t.expose('asOf', { type: 'DateTime' }),
    milliseconds: t.exposeInt('milliseconds'),
  }),
});

const VerdictType = builder.objectRef<Verdict>('SegmentVerdict').implement({
  description: 'What was decided at one node of a condition.',
  fields: (t) => ({
    path: t.field({
      type: ['String'],
      description: '`["of", "1"]`; empty: the whole.',
      resolve: ({ path }) => [...path],
    }),
    holds: t.exposeBoolean('holds'),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What was found.',
      resolve: ({ value }) => value,
    }),
    flipsAt: t.expose('flipsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it turns by itself; null: not without something new.',
    }),
  }),
});

const ExplanationType = builder
  .objectRef<Explanation & { __typename: 'SegmentExplanation' }>('SegmentExplanation')
  .implement({
    fields: (t) => ({
      member: t.exposeBoolean('member'),
      at: t.expose('at', { type: 'DateTime' }),
      flipsAt: t.expose('flipsAt', { type: 'DateTime', nullable: true }),
      nodes: t.expose('nodes', { type: [VerdictType], description: 'Each before its parts.' }),
    }),
  });

const OverlapType = builder.objectRef<Overlap>('SegmentOverlap').implement({
  fields: (t) => ({
    first: t.exposeInt('first'),
    second: t.exposeInt('second'),
    both: t.exposeInt('both'),
    onlyFirst: t.exposeInt('onlyFirst'),
    onlySecond: t.exposeInt('onlySecond'),
  }),
});

function segmentIdOf(opaque: string): string {
  const id = localId(opaque, 'Segment');
  if (id === null) throw new RequestError('BAD_REQUEST', 'There is no such segment.');
  return id;
}

builder.queryFields((t) => ({
  segmentPreview: t.field({
    type: builder.errorUnion('SegmentPreviewResult', { types: [Preview, InvalidInput, SegmentTooHeavy] }),
    description: 'How many people fulfil a condition now, and some of them.',
    args: {
      condition: t.arg({ type: 'JSON', required: true }),
      sample: t.arg.int({ description: 'How many people to show; 10 at most and where absent.' }),
    },
    complexity: 20,
    authScopes: { can: 'segments.read' },
    resolve: (_root, { condition, sample }, ctx) =>
      previewSegment(ctx, { condition: conditionFromApi(condition), sample }),
  }),
  segmentExplanation: t.field({
    type: builder.errorUnion('SegmentExplanationResult', { types: [ExplanationType, InvalidInput] }),
    description: 'Why somebody is, or is not, in a segment or in what a condition asks: one of the two.',
    args: {
      segmentId: t.arg.id(),
      condition: t.arg({ type: 'JSON' }),
      profileId: t.arg.id({ required: true }),
    },
    complexity: 20,
    authScopes: { can: 'segments.read' },
    resolve: async (_root, { segmentId, condition, profileId }, ctx) => ({
      __typename: 'SegmentExplanation' as const,
      ...(await explainMember(ctx, {
        segmentId: segmentId ? needId(segmentId, 'Segment', 'segmentId') : null,
        condition: conditionFromApi(condition),
        profileId,
      })),
    }),
  }),
  segmentOverlap: t.field({
    type: OverlapType,
    args: { first: t.arg.id({ required: true }), second: t.arg.id({ required: true }) },
    authScopes: { can: 'segments.read' },
    resolve: (_root, { first, second }, ctx) =>
      segmentOverlap(ctx, { first: segmentIdOf(first), second: segmentIdOf(second) }),
  }),
}));
