import type { GraphQLContext } from '../../platform/graphql/builder.ts';
import { liveValues } from '../../platform/live/index.ts';
import { EVENTS_TOPIC } from '../recording/tell-live.ts';
import { eventsSince, type EventFilter, type EventRecord, type TailPlace } from './list-events.ts';

export interface EventTail {
  events: EventRecord[];
  more: boolean;
}

/** A message comes twice a second at most. */
const MOST_AT_ONCE = 10;

/** Who begins to watch has read a page a moment ago: what came in between is told, perhaps a second time. */
const OVERLAP_MS = 2_000;

const BEFORE_ANY = '00000000-0000-0000-0000-000000000000';

/** What comes in from now on: a sample, so that no flood drowns who watches. */
export async function watchEvents(
  ctx: GraphQLContext,
  filter: Pick<EventFilter, 'kinds' | 'source'>,
): Promise<AsyncIterableIterator<EventTail>> {
  const began = new Date(ctx.clock.now().getTime() - OVERLAP_MS);
  let place: TailPlace = { recordedAt: began, occurredAt: began, id: BEFORE_ANY };
  return liveValues(ctx, [EVENTS_TOPIC], async () => {
    const events = await eventsSince(ctx, filter, place, MOST_AT_ONCE + 1);
    const last = events.at(-1);
    if (last === undefined) return null;
    place = last;
    return { events: events.slice(-MOST_AT_ONCE), more: events.length > MOST_AT_ONCE };
  });
}
