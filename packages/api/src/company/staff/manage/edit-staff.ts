import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { audit } from '../../audit.ts';
import { auditChange } from '../../audit-change.ts';
import { demandScope } from '../../callers/demand-scope.ts';
import { hashPin, isPin } from '../pin.ts';
import { demandAnotherOwner, endAllSessions, endTillSessions, lockStaff, ownsCompany } from './lock-staff.ts';

interface EditOf {
  id: string;
  /** The one the editor began with. */
  version: number;
}

export interface EditStaff extends EditOf {
  name: string;
  /** May let a shopper be verified without a code. */
  canWaive: boolean;
}

const LONGEST_NAME = 100;

/** @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function editStaff(ctx: Context, { id, version, name, canWaive }: EditStaff): Promise<void> {
  demandScope(ctx, 'staff.manage');
  const problems = new InputProblems();
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  problems.refuseAny();
  await inTransaction(ctx, async (tx) => {
    const before = await lockStaff(tx, id, version);
    const after = { name, canWaive };
    if (!(await auditChange(tx, { action: 'staff.changed', subject: `staff:${id}`, before, after }))) return;
    await tx.sql
      .updateTable('staff')
      .set({ name, can_waive: canWaive, version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
}

/**
 * Somebody's PIN at tills; null: none any more. It is shown to nobody, and who is signed in by the old one is out.
 * @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function setPin(
  ctx: Context,
  { id, version, pin }: EditOf & { pin: string | null },
): Promise<void> {
  demandScope(ctx, 'staff.manage');
  if (pin !== null && !isPin(pin)) throw invalid('pin', 'FORMAT', 'is four to eight digits');
  const pinHash = pin === null ? null : await hashPin(ctx.vault, id, pin);
  await inTransaction(ctx, async (tx) => {
    await lockStaff(tx, id, version);
    await tx.sql
      .updateTable('staff')
      .set({ pin_hash: pinHash, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await tx.sql.deleteFrom('pin_guard').where('staff_id', '=', id).execute();
    await endTillSessions(tx, id);
    await audit(tx, { action: pin === null ? 'staff.pin-removed' : 'staff.pin-set', subject: `staff:${id}` });
  });
}

/**
 * Disabled, somebody is signed off everywhere within seconds and cannot come back until enabled.
 * @throws LastOwner @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function setStaffStatus(
  ctx: Context,
  { id, version, status }: EditOf & { status: 'ACTIVE' | 'DISABLED' },
): Promise<void> {
  demandScope(ctx, 'staff.manage');
  await inTransaction(ctx, async (tx) => {
    const before = await lockStaff(tx, id, version);
    if (before.status === status) return;
    if (status === 'DISABLED') {
      if (ownsCompany(before)) await demandAnotherOwner(tx, id);
      await endAllSessions(tx, id);
    }
    await tx.sql
      .updateTable('staff')
      .set({ status, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await auditChange(tx, {
      action: status === 'DISABLED' ? 'staff.disabled' : 'staff.enabled',
      subject: `staff:${id}`,
      before,
      after: { status },
    });
  });
}
