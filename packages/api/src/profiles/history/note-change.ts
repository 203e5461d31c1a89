import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';

/** Of one profile: names of the values that are different now. */
export interface NotedChange {
  profileId: string;
  fields: readonly string[];
}

/** Keeps that values of profiles were changed, in the caller's transaction; one statement for all. */
export async function noteChanges(
  tx: Context,
  changes: readonly NotedChange[],
  source: string,
): Promise<void> {
  const real = changes.filter(({ fields }) => fields.length > 0);
  if (real.length === 0) return;
  const at = tx.clock.now();
  const { kind, id: actorId } = tx.actor;
  await tx.sql
    .insertInto('profile_change')
    .values(
      real.map(({ profileId, fields }) => ({
        profile_id: profileId,
        id: newId(),
        at,
        fields: [...fields],
        source,
        actor_kind: kind,
        actor_id: actorId,
      })),
    )
    .execute();
}

export interface NotedIdentity {
  profileId: string;
  change: 'REMOVED' | 'DETACHED' | 'ATTACHED';
  kind: string;
  blindIndex: string;
  masked: string;
  /** null: it becomes the profile's now. */
  since: Date | null;
  reason?: string;
}

/** Keeps whose an identity was until now, or is from now on. */
export async function noteIdentities(tx: Context, changes: readonly NotedIdentity[]): Promise<void> {
  if (changes.length === 0) return;
  const at = tx.clock.now();
  await tx.sql
    .insertInto('identity_change')
    .values(
      changes.map(({ profileId, change, kind, blindIndex, masked, since, reason }) => ({
        profile_id: profileId,
        id: newId(),
        at,
        change,
        kind,
        blind_index: blindIndex,
        masked,
        since,
        reason: reason ?? null,
        actor_kind: tx.actor.kind,
        actor_id: tx.actor.id,
      })),
    )
    .execute();
}
