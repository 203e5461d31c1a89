import { sql } from 'kysely';
import type { TimelineKind } from '../profiles/index.ts';
import { withoutContacts } from './reading/without-contacts.ts';

interface EventEntry {
  id: string;
  at: Date;
  event: string;
  source: string;
  properties: Record<string, unknown>;
}

/** What a shopper did on the site and in the app, when it happened. */
export const EVENT_TIMELINE: readonly TimelineKind[] = [
  {
    kind: 'EVENT',
    page: async (ctx, profileIds, before, limit, scopes) => {
      if (!scopes.has('events.read')) return [];
      const { rows } = await sql<EventEntry>`
        select id, occurred_at as at, kind as event, source, properties
        from public.event
        where profile_id = any(${[...profileIds]}::uuid[])
          and (${before === null} or (occurred_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by occurred_at desc, id desc limit ${limit}`.execute(ctx.sql);
      const hidden = !scopes.has('profiles.contacts');
      return rows.map(({ id, at, properties, ...facts }) => ({
        id,
        kind: 'EVENT',
        at,
        facts: { ...facts, properties: hidden ? withoutContacts(properties) : properties },
      }));
    },
  },
];
