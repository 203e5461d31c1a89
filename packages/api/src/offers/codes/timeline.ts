import { sql } from 'kysely';
import type { TimelineKind } from '../../profiles/index.ts';

interface CodeEntry {
  id: string;
  at: Date;
  event: 'ISSUED' | 'USED';
  code: string;
  title: string | null;
  reason: string | null;
  expiresAt: Date | null;
}

/** Codes a shopper got, and those they bought with. */
export const CODE_TIMELINE: readonly TimelineKind[] = [
  {
    kind: 'PROMO_CODE',
    page: async (ctx, profileIds, before, limit, scopes) => {
      if (!scopes.has('offers.read')) return [];
      const { rows } = await sql<CodeEntry>`
        select told.id, told.at, told.event, code.code, code.reason, code.expires_at as "expiresAt", revision.title
        from (
          select id as code_id, id, issued_at as at, 'ISSUED' as event from public.promo_code
          where profile_id = any(${[...profileIds]}::uuid[]) and issued_at is not null
          union all
          select code_id, md5(code_id::text || order_id)::uuid, used_at, 'USED' from public.promo_code_use
          where profile_id = any(${[...profileIds]}::uuid[]) and used_at is not null) told
        join public.promo_code code on code.id = told.code_id
        join public.promo_code_pool pool on pool.id = code.pool_id
        left join public.promotion on promotion.id = pool.promotion_id
        left join public.promotion_revision revision
          on revision.promotion_id = promotion.id and revision.number = promotion.revision
        where ${before === null} or (told.at, told.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid)
        order by told.at desc, told.id desc limit ${limit}`.execute(ctx.sql);
      return rows.map(({ id, at, event, code, title, reason, expiresAt }) => ({
        id,
        kind: 'PROMO_CODE',
        at,
        facts: { event, code, title, reason, expiresAt: expiresAt?.toISOString() ?? null },
      }));
    },
  },
];
