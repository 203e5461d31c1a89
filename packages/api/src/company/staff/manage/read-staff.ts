import type { Role } from '@clientele/shared/permissions';
import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';

/** Somebody of the staff, as those who manage it see them. */
export interface StaffMember {
  id: string;
  name: string;
  email: string | null;
  status: 'ACTIVE' | 'DISABLED';
  canWaive: boolean;
  version: number;
  createdAt: Date;
  /** Signs in at tills. */
  hasPin: boolean;
  /** Has answered the invitation to the admin. */
  hasPassword: boolean;
  hasSecondFactor: boolean;
  /** Last used the admin. */
  lastSeenAt: Date | null;
  grants: { role: Role; brandId: string | null; storeId: string | null }[];
  tills: { storeId: string; role: 'CASHIER' | 'MANAGER' }[];
}

export interface StaffFilter {
  /** Part of the name or e-mail. */
  search?: string | null;
  status?: 'ACTIVE' | 'DISABLED' | null;
  storeId?: string | null;
  /** Name and id of the last one seen. */
  after: readonly [name: string, id: string] | null;
  limit: number;
  ids?: readonly string[];
}

/** By name; whose roles hold in some stores only sees the people of these. */
export async function readStaff(
  ctx: Pick<Context, 'sql' | 'actor'>,
  { search, status, storeId, after, limit, ids }: StaffFilter,
): Promise<StaffMember[]> {
  const like = search ? `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null;
  const { storeIds } = ctx.actor;
  const visible = storeIds === 'ALL' ? null : [...storeIds];
  const { rows } = await sql<StaffMember>`
    select staff.id, staff.name, staff.email, staff.status, staff.can_waive as "canWaive", staff.version,
      staff.created_at as "createdAt", staff.pin_hash is not null as "hasPin",
      staff.password_hash is not null as "hasPassword",
      exists (select from second_factor f where f.staff_id = staff.id and f.confirmed_at is not null) as "hasSecondFactor",
      (select max(s.last_seen_at) from staff_session s where s.staff_id = staff.id) as "lastSeenAt",
      coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'brandId', r.brand_id, 'storeId', r.store_id)
        order by r.role, r.brand_id, r.store_id) from staff_role r where r.staff_id = staff.id), '[]') as grants,
      coalesce((select jsonb_agg(jsonb_build_object('storeId', t.store_id, 'role', t.role) order by t.store_id)
        from staff_store t where t.staff_id = staff.id), '[]') as tills
    from staff
    where (${ids ?? null}::uuid[] is null or staff.id = any(${ids ?? null}::uuid[]))
      and (${like}::text is null or staff.name ilike ${like} or staff.email ilike ${like})
      and (${status ?? null}::text is null or staff.status = ${status ?? null})
      and (${storeId ?? null}::uuid is null or ${worksIn(sql`= ${storeId ?? null}::uuid`)})
      and (${visible}::uuid[] is null or ${worksIn(sql`= any(${visible}::uuid[])`)})
      and (${after?.[0] ?? null}::text is null or (staff.name, staff.id) > (${after?.[0] ?? null}::text, ${after?.[1] ?? null}::uuid))
    order by staff.name, staff.id limit ${limit}`.execute(ctx.sql);
  return rows;
}

/** At a till there, or with a role of that store or of its brand. */
function worksIn(which: ReturnType<typeof sql>) {
  return sql`(exists (select from staff_store t where t.staff_id = staff.id and t.store_id ${which})
    or exists (select from staff_role r left join store b on b.brand_id = r.brand_id and r.store_id is null
      where r.staff_id = staff.id and (r.store_id ${which} or b.id ${which})))`;
}
