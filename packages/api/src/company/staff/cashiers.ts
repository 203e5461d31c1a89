import type { Context } from '../../platform/context.ts';

export interface Cashier {
  id: string;
  name: string;
  canWaive: boolean;
  pinHash: string;
}

/** Who can sign in at the tills of a store, by name. */
export async function cashiersOf(ctx: Pick<Context, 'sql'>, storeId: string): Promise<Cashier[]> {
  return ctx.sql
    .selectFrom('staff_store')
    .innerJoin('staff', 'staff.id', 'staff_store.staff_id')
    .select(['staff.id', 'staff.name', 'staff.can_waive as canWaive', 'staff.pin_hash as pinHash'])
    .where('staff_store.store_id', '=', storeId)
    .where('staff.status', '=', 'ACTIVE')
    .where('staff.pin_hash', 'is not', null)
    .orderBy('staff.name')
    .orderBy('staff.id')
    .$narrowType<{ pinHash: string }>()
    .execute();
}
