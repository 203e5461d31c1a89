import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../../company/index.ts';
import { VisitExpired } from '../profiles.errors.ts';
import { VISIT_MS } from './sign-in-settings.ts';

export interface ShopperVisit {
  __typename: 'ShopperVisit';
  id: string;
  profileId: string;
  verified: boolean;
  expiresAt: Date;
}

/**
 * A visit of this shopper to the caller. A verified one raises the one that is open, so the basket stays; for earning
 * only, an open unverified one is gone on with: what somebody else verified is not theirs.
 */
export async function openVisit(
  ctx: Context,
  { profileId, verified }: { profileId: string; verified: boolean },
): Promise<ShopperVisit> {
  const now = ctx.clock.now();
  const known = await ctx.sql
    .selectFrom('visit')
    .select(['id', 'expires_at'])
    .where('client', '=', ctx.actor.client)
    .where('profile_id', '=', profileId)
    .where('expires_at', '>', now)
    .where('verified_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (known && !verified)
    return { __typename: 'ShopperVisit', id: known.id, profileId, verified, expiresAt: known.expires_at };
  const expiresAt = new Date(now.getTime() + VISIT_MS);
  const row = { verified_at: verified ? now : null, expires_at: expiresAt };
  const id = known?.id ?? newId();
  if (known) await ctx.sql.updateTable('visit').set(row).where('id', '=', id).execute();
  else
    await ctx.sql
      .insertInto('visit')
      .values({ id, profile_id: profileId, client: ctx.actor.client, created_at: now, ...row })
      .execute();
  return { __typename: 'ShopperVisit', id, profileId, verified, expiresAt };
}

/** An open visit of the caller. @throws VisitExpired for one that is over, unknown or another's */
export async function readVisit(ctx: Context, visitId: string): Promise<ShopperVisit> {
  const [visit] = await readVisits(ctx, [visitId]);
  return visit ?? refuseVisit(ctx, visitId);
}

/**
 * There is no such open visit of the caller. That it was another's is told to nobody but the audit.
 * @param visitId null: an id of no visit at all
 * @throws VisitExpired always
 */
export async function refuseVisit(ctx: Context, visitId: string | null): Promise<never> {
  if (visitId !== null) await noteForeign(ctx, visitId);
  throw new VisitExpired();
}

/** The open ones among them, in no order. */
export async function readVisits(ctx: Context, ids: readonly string[]): Promise<ShopperVisit[]> {
  const rows = await ctx.sql
    .selectFrom('visit')
    .innerJoin('profile', 'profile.id', 'visit.profile_id')
    .select(['visit.id', 'visit.verified_at', 'visit.expires_at'])
    .select((eb) => eb.fn.coalesce('profile.merged_into', 'profile.id').as('profileId'))
    .where('visit.id', 'in', [...ids])
    .where('visit.client', '=', ctx.actor.client)
    .where('visit.expires_at', '>', ctx.clock.now())
    .execute();
  return rows.map((row) => ({
    __typename: 'ShopperVisit',
    id: row.id,
    profileId: row.profileId,
    verified: row.verified_at !== null,
    expiresAt: row.expires_at,
  }));
}

/** Somebody used the visit of another till: told to nobody but the audit, whatever becomes of this transaction. */
async function noteForeign(ctx: Context, visitId: string): Promise<void> {
  const foreign = await ctx.sql
    .selectFrom('visit')
    .select('id')
    .where('id', '=', visitId)
    .where('client', '<>', ctx.actor.client)
    .executeTakeFirst();
  if (foreign)
    await audit({ ...ctx, sql: ctx.database.sql }, { action: 'visit.foreign', subject: `visit:${visitId}` });
}
