import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { auditChange } from '../../audit-change.ts';
import { readBrands } from '../../brands/read-brands.ts';
import { demandScope } from '../../callers/demand-scope.ts';
import { seesStore } from '../../callers/make-actor.ts';
import { checkGrants, writeRoles, type RoleGrant } from '../staff-roles.ts';
import { demandAnotherOwner, lockStaff, ownsCompany } from './lock-staff.ts';
import type { StaffMember } from './read-staff.ts';

export interface SetStaffRoles {
  id: string;
  /** The one the editor began with. */
  version: number;
  /** What this person is in the admin, whole. */
  grants: readonly RoleGrant[];
  /** Where this person stands at a till, whole. */
  tills: readonly { storeId: string; role: 'CASHIER' | 'MANAGER' }[];
}

/**
 * Nobody gives a role where their own does not hold.
 * @throws LastOwner @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function setStaffRoles(ctx: Context, input: SetStaffRoles): Promise<void> {
  demandScope(ctx, 'staff.manage');
  const { id, version, tills } = input;
  const grants = input.grants.map(({ role, brandId = null, storeId = null }) => ({ role, brandId, storeId }));
  checkGrants(grants, 'grants');
  await checkPlaces(ctx, grants, tills);
  await inTransaction(ctx, async (tx) => {
    const before = await lockStaff(tx, id, version);
    if (ownsCompany(before) && !ownsCompany({ grants })) await demandAnotherOwner(tx, id);
    const after = inOrder({ grants, tills: [...tills] });
    const subject = `staff:${id}`;
    if (!(await auditChange(tx, { action: 'staff.roles-changed', subject, before: inOrder(before), after })))
      return;
    await writeRoles(tx, id, grants);
    await writeTills(tx, id, tills);
    await tx.sql
      .updateTable('staff')
      .set({ version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
}

function grantKey({ role, brandId, storeId }: StaffMember['grants'][number]): string {
  return [role, brandId, storeId].join(' ');
}

/** The same places in another order are no change. */
function inOrder({ grants, tills }: Pick<StaffMember, 'grants' | 'tills'>) {
  return {
    grants: grants
      .map(({ role, brandId, storeId }) => ({ role, brandId, storeId }))
      .toSorted((a, b) => (grantKey(a) < grantKey(b) ? -1 : 1)),
    tills: tills
      .map(({ storeId, role }) => ({ storeId, role }))
      .toSorted((a, b) => (a.storeId < b.storeId ? -1 : 1)),
  };
}

/** @throws InvalidInput for a brand or store that is not there, or where the caller's own role does not hold */
export async function checkPlaces(
  ctx: Context,
  grants: readonly RoleGrant[],
  tills: SetStaffRoles['tills'],
): Promise<void> {
  const problems = new InputProblems();
  const brands = new Set((await readBrands(ctx, { archived: true })).map(({ id }) => id));
  const stores = await knownStores(
    ctx,
    [...grants, ...tills].flatMap(({ storeId }) => storeId ?? []),
  );
  const everywhere = ctx.actor.storeIds === 'ALL';
  for (const [index, { brandId = null, storeId = null }] of grants.entries()) {
    if (brandId !== null && !brands.has(brandId))
      problems.add(['grants', index, 'brandId'], 'UNKNOWN', 'there is no such brand');
    if (storeId !== null && !stores.has(storeId))
      problems.add(['grants', index, 'storeId'], 'UNKNOWN', 'there is no such store');
    const beyond = brandId === null ? storeId === null : brandId !== ctx.actor.brandId && storeId === null;
    if (!everywhere && beyond)
      problems.add(['grants', index], 'MISMATCH', 'is more than your own role holds');
  }
  for (const [index, { storeId }] of tills.entries()) {
    if (!stores.has(storeId)) problems.add(['tills', index, 'storeId'], 'UNKNOWN', 'there is no such store');
    if (tills.findIndex((till) => till.storeId === storeId) < index)
      problems.add(['tills', index, 'storeId'], 'DUPLICATE', 'is named twice');
  }
  problems.refuseAny();
}

/** Those of the ids that are stores the caller sees. */
async function knownStores(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.sql
    .selectFrom('store')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id).filter((id) => seesStore(ctx.actor, id)));
}

async function writeTills(ctx: Context, staffId: string, tills: SetStaffRoles['tills']): Promise<void> {
  await ctx.sql.deleteFrom('staff_store').where('staff_id', '=', staffId).execute();
  if (tills.length === 0) return;
  await ctx.sql
    .insertInto('staff_store')
    .values(tills.map(({ storeId, role }) => ({ staff_id: staffId, store_id: storeId, role })))
    .execute();
}
