import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { erasedAmong } from '../erasure/tombstones.ts';
import { addIdentity } from '../identities/add-identity.ts';
import type { ProfileRef } from '../identities/profile-ref.ts';
import { resolveProfiles, type ResolvedProfile } from '../identities/resolve-profile.ts';
import { NOTHING_KNOWN } from './apply-patch.ts';
import { createPerson } from './create-person.ts';

/**
 * Who is meant, in the order of the references; a phone or e-mail nobody has makes a person. Called in the
 * transaction of what is recorded.
 * @returns null for an unknown id, card or external id, and for a contact of somebody who was erased
 */
export async function ensurePersons(
  ctx: Context,
  refs: readonly ProfileRef[],
  { preferredStoreId }: { preferredStoreId: string | null },
): Promise<(ResolvedProfile | null)[]> {
  const found = await resolveProfiles(ctx, refs);
  const unknown = refs.flatMap((ref, index) =>
    ref.by === 'IDENTITY' && (found[index] ?? null) === null ? [ref.blindIndex] : [],
  );
  const erased = await erasedAmong(ctx, unknown);
  const made = new Map<string, ResolvedProfile | null>([...erased].map((blindIndex) => [blindIndex, null]));
  const all: (ResolvedProfile | null)[] = [];
  for (const [index, ref] of refs.entries()) {
    const known = found[index] ?? null;
    if (known !== null || ref.by === 'ID') {
      all.push(known);
      continue;
    }
    if (!made.has(ref.blindIndex)) made.set(ref.blindIndex, await makePerson(ctx, ref, preferredStoreId));
    all.push(made.get(ref.blindIndex) ?? null);
  }
  return all;
}

async function makePerson(
  ctx: Context,
  ref: Extract<ProfileRef, { by: 'IDENTITY' }>,
  preferredStoreId: string | null,
): Promise<ResolvedProfile | null> {
  if (ref.identity.kind !== 'PHONE' && ref.identity.kind !== 'EMAIL') return null;
  const id = newId();
  const theirs = await addIdentity(ctx, {
    profileId: id,
    identity: ref.identity,
    verifiedAt: null,
    first: true,
  });
  if (!theirs) {
    // Somebody else made this person a moment ago.
    const [known] = await resolveProfiles(ctx, [ref]);
    return known ?? null;
  }
  await createPerson(ctx, NOTHING_KNOWN, { id, preferredStoreId });
  return { id, kind: 'PERSON' };
}
