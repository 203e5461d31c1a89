import { audit, demandScope } from '../../company/index.ts';
import { findCustomer } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { postGrants } from './grant-offer-to.ts';
import { readGrantTerms, type GrantTermsInput } from './grantable.ts';
import { readGrants, type GrantRecord } from './read-grants.ts';

export interface GrantOffer extends GrantTermsInput {
  /** As the API names it. */
  profileId: string;
}

/**
 * Staff grant one shopper a promotion, once per request.
 * @throws InvalidInput for nobody, or a promotion that cannot be granted
 */
export async function grantOffer(ctx: Context, input: GrantOffer): Promise<GrantRecord> {
  demandScope(ctx, 'profiles.write');
  const profileId = await findCustomer(ctx, input.profileId, 'profileId');
  const terms = await readGrantTerms(ctx, input);
  const dedupeKey = `${ctx.actor.client}:${input.requestId}`;
  return inTransaction(ctx, async (tx) => {
    const [granted] = await postGrants(tx, { ...terms, source: 'HAND', grants: [{ profileId, dedupeKey }] });
    if (granted !== undefined)
      await audit(tx, {
        action: 'offer.granted',
        subject: `profile:${profileId}`,
        facts: { promotionId: terms.promotionId, grantId: granted.id, validTo: terms.validTo },
      });
    const grants = await readGrants(tx, [profileId]);
    const grant = grants.find((one) => one.dedupeKey === dedupeKey);
    if (grant === undefined) throw new Error('a grant is not there after it was posted');
    return grant;
  });
}

/**
 * Takes a grant back that was not used up; one that is over already stays as it is.
 * @param key of the grant: `profileId:id`
 * @throws InvalidInput UNKNOWN
 */
export async function withdrawOffer(
  ctx: Context,
  key: { profileId: string; id: string } | null,
): Promise<GrantRecord> {
  demandScope(ctx, 'profiles.write');
  return inTransaction(ctx, async (tx) => {
    const grant = key && (await readGrants(tx, [key.profileId])).find(({ id }) => id === key.id);
    if (!grant) throw invalid('grantId', 'UNKNOWN', 'there is no such offer');
    const { numUpdatedRows } = await tx.sql
      .updateTable('offer_grant')
      .set({ state: 'WITHDRAWN', updated_at: tx.clock.now() })
      .where('profile_id', '=', grant.profileId)
      .where('id', '=', grant.id)
      .where('state', '=', 'OPEN')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return grant;
    await audit(tx, {
      action: 'offer.withdrawn',
      subject: `profile:${grant.profileId}`,
      facts: { promotionId: grant.promotionId, grantId: grant.id },
    });
    return { ...grant, state: 'WITHDRAWN' };
  });
}
