import { RequestError } from '../../platform/errors.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { pageCost } from '../../platform/graphql/paging.ts';
import { ProfileType } from '../profiles.types.ts';
import { readTimeline } from './read-timeline.ts';
import type { TimelineEntry, TimelineKind } from './timeline-kind.ts';

/** `Profile.timeline` over the kinds of all rooms; called once, where the schema is assembled. */
export function addTimeline(registry: readonly TimelineKind[]): void {
  const known = [...new Set(registry.map(({ kind }) => kind))];
  const KindType = builder.enumType('TimelineKind', { values: known });
  const EntryType = builder.objectRef<TimelineEntry>('TimelineEntry').implement({
    description: 'Something that happened. People’s words are made by the client from kind and facts.',
    fields: (t) => ({
      id: t.exposeID('id'),
      kind: t.field({ type: KindType, resolve: ({ kind }) => kind }),
      at: t.expose('at', { type: 'DateTime' }),
      facts: t.field({
        type: 'JSON',
        description: 'Money in minor units of `currency`; ids of the API; contacts masked at most.',
        resolve: ({ facts }) => facts,
      }),
    }),
  });
  const Edge = builder.edgeObject({ name: 'TimelineEdge', type: EntryType });
  const Connection = builder.connectionObject({ name: 'TimelineConnection', type: EntryType }, Edge);
  builder.objectFields(ProfileType, (t) => ({
    timeline: t.field({
      type: Connection,
      description: 'The newest first; what merged profiles brought along included.',
      args: { kinds: t.arg({ type: [KindType] }), first: t.arg.int(), after: t.arg.string() },
      authScopes: { can: 'profiles.read' },
      complexity: pageCost,
      resolve: (profile, args, ctx) => {
        if (ctx.actor.till !== null)
          throw new RequestError('FORBIDDEN', 'A till does not read the timeline.');
        return readTimeline(ctx, registry, profile.id, args);
      },
    }),
  }));
}
