import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { forgetErasure } from '../erasure/tombstones.ts';
import { identityIndex, type IdentityValue } from './identity.ts';

export interface NewIdentity {
  profileId: string;
  identity: IdentityValue;
  /** When the shopper proved it; null: it was only said. */
  verifiedAt: Date | null;
  /** Before the others of its kind (it is shown), or behind them. */
  first: boolean;
}

/**
 * Gives an identity to a profile, unless somebody has it: nobody's is ever taken away. Two at once: the second waits
 * for the first and then finds it taken. Called where the shopper or support says so: whoever was erased is anybody
 * again.
 * @returns whether it is the profile's now
 */
export async function addIdentity(ctx: Context, input: NewIdentity): Promise<boolean> {
  const { profileId, identity, verifiedAt, first } = input;
  const blindIndex = identityIndex(ctx.vault, identity);
  const id = newId();
  await sql`select public.keep_profile(${profileId})`.execute(ctx.sql);
  const { numInsertedOrUpdatedRows } = await ctx.sql
    .insertInto('identity_key')
    .values({ blind_index: blindIndex, profile_id: profileId, identity_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) return false;
  await forgetErasure(ctx, blindIndex);
  await ctx.sql
    .insertInto('identity')
    .values((eb) => ({
      profile_id: profileId,
      id,
      kind: identity.kind,
      source: identity.source,
      sealed: ctx.vault.seal(identity.value),
      masked: identity.masked,
      blind_index: blindIndex,
      verified_at: verifiedAt,
      position: eb
        .selectFrom('identity as other')
        .select((other) =>
          first
            ? other(other.fn.coalesce(other.fn.min('other.position'), other.lit(1)), '-', 1).as('position')
            : other(other.fn.coalesce(other.fn.max('other.position'), other.lit(-1)), '+', 1).as('position'),
        )
        .where('other.profile_id', '=', profileId)
        .where('other.kind', '=', identity.kind),
      created_at: ctx.clock.now(),
    }))
    .execute();
  return true;
}

/** Takes an identity from its profile: somebody else may have it from now on. */
export async function removeIdentities(
  ctx: Context,
  profileId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await ctx.sql
    .deleteFrom('identity')
    .where('profile_id', '=', profileId)
    .where('id', 'in', [...ids])
    .execute();
  await ctx.sql
    .deleteFrom('identity_key')
    .where('profile_id', '=', profileId)
    .where('identity_id', 'in', [...ids])
    .execute();
}
