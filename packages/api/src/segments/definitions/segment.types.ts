import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { RefusalInterface } from '../../platform/graphql/refusal.ts';
import { SEGMENT_STATES, type SegmentProblem } from '../membership/segment.entity.ts';
import type { SegmentReachRecord } from '../preview/reach.ts';
import { SegmentInUse, SegmentTooHeavy, type SegmentUse } from '../segments.errors.ts';
import type { SegmentRecord } from './read-segments.ts';

/** Types of this room that others name and extend; their fields stand in `*.graphql.ts`. */
export const SegmentType = builder.objectRef<SegmentRecord>('Segment');

export const SegmentStateType = builder.enumType('SegmentState', {
  description:
    'COMPUTING: a new condition is worked out; until then the one before holds. NEEDS_ATTENTION: something it names is gone; its members stay as they were.',
  values: SEGMENT_STATES,
});

export const SegmentProblemType = builder.objectRef<SegmentProblem>('SegmentProblem').implement({
  fields: (t) => ({
    path: t.exposeStringList('path', { description: 'From the condition inwards.' }),
    code: t.exposeString('code'),
    message: t.exposeString('message'),
    kind: t.string({
      nullable: true,
      description:
        'What is gone: STORE, PRODUCT, CATEGORY, ATTRIBUTE, SEGMENT, SNAPSHOT, POOL, PROGRAM, TIER, MODEL, EVENT.',
      resolve: ({ kind }) => kind ?? null,
    }),
    value: t.string({ nullable: true, resolve: ({ value }) => value ?? null }),
  }),
});

const NODE_OF_USE = { SEGMENT: 'Segment', PROMOTION: 'Promotion' } as const;

export const SegmentUseType = builder.objectRef<SegmentUse>('SegmentUse').implement({
  description: 'What names a segment, and so keeps it.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'SEGMENT, PROMOTION' }),
    id: t.id({ resolve: ({ kind, id }) => globalId(NODE_OF_USE[kind], id) }),
    name: t.exposeString('name'),
  }),
});

builder.objectType(SegmentInUse, {
  name: 'SegmentInUse',
  description: 'Others are made of it or ask for it: take it out of them first.',
  interfaces: [RefusalInterface],
  fields: (t) => ({ uses: t.field({ type: [SegmentUseType], resolve: ({ uses }) => [...uses] }) }),
});

builder.objectType(SegmentTooHeavy, {
  name: 'SegmentTooHeavy',
  description: 'The condition would read more than one answer may cost: narrow its windows or its goods.',
  interfaces: [RefusalInterface],
  fields: (t) => ({
    rows: t.exposeFloat('rows', { description: 'As the database estimates.' }),
    limit: t.exposeFloat('limit'),
  }),
});

export const SegmentReachType = builder.objectRef<SegmentReachRecord>('SegmentReach').implement({
  description: 'Who can be written to: has the address, agreed, and does not ask to be left alone.',
  fields: (t) => ({
    channel: t.exposeString('channel', { description: 'EMAIL, SMS, VIBER, PUSH, CALL' }),
    people: t.exposeInt('people'),
  }),
});
