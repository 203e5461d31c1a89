import type { Context } from '../../../platform/context.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { demandScope } from '../../callers/demand-scope.ts';
import { seesStore } from '../../callers/make-actor.ts';
import { addStaff } from '../add-staff.ts';
import { isPin } from '../pin.ts';

export interface NewCashier {
  name: string;
  /** Four to eight digits, shown to nobody afterwards. */
  pin: string;
  canWaive: boolean;
  tills: readonly { storeId: string; role: 'CASHIER' | 'MANAGER' }[];
}

const LONGEST_NAME = 100;

/** Somebody who works at tills only, without an e-mail. @returns the id @throws InvalidInput @throws RequestError FORBIDDEN */
export async function addCashier(ctx: Context, { name, pin, canWaive, tills }: NewCashier): Promise<string> {
  demandScope(ctx, 'staff.manage');
  const problems = new InputProblems();
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  if (!isPin(pin)) problems.add(['pin'], 'FORMAT', 'is four to eight digits');
  if (tills.length === 0) problems.add(['tills'], 'REQUIRED', 'a cashier works in a store');
  const ids = tills.map(({ storeId }) => storeId);
  const known = await storesOf(ctx, ids);
  for (const [index, id] of ids.entries()) {
    if (!known.has(id)) problems.add(['tills', index, 'storeId'], 'UNKNOWN', 'there is no such store');
    if (ids.indexOf(id) < index) problems.add(['tills', index, 'storeId'], 'DUPLICATE', 'is named twice');
  }
  problems.refuseAny();
  return addStaff(ctx, { name, pin, canWaive, stores: tills });
}

async function storesOf(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.sql
    .selectFrom('store')
    .select('id')
    .where('id', 'in', [...ids])
    .where('archived_at', 'is', null)
    .execute();
  return new Set(rows.map(({ id }) => id).filter((id) => seesStore(ctx.actor, id)));
}
