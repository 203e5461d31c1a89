import { RequestError } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { ChangeInterface } from '../../platform/graphql/change.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import type { TransitionRecord } from './read-transitions.ts';
import { watchTransitions } from './watch-transitions.ts';

const Transition = builder.objectRef<TransitionRecord>('SegmentTransition').implement({
  interfaces: [ChangeInterface],
  fields: (t) => ({
    segmentId: t.id({ resolve: ({ segmentId }) => globalId('Segment', segmentId) }),
    profileId: t.id({ resolve: ({ profileId }) => globalId('Profile', profileId) }),
    entered: t.exposeBoolean('entered', { description: 'false: left.' }),
    late: t.exposeBoolean('late', { description: 'Known only an hour or more after it was so.' }),
  }),
});

builder.subscriptionField('segmentTransition', (t) =>
  t.field({
    type: Transition,
    description: 'Who enters and leaves; from now on, or from the one after a cursor.',
    authScopes: { can: 'segments.read' },
    args: { segmentId: t.arg.id({ required: true }), after: t.arg({ type: 'Cursor' }) },
    subscribe: (_root, { segmentId: opaque, after }, ctx) => {
      const segmentId = localId(opaque, 'Segment');
      if (segmentId === null) throw new RequestError('BAD_REQUEST', 'There is no such segment.');
      return watchTransitions(ctx, { segmentId, after: after ?? null });
    },
    resolve: (transition) => transition,
  }),
);
