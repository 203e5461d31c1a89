import type { Context } from '../../platform/context.ts';
import { noteIdentities, type NotedIdentity } from '../history/note-change.ts';
import { addIdentity, removeIdentities } from '../identities/add-identity.ts';
import { identityIndex, type IdentityValue } from '../identities/identity.ts';

/**
 * Makes an address the one that is shown and written to. The one before goes, unless the shopper proved it; null: all
 * of them go.
 * @returns what became of it; TAKEN: it is another person's and stays theirs
 */
export async function replaceEmail(
  ctx: Context,
  profileId: string,
  email: IdentityValue | null,
): Promise<'CHANGED' | 'SAME' | 'TAKEN'> {
  const known = await ctx.sql
    .selectFrom('identity')
    .select(['id', 'kind', 'blind_index as blindIndex', 'verified_at as verifiedAt', 'masked'])
    .select('created_at as since')
    .where('profile_id', '=', profileId)
    .where('kind', '=', 'EMAIL')
    .orderBy('position')
    .execute();
  const [shown] = known;
  if (email === null) {
    await forget(ctx, profileId, known);
    return known.length === 0 ? 'SAME' : 'CHANGED';
  }
  const wanted = identityIndex(ctx.vault, email);
  if (shown?.blindIndex === wanted) return 'SAME';
  const own = known.find(({ blindIndex }) => blindIndex === wanted);
  if (own) await removeIdentities(ctx, profileId, [own.id]);
  const verifiedAt = own?.verifiedAt ?? null;
  if (!(await addIdentity(ctx, { profileId, identity: email, verifiedAt, first: true }))) return 'TAKEN';
  if (shown && shown.verifiedAt === null) await forget(ctx, profileId, [shown]);
  return 'CHANGED';
}

type KnownEmail = Omit<NotedIdentity, 'profileId' | 'change'> & { id: string };

async function forget(ctx: Context, profileId: string, gone: readonly KnownEmail[]): Promise<void> {
  await removeIdentities(
    ctx,
    profileId,
    gone.map(({ id }) => id),
  );
  await noteIdentities(
    ctx,
    gone.map((one) => ({ ...one, profileId, change: 'REMOVED' })),
  );
}
