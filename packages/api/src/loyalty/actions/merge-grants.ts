import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { actorLabel } from '../account/posting-words.ts';

/** Before the points of `from` move: what both were thanked for is thanked for once. */
export async function takeDuplicates(
  tx: Context,
  from: string,
  into: string,
  mergeId: string,
): Promise<void> {
  await sql`select public.loyalty_take_duplicates(${from}, ${into}, ${tx.clock.now()}, ${actorLabel(tx.actor)},
    ${mergeId})`.execute(tx.sql);
}

/** After the points of `profileId` are its own again. */
export async function giveDuplicatesBack(tx: Context, profileId: string, mergeId: string): Promise<void> {
  await sql`select public.loyalty_give_duplicates_back(${profileId}, ${tx.clock.now()}, ${actorLabel(tx.actor)},
    ${mergeId})`.execute(tx.sql);
}
