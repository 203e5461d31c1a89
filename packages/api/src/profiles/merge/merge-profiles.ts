import { sql } from 'kysely';
import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { invalid } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { candidateOf, forgetCandidates } from '../duplicates/candidates.ts';
import { moveShopperRows } from '../moves.ts';
import { tellChanged, writePerson } from '../person/patch-profile.ts';
import type { ShopperRows } from '../shopper-rows.ts';
import { beforeMerge, joinPersons, type FieldChoice } from './join-persons.ts';
import { lockTwo, type LockedProfile } from './lock-two.ts';
import { AlreadyMerged, ProfilesChanged } from './merge.errors.ts';

/** Where values come from that a merge brought along, to whoever asks what changed. */
const MERGE = 'merge';

export interface MergeProfiles {
  requestId: string;
  /** Of the API: who stays. */
  survivorId: string;
  /** Of the API: whose id answers with the survivor from now on. */
  otherId: string;
  choices: readonly FieldChoice[];
  /** Versions that were looked at; null: whatever they are. */
  survivorVersion: number | null;
  otherVersion: number | null;
}

export interface ProfilesMerged {
  __typename: 'ProfilesMerged';
  mergeId: string;
  profileId: string;
}

/**
 * Two profiles are one person: everything of the other becomes the survivor's in one transaction, and what it takes to
 * undo that is kept.
 * @throws InvalidInput @throws AlreadyMerged @throws ProfilesChanged @throws IdempotencyConflict
 */
export async function mergeProfiles(
  ctx: Context,
  registry: readonly ShopperRows[],
  input: MergeProfiles,
): Promise<ProfilesMerged> {
  demandScope(ctx, 'profiles.merge');
  const survivorId = readId(input.survivorId, 'survivorId');
  const otherId = readId(input.otherId, 'otherId');
  if (survivorId === otherId) throw invalid('otherId', 'DUPLICATE', 'is the survivor');
  const { requestId, ...content } = input;
  const key = {
    scope: ctx.actor.client,
    operation: 'mergeProfiles',
    requestId,
    contentHash: hashContent(content),
  };
  return idempotently(ctx, key, (tx) =>
    mergeTwo(tx, registry, { ...input, survivorId, otherId, automatic: false }),
  );
}

export function readId(opaque: string, path: string): string {
  const id = localId(opaque, 'Profile');
  if (id === null) throw invalid(path, 'UNKNOWN', 'is nobody');
  return id;
}

export interface MergeTwo {
  /** Own ids. */
  survivorId: string;
  otherId: string;
  choices: readonly FieldChoice[];
  survivorVersion: number | null;
  otherVersion: number | null;
  automatic: boolean;
}

/** The merge itself, in the caller's transaction. @throws AlreadyMerged @throws ProfilesChanged @throws InvalidInput */
export async function mergeTwo(
  tx: Context,
  registry: readonly ShopperRows[],
  input: MergeTwo,
): Promise<ProfilesMerged> {
  const { survivorId, otherId } = input;
  const [survivor, other] = await lockTwo(tx, survivorId, otherId);
  demandMergeable(survivor, 'survivorId', input.survivorVersion);
  demandMergeable(other, 'otherId', input.otherVersion);
  const mergeId = newId();
  const joined = joinPersons(survivor, other, input.choices);
  const known = await candidateOf(tx, survivorId, otherId);
  const moved = await moveShopperRows(tx, registry, otherId, survivorId, mergeId);
  const followedBy = await pointAt(tx, otherId, survivorId);
  await writePerson(tx, survivorId, joined.person);
  await tx.sql
    .insertInto('profile_merge')
    .values({
      profile_id: survivorId,
      id: mergeId,
      other_id: otherId,
      merged_at: tx.clock.now(),
      actor_kind: tx.actor.kind,
      actor_id: tx.actor.id,
      automatic: input.automatic,
      probability: known?.probability ?? null,
      evidence: sql`${JSON.stringify(known?.evidence ?? [])}::jsonb`,
      fields: joined.changed,
      sealed_before: tx.vault.seal(JSON.stringify(beforeMerge(survivor, joined))),
      moved: sql`${JSON.stringify(moved)}::jsonb`,
      followed_by: followedBy,
      undone_at: null,
      undone_by: null,
    })
    .execute();
  await forgetCandidates(tx, otherId);
  await tellChanged(tx, survivorId, joined.changed, MERGE);
  const facts = { mergeId, otherId, automatic: input.automatic };
  await writeEvent(tx, { kind: 'profile.merged', profileId: survivorId, payload: facts });
  await audit(tx, {
    action: 'profile.merged',
    subject: `profile:${survivorId}`,
    facts: { ...facts, fields: joined.changed },
  });
  return { __typename: 'ProfilesMerged', mergeId, profileId: survivorId };
}

function demandMergeable(
  profile: LockedProfile | undefined,
  path: string,
  version: number | null,
): asserts profile is LockedProfile {
  if (profile === undefined || profile.kind !== 'PERSON' || profile.erasedAt !== null)
    throw invalid(path, 'UNKNOWN', 'is nobody');
  if (profile.mergedInto !== null) throw new AlreadyMerged(profile.mergedInto);
  if (version !== null && version !== profile.version) throw new ProfilesChanged();
}

/** Whoever answered with the other answers with the survivor now: one step from any id to the person. */
async function pointAt(tx: Context, otherId: string, survivorId: string): Promise<string[]> {
  const followers = await tx.sql
    .updateTable('profile')
    .set({ merged_into: survivorId })
    .where('merged_into', '=', otherId)
    .returning('id')
    .execute();
  await tx.sql
    .updateTable('profile')
    .set({ merged_into: survivorId, updated_at: tx.clock.now() })
    .where('id', '=', otherId)
    .execute();
  return followers.map(({ id }) => id);
}
