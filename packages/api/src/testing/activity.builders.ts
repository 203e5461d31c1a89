import { recordEvents, type EventInput, type EventResult } from '../activity/index.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { asSystem } from './company.builders.ts';

/** A visit an hour before the clock, of nobody yet: tell whose. */
export function anEvent(ctx: Context, facts: Partial<EventInput> = {}): EventInput {
  return {
    id: newId(),
    kind: 'VISIT',
    occurredAt: new Date(ctx.clock.now().getTime() - 3_600_000),
    ...facts,
  };
}

/** Records as a site, a source of its own. */
export async function recordAs(
  ctx: Context,
  source: string,
  ...events: EventInput[]
): Promise<EventResult[]> {
  return (await recordEvents(asSystem(ctx), { source, events })).results;
}

/** What is stored of a source, in the order it happened. */
export function storedEvents(ctx: Context, source: string) {
  return ctx.sql
    .selectFrom('event')
    .innerJoin('profile', 'profile.id', 'event.profile_id')
    .select([
      'external_id as id',
      'event.kind',
      'profile_id as profileId',
      'profile.kind as of',
      'properties',
    ])
    .where('source', '=', source)
    .orderBy('occurred_at')
    .orderBy('external_id')
    .execute();
}
