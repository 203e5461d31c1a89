import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';
import { hashPassword } from '../sessions/password.ts';
import { hashPin, isPin } from './pin.ts';
import { checkGrants, writeRoles, type RoleGrant } from './staff-roles.ts';

export interface NewStaff {
  name: string;
  email?: string;
  /** For the admin. */
  password?: string;
  /** Four to eight digits; without one nobody signs in at a till. */
  pin?: string;
  canWaive?: boolean;
  /** Where this person stands at a till. */
  stores: readonly { storeId: string; role: 'CASHIER' | 'MANAGER' }[];
  /** What this person is in the admin. */
  grants?: readonly RoleGrant[];
}

/** @returns the id @throws InvalidInput */
export async function addStaff(ctx: Context, input: NewStaff): Promise<string> {
  const { name, email, password, pin, canWaive = false, stores, grants = [] } = input;
  if (pin !== undefined && !isPin(pin)) throw invalid('pin', 'FORMAT', 'is four to eight digits');
  checkGrants(grants, 'grants');
  const id = newId();
  const pinHash = pin === undefined ? null : await hashPin(ctx.vault, id, pin);
  const passwordHash = password === undefined ? null : await hashPassword(ctx.vault, id, password);
  await inTransaction(ctx, async (tx) => {
    await tx.sql
      .insertInto('staff')
      .values({
        id,
        name,
        email: email?.trim().toLowerCase() ?? null,
        password_hash: passwordHash,
        pin_hash: pinHash,
        can_waive: canWaive,
        status: 'ACTIVE',
        created_at: ctx.clock.now(),
      })
      .execute();
    if (stores.length > 0)
      await tx.sql
        .insertInto('staff_store')
        .values(stores.map(({ storeId, role }) => ({ staff_id: id, store_id: storeId, role })))
        .execute();
    await writeRoles(tx, id, grants);
    await audit(tx, { action: 'staff.added', subject: `staff:${id}` });
  });
  return id;
}
