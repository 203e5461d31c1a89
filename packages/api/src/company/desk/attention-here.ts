import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { AttentionSource } from './attention.ts';

const DAY_MS = 86_400_000;
/** A till is open most days: two days of silence are worth a call. */
const SILENT_MS = 2 * DAY_MS;

const ago = (ctx: Context, ms: number) => new Date(ctx.clock.now().getTime() - ms);

/** Company: tills nobody hears of, owners without a second factor; of the platform: failed work and events. */
export const COMPANY_ATTENTION: readonly AttentionSource[] = [
  {
    code: 'tills.silent',
    scope: 'settings.read',
    severity: 'WARN',
    link: '/settings/tills',
    count: async (ctx) => {
      const { storeIds } = ctx.actor;
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from till join store on store.id = till.store_id
        where token_hash is not null and revoked_at is null and store.archived_at is null
          and coalesce(last_seen_at, paired_at) < ${ago(ctx, SILENT_MS)}
          and (${storeIds === 'ALL'} or till.store_id = any(${storeIds === 'ALL' ? [] : [...storeIds]}::uuid[]))`.execute(
        ctx.sql,
      );
      return rows[0]?.count ?? 0;
    },
  },
  {
    code: 'owners.without-second-factor',
    scope: 'staff.manage',
    severity: 'WARN',
    link: '/settings/staff',
    count: async (ctx) => (ctx.mode === 'demo' ? 0 : countOwnersAtRisk(ctx)),
  },
  {
    code: 'tasks.failed',
    scope: 'system.read',
    severity: 'WARN',
    link: '/data/tasks',
    count: async (ctx) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from task where state = 'FAILED' and created_at > ${ago(ctx, DAY_MS)}`.execute(
        ctx.sql,
      );
      return rows[0]?.count ?? 0;
    },
  },
  {
    code: 'events.failing',
    scope: 'system.read',
    severity: 'BAD',
    link: '/settings/health',
    count: async ({ sql: db }) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from outbox_event where published_at is null and attempts >= 3`.execute(
        db,
      );
      return rows[0]?.count ?? 0;
    },
  },
];

/** Owners who may sign in by a password alone. */
export async function countOwnersAtRisk({ sql: db }: Pick<Context, 'sql'>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct staff.id)::int as count from staff
    join staff_role on staff_role.staff_id = staff.id and staff_role.role = 'OWNER'
    left join second_factor factor on factor.staff_id = staff.id
    where staff.status = 'ACTIVE' and staff.password_hash is not null and factor.confirmed_at is null`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
