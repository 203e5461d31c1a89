import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/ids.ts';
import { NOTHING_KNOWN } from './apply-patch.ts';
import { personColumns } from './create-person.ts';

/** Where somebody unknown buys: at a till; at a store where a key sells. */
export type WalkInPlace = { tillId: string } | { storeId: string };

/**
 * The profile that owns what is bought there by nobody known; made on first need.
 * @throws Error when there is no such till or store
 */
export async function ensureWalkIn(ctx: Context, place: WalkInPlace): Promise<string> {
  const known = await readPlace(ctx, place);
  if (known.walk_in_profile_id !== null) return known.walk_in_profile_id;
  return inTransaction(ctx, async (tx) => {
    const locked = await readPlace(tx, place, true);
    if (locked.walk_in_profile_id !== null) return locked.walk_in_profile_id;
    const id = newId();
    const now = ctx.clock.now();
    await tx.sql
      .insertInto('profile')
      .values({
        id,
        kind: 'WALK_IN',
        ...personColumns(NOTHING_KNOWN),
        preferred_store_id: 'storeId' in place ? place.storeId : null,
        merged_into: null,
        created_at: now,
        updated_at: now,
      })
      .execute();
    await keep(tx, place, id);
    return id;
  });
}

async function readPlace(ctx: Context, place: WalkInPlace, lock = false) {
  if ('tillId' in place) {
    const till = ctx.sql.selectFrom('till').select('walk_in_profile_id').where('id', '=', place.tillId);
    return (lock ? till.forUpdate() : till).executeTakeFirstOrThrow();
  }
  const store = ctx.sql.selectFrom('store').select('walk_in_profile_id').where('id', '=', place.storeId);
  return (lock ? store.forUpdate() : store).executeTakeFirstOrThrow();
}

async function keep(ctx: Context, place: WalkInPlace, id: string): Promise<void> {
  const set = { walk_in_profile_id: id };
  if ('tillId' in place) await ctx.sql.updateTable('till').set(set).where('id', '=', place.tillId).execute();
  else await ctx.sql.updateTable('store').set(set).where('id', '=', place.storeId).execute();
}
