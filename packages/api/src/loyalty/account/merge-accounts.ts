import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { actorLabel } from './adjust-points.ts';

/**
 * The points of one profile become another's in every program: lot by lot with their expiry, holds and debt included.
 * What was posted stays under the old profile and is read with the survivor's. Doing it again changes nothing.
 * Called in the transaction that merges the profiles.
 * @throws RequestError BUSY when one of them was merged elsewhere at the same time
 */
export async function mergeAccounts(
  ctx: Context,
  { from, into }: { from: string; into: string },
): Promise<void> {
  await sql`select public.loyalty_merge_accounts(${from}, ${into}, ${ctx.clock.now()}, ${actorLabel(ctx.actor)})`.execute(
    ctx.sql,
  );
}
