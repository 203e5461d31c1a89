import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { actorLabel } from './posting-words.ts';

/** What taking a merge back needs to know, program by program; made and read by `loyalty/ledger/*.sql` alone. */
export type AccountsMerged = readonly Record<string, unknown>[];

export interface MergeAccounts {
  from: string;
  into: string;
  /** Named by the journals: an undo refers to it. */
  mergeId?: string;
}

/**
 * The points of one profile become another's in every program: lot by lot with their expiry, holds and debt included.
 * What was posted stays under the old profile and is read with the survivor's. Doing it again changes nothing.
 * Called in the transaction that merges the profiles.
 * @throws RequestError BUSY when one of them was merged elsewhere at the same time
 */
export async function mergeAccounts(
  ctx: Context,
  { from, into, mergeId }: MergeAccounts,
): Promise<AccountsMerged> {
  const { rows } = await sql<{ facts: AccountsMerged }>`
    select public.loyalty_merge_accounts(${from}, ${into}, ${ctx.clock.now()}, ${actorLabel(ctx.actor)}, ${mergeId ?? null}) as facts`.execute(
    ctx.sql,
  );
  return rows[0]?.facts ?? [];
}

export interface UnmergeAccounts {
  /** The profile that gets its own back. */
  profileId: string;
  survivorId: string;
  mergeId: string;
  merged: AccountsMerged;
  /** Orders that go back with it. */
  orderIds: readonly string[];
  /** Points the survivor cannot make good are given up; else that is refused. */
  whatRemains: boolean;
}

/**
 * Gives a merged profile its points back: what it brought and what its own orders did since, by UNMERGE journals. In
 * the transaction that takes the merge back.
 * @throws RefusedInSql PointsSpentSinceMerge { spent, available } @throws RefusedInSql PurchaseInProgress { holdExpiresAt }
 */
export async function unmergeAccounts(ctx: Context, input: UnmergeAccounts): Promise<void> {
  const { profileId, survivorId, mergeId, merged, orderIds, whatRemains } = input;
  await sql`select public.loyalty_unmerge_accounts(${profileId}, ${survivorId}, ${JSON.stringify(merged)}::jsonb,
    ${[...orderIds]}::uuid[], ${whatRemains}, ${ctx.clock.now()}, ${actorLabel(ctx.actor)}, ${mergeId})`.execute(
    ctx.sql,
  );
}
