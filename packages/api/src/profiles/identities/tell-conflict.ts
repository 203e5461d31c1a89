import type { Context } from '../../platform/context.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import type { IdentityKind } from './identity.ts';

export interface IdentityConflict {
  /** The people somebody's word makes one of; two or more. */
  profileIds: readonly string[];
  /** What belongs to others than the first. */
  kinds: readonly IdentityKind[];
  /** Whose word it was. */
  source: string;
}

/** Tells that several people may be one: an identity is never taken from anybody, people look at it. */
export async function tellConflict(
  ctx: Context,
  { profileIds, kinds, source }: IdentityConflict,
): Promise<void> {
  await writeEvent(ctx, {
    kind: 'identity.conflict',
    profileId: profileIds[0] ?? null,
    payload: { profileIds, identityKinds: kinds, source },
  });
}
