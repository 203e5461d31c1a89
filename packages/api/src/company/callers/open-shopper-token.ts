import type { Context } from '../../platform/context.ts';
import { newToken } from './tokens.ts';

/** How long a page may go on with one. */
export const SHOPPER_TOKEN_MS = 3_600_000;

export interface ShopperTokenIssued {
  __typename: 'ShopperTokenIssued';
  /** `cp_…`, shown here only. */
  token: string;
  expiresAt: Date;
}

/**
 * A token for one shopper and one page, as far as its issuer sees. Those that are over are cleared away on the way.
 * @param facts checked before: a person, and the origin of a page
 */
export async function openShopperToken(
  ctx: Context,
  { profileId, origin }: { profileId: string; origin: string },
): Promise<ShopperTokenIssued> {
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + SHOPPER_TOKEN_MS);
  const { token, hash } = newToken('shopper');
  const { brandId, storeIds, kind, id } = ctx.actor;
  await ctx.sql
    .deleteFrom('shopper_token')
    .where('profile_id', '=', profileId)
    .where('expires_at', '<=', now)
    .execute();
  await ctx.sql
    .insertInto('shopper_token')
    .values({
      token_hash: hash,
      profile_id: profileId,
      origin,
      brand_id: brandId,
      store_ids: storeIds === 'ALL' ? null : [...storeIds],
      issued_by: `${kind.toLowerCase()}:${id}`,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return { __typename: 'ShopperTokenIssued', token, expiresAt };
}
