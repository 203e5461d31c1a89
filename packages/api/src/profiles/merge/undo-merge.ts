import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { RefusedInSql, translateDatabaseError } from '../../platform/database/call-function.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { invalid } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { reopenCandidate } from '../duplicates/candidates.ts';
import { moveBack } from '../moves.ts';
import { tellChanged, writePerson } from '../person/patch-profile.ts';
import type { ShopperRows } from '../shopper-rows.ts';
import { partPersons, type BeforeMerge } from './join-persons.ts';
import { lockTwo, type LockedProfile } from './lock-two.ts';
import {
  LaterMergeFirst,
  MergeFinal,
  MergeUndone,
  PointsSpentSinceMerge,
  PurchaseInProgress,
} from './merge.errors.ts';

const UNMERGE = 'unmerge';

export interface UndoMerge {
  requestId: string;
  mergeId: string;
  /** Points that were spent and cannot be made good are given up; else that is refused. */
  whatRemains: boolean;
  /** They are two people: the pair is never offered again. Else it goes back into the queue. */
  notSame: boolean;
}

export interface MergeTakenBack {
  __typename: 'MergeTakenBack';
  mergeId: string;
  survivorId: string;
  /** Who is a person of their own again. */
  profileId: string;
}

/**
 * Parts what a merge joined: the rows it moved go back, those that came since stay with the survivor, as does what
 * cannot be told; points by value (loyalty). Values nobody changed since are what they were before.
 * @throws InvalidInput @throws MergeUndone @throws LaterMergeFirst @throws MergeFinal @throws PointsSpentSinceMerge
 * @throws PurchaseInProgress @throws IdempotencyConflict
 */
export async function undoMerge(
  ctx: Context,
  registry: readonly ShopperRows[],
  input: UndoMerge,
): Promise<MergeTakenBack> {
  demandScope(ctx, 'profiles.merge');
  if (!isId(input.mergeId)) throw invalid('mergeId', 'UNKNOWN', 'is no merge');
  const { requestId, ...content } = input;
  const key = {
    scope: ctx.actor.client,
    operation: 'undoMerge',
    requestId,
    contentHash: hashContent(content),
  };
  return idempotently(ctx, key, (tx) => takeBack(tx, registry, input)).catch(asRefusal);
}

async function takeBack(
  tx: Context,
  registry: readonly ShopperRows[],
  { mergeId, whatRemains, notSame }: UndoMerge,
): Promise<MergeTakenBack> {
  const found = await readMerge(tx, mergeId);
  if (found === undefined) throw invalid('mergeId', 'UNKNOWN', 'is no merge');
  const { profile_id: survivorId, other_id: otherId } = found;
  const [survivor, other] = await lockTwo(tx, survivorId, otherId);
  // Read again: another may have undone it while this one waited for the lock.
  const merge = (await readMerge(tx, mergeId)) ?? found;
  if (merge.undone_at !== null) throw new MergeUndone(merge.undone_at);
  if (
    !survivor ||
    !other ||
    survivor.erasedAt !== null ||
    other.erasedAt !== null ||
    merge.sealed_before === null
  )
    throw new MergeFinal();
  await demandLatest(tx, survivor, merge.id);
  await moveBack(tx, registry, { mergeId, survivorId, profileId: otherId, moved: merge.moved, whatRemains });
  await pointBack(tx, survivorId, otherId, merge.followed_by);
  const { person, changed } = partPersons(
    survivor,
    JSON.parse(tx.vault.open(merge.sealed_before)) as BeforeMerge,
  );
  await writePerson(tx, survivorId, person);
  await tx.sql
    .updateTable('profile_merge')
    .set({ undone_at: tx.clock.now(), undone_by: `${tx.actor.kind}:${tx.actor.id}` })
    .where('profile_id', '=', survivorId)
    .where('id', '=', mergeId)
    .execute();
  await reopenCandidate(tx, { a: survivorId, b: otherId, notSame, merge });
  await tellChanged(tx, survivorId, changed, UNMERGE);
  await writeEvent(tx, { kind: 'profile.unmerged', profileId: survivorId, payload: { mergeId, otherId } });
  await audit(tx, {
    action: 'profile.unmerged',
    subject: `profile:${survivorId}`,
    facts: { mergeId, otherId, whatRemains, fields: changed },
  });
  return { __typename: 'MergeTakenBack', mergeId, survivorId, profileId: otherId };
}

function readMerge(tx: Context, mergeId: string) {
  return tx.sql.selectFrom('profile_merge').selectAll().where('id', '=', mergeId).executeTakeFirst();
}

/** @throws LaterMergeFirst where either the survivor was merged away since, or somebody else was merged into it later */
async function demandLatest(tx: Context, survivor: LockedProfile, mergeId: string): Promise<void> {
  const later = await tx.sql
    .selectFrom('profile_merge')
    .select('id')
    .where('undone_at', 'is', null)
    .where('id', '>', mergeId)
    .where((eb) => eb.or([eb('profile_id', '=', survivor.id), eb('other_id', '=', survivor.id)]))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (later !== undefined) throw new LaterMergeFirst(later.id);
}

/** The other answers for itself again, and so do those who answered with it before. */
async function pointBack(
  tx: Context,
  survivorId: string,
  otherId: string,
  followers: readonly string[],
): Promise<void> {
  const now = tx.clock.now();
  await tx.sql
    .updateTable('profile')
    .set((eb) => ({ merged_into: null, updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', otherId)
    .execute();
  if (followers.length === 0) return;
  await tx.sql
    .updateTable('profile')
    .set({ merged_into: otherId })
    .where('id', 'in', [...followers])
    .where('merged_into', '=', survivorId)
    .execute();
}

/** What the ledger refuses, in this room's words. */
function asRefusal(error: unknown): never {
  const refusal = translateDatabaseError(error);
  if (!(refusal instanceof RefusedInSql)) throw refusal;
  const { spent, available, holdExpiresAt } = refusal.facts;
  if (refusal.code === 'PointsSpentSinceMerge')
    throw new PointsSpentSinceMerge({ spent: Number(spent), available: Number(available) });
  if (refusal.code === 'PurchaseInProgress') throw new PurchaseInProgress(new Date(String(holdExpiresAt)));
  throw refusal;
}
