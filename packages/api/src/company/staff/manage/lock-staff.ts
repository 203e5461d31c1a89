import { sql } from 'kysely';
import { wallTime } from '../../../platform/clock.ts';
import type { Context } from '../../../platform/context.ts';
import { invalid } from '../../../platform/errors.ts';
import { demandVersion } from '../../audit-change.ts';
import { LastOwner } from '../../company.errors.ts';
import { readStaff, type StaffMember } from './read-staff.ts';

/**
 * Somebody the caller manages, their row locked.
 * @throws InvalidInput for nobody the caller sees @throws VersionConflict
 */
export async function lockStaff(tx: Context, id: string, version: number): Promise<StaffMember> {
  await tx.sql.selectFrom('staff').select('id').where('id', '=', id).forUpdate().execute();
  const [member] = await readStaff(tx, { ids: [id], after: null, limit: 1 });
  if (member === undefined) throw invalid('id', 'UNKNOWN', 'there is nobody like that');
  await demandVersion(tx, `staff:${id}`, member, version);
  return member;
}

/** Only one at a time looks whether an owner is left; the number is arbitrary, only equal everywhere. */
const OWNERS_LOCK = 4_117_260_011;

/** @throws LastOwner when without this person nobody who can sign in owns the company */
export async function demandAnotherOwner(tx: Context, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${OWNERS_LOCK})`.execute(tx.sql);
  const owners = await tx.sql
    .selectFrom('staff_role')
    .innerJoin('staff', 'staff.id', 'staff_role.staff_id')
    .select('staff.id')
    .where('role', '=', 'OWNER')
    .where('brand_id', 'is', null)
    .where('store_id', 'is', null)
    .where('status', '=', 'ACTIVE')
    .where('password_hash', 'is not', null)
    .execute();
  if (owners.some((owner) => owner.id === id) && owners.every((owner) => owner.id === id))
    throw new LastOwner();
}

export function ownsCompany({ grants }: Pick<StaffMember, 'grants'>): boolean {
  return grants.some(
    ({ role, brandId, storeId }) => role === 'OWNER' && brandId === null && storeId === null,
  );
}

/** Signs somebody off everywhere: the admin and every till. */
export async function endAllSessions(tx: Context, staffId: string): Promise<void> {
  await tx.sql
    .updateTable('staff_session')
    .set({ ended_at: wallTime(tx.clock) })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .execute();
  await endTillSessions(tx, staffId);
}

export async function endTillSessions(tx: Context, staffId: string): Promise<void> {
  await tx.sql
    .updateTable('cashier_session')
    .set({ ended_at: tx.clock.now() })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .execute();
}
