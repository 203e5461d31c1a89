import { sql } from 'kysely';
import type { TimelineKind } from './timeline-kind.ts';

interface ConsentEntry {
  id: string;
  at: Date;
  purpose: string;
  version: string;
  granted: boolean;
  source: string;
  brandName: string | null;
}

interface CodeEntry {
  id: string;
  at: Date;
  kind: string;
  channel: string;
  delivery: string;
  attemptsLeft: number;
  confirmed: boolean;
  expiresAt: Date;
}

/** What this room knows of a shopper in order of time. */
export const PROFILE_TIMELINE: readonly TimelineKind[] = [
  {
    kind: 'CONSENT',
    page: async (ctx, profileIds, before, limit) => {
      const { rows } = await sql<ConsentEntry>`
        select c.id, c.given_at as at, c.purpose, c.version, c.granted, c.source, b.name as "brandName"
        from public.consent c
        left join public.consent_text t on t.id = c.text_id left join public.brand b on b.id = t.brand_id
        where c.profile_id = any(${[...profileIds]}::uuid[])
          and (${before === null} or (c.given_at, c.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by c.given_at desc, c.id desc limit ${limit}`.execute(ctx.sql);
      return rows.map(({ id, at, ...facts }) => ({ id, kind: 'CONSENT', at, facts }));
    },
  },
  {
    // As long as challenges are remembered.
    kind: 'CODE',
    page: async (ctx, profileIds, before, limit) => {
      const { rows } = await sql<CodeEntry>`
        select id, created_at as at, kind, channel, delivery, attempts_left as "attemptsLeft",
          visit_id is not null as confirmed, expires_at as "expiresAt"
        from public.sign_in_challenge
        where profile_id = any(${[...profileIds]}::uuid[])
          and (${before === null} or (created_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by created_at desc, id desc limit ${limit}`.execute(ctx.sql);
      const now = ctx.clock.now();
      return rows.map(({ id, at, expiresAt, kind: purpose, ...facts }) => ({
        id,
        kind: 'CODE',
        at,
        facts: { ...facts, purpose, expired: !facts.confirmed && expiresAt <= now },
      }));
    },
  },
];
