import { sql } from 'kysely';
import { contactsShown } from '../../company/index.ts';
import type { TimelineKind } from './timeline-kind.ts';

interface ConsentEntry {
  id: string;
  at: Date;
  purpose: string;
  version: string;
  channel: string | null;
  topic: string | null;
  granted: boolean;
  source: string;
  note: string | null;
  brandName: string | null;
}

interface ChangeEntry {
  id: string;
  at: Date;
  fields: string[];
  source: string;
  by: string | null;
}

interface IdentityEntry {
  id: string;
  at: Date;
  change: string;
  kind: string;
  masked: string | null;
  since: Date | null;
  reason: string | null;
  by: string | null;
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
        select c.id, c.given_at as at, c.purpose, c.version, c.channel, c.topic,
          c.granted, c.source, c.note, b.name as "brandName"
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
  {
    kind: 'EDIT',
    page: async (ctx, profileIds, before, limit) => {
      const { rows } = await sql<ChangeEntry>`
        select c.id, c.at, c.fields, c.source, s.name as by
        from (
          select id, at, source, actor_kind, actor_id,
            array(select field from unnest(fields) as field
              where field not like 'consents.%' and field not like 'identities.%') as fields
          from public.profile_change
          where profile_id = any(${[...profileIds]}::uuid[])
            and (${before === null} or (at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        ) c
        left join public.staff s on c.actor_kind in ('STAFF', 'CASHIER') and s.id::text = c.actor_id
        where cardinality(c.fields) > 0
        order by c.at desc, c.id desc limit ${limit}`.execute(ctx.sql);
      return rows.map(({ id, at, ...facts }) => ({ id, kind: 'EDIT', at, facts }));
    },
  },
  {
    kind: 'IDENTITY',
    page: async (ctx, profileIds, before, limit) => {
      const { rows } = await sql<IdentityEntry>`
        select c.id, c.at, c.change, c.kind, c.masked, c.since, c.reason, s.name as by
        from public.identity_change c
        left join public.staff s on c.actor_kind in ('STAFF', 'CASHIER') and s.id::text = c.actor_id
        where c.profile_id = any(${[...profileIds]}::uuid[])
          and (${before === null} or (c.at, c.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
        order by c.at desc, c.id desc limit ${limit}`.execute(ctx.sql);
      const shown = contactsShown(ctx.actor) !== 'NONE';
      return rows.map(({ id, at, kind: identityKind, masked, ...facts }) => ({
        id,
        kind: 'IDENTITY',
        at,
        facts: { ...facts, identityKind, masked: shown ? masked : null },
      }));
    },
  },
];
