import { sql } from 'kysely';
import { contactsShown } from '../company/index.ts';
import type { TimelineKind } from '../profiles/index.ts';

interface MessageEntry {
  id: string;
  at: Date;
  channel: string;
  purpose: string;
  state: string;
  maskedTo: string;
  failure: string | null;
}

/** What was sent to a shopper: where and with what outcome, never the text. Addresses are absent for who sees none. */
export const MESSAGE_TIMELINE: readonly TimelineKind[] = [
  {
    kind: 'MESSAGE',
    page: async (ctx, profileIds, before, limit) => {
      const { rows } = await sql<MessageEntry>`
        select id, created_at as at, channel, purpose, state, masked_to as "maskedTo", failure
        from public.message
        where profile_id = any(${[...profileIds]}::uuid[])
          and (${before === null} or (created_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by created_at desc, id desc limit ${limit}`.execute(ctx.sql);
      return rows.map(({ id, at, maskedTo, ...facts }) => ({
        id,
        kind: 'MESSAGE',
        at,
        facts: contactsShown(ctx.actor) === 'NONE' ? facts : { ...facts, maskedTo },
      }));
    },
  },
];
