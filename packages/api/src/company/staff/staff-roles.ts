import { STORE_ROLES, type Role } from '@clientele/shared/permissions';
import type { Actor, Context } from '../../platform/context.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { newId } from '../../platform/ids.ts';
import { staffActor } from '../callers/make-actor.ts';

/** A role and where it holds: in one store, in every store of a brand, or everywhere. */
export interface RoleGrant {
  role: Role;
  brandId?: string | null;
  storeId?: string | null;
}

/** Whose stores and brands a person sees; `storeIds` of a brand are filled in. */
export interface StaffRoles {
  roles: readonly Role[];
  storeIds: 'ALL' | readonly string[];
  brandId: string | null;
}

/** @throws InvalidInput for a role of a store that names none, or of the company that names one */
export function checkGrants(grants: readonly RoleGrant[], path: string): void {
  const problems = new InputProblems();
  grants.forEach(({ role, storeId = null }, index) => {
    if (STORE_ROLES.has(role) === (storeId !== null)) return;
    problems.add(
      [path, index, 'storeId'],
      storeId === null ? 'REQUIRED' : 'MISMATCH',
      STORE_ROLES.has(role) ? 'this role is given for a store' : 'this role is not given for a store',
    );
  });
  problems.refuseAny();
}

/** Replaces what somebody is; in the caller's transaction. */
export async function writeRoles(ctx: Context, staffId: string, grants: readonly RoleGrant[]): Promise<void> {
  await ctx.sql.deleteFrom('staff_role').where('staff_id', '=', staffId).execute();
  if (grants.length === 0) return;
  const rows = grants.map(({ role, brandId = null, storeId = null }) => ({
    id: newId(),
    staff_id: staffId,
    role,
    brand_id: brandId,
    store_id: storeId,
  }));
  await ctx.sql
    .insertInto('staff_role')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What somebody is now, and where. */
export async function rolesOf(ctx: Pick<Context, 'sql'>, staffId: string): Promise<StaffRoles> {
  const rows = await ctx.sql
    .selectFrom('staff_role')
    .leftJoin('store', (join) =>
      join.on((on) =>
        on.or([
          on('store.id', '=', on.ref('staff_role.store_id')),
          on.and([
            on('staff_role.store_id', 'is', null),
            on('store.brand_id', '=', on.ref('staff_role.brand_id')),
          ]),
        ]),
      ),
    )
    .select(['role', 'staff_role.brand_id as ofBrand', 'store_id as ofStore', 'store.id', 'store.brand_id'])
    .where('staff_id', '=', staffId)
    .execute();
  const roles = [...new Set(rows.map(({ role }) => role))];
  if (rows.some(({ ofBrand, ofStore }) => ofBrand === null && ofStore === null))
    return { roles, storeIds: 'ALL', brandId: null };
  const storeIds = [...new Set(rows.flatMap(({ id }) => id ?? []))];
  const brands = [...new Set(rows.flatMap(({ ofBrand, brand_id: ofStore }) => ofBrand ?? ofStore ?? []))];
  return { roles, storeIds, brandId: brands.length === 1 ? (brands[0] ?? null) : null };
}

/** Somebody as a caller, whatever brought them here: a session, or a task they started. */
export async function actorOfStaff(ctx: Pick<Context, 'sql'>, staffId: string): Promise<Actor> {
  return staffActor({ id: staffId, ...(await rolesOf(ctx, staffId)) });
}
