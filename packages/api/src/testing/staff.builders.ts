import type { Role } from '@clientele/shared/permissions';
import { Secret, TOTP } from 'otpauth';
import { actorOfStaff, addStaff, openStaffSession, writeRoles, type RoleGrant } from '../company/index.ts';
import { wallTime, type Clock } from '../platform/clock.ts';
import type { Actor, Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { asSystem } from './company.builders.ts';

export interface StaffPlaces {
  /** Every role holds in these stores only; absent: everywhere. */
  storeIds?: readonly string[];
  /** Every role holds in this brand only. */
  brandId?: string;
  name?: string;
  email?: string;
  password?: string;
}

/** Somebody of the admin with these roles. @returns the id */
export async function aStaffMember(
  ctx: Context,
  roles: readonly Role[],
  { storeIds, brandId, name = 'Мария', ...contact }: StaffPlaces = {},
): Promise<string> {
  const grants = roles.flatMap((role): RoleGrant[] =>
    storeIds === undefined
      ? [{ role, brandId: brandId ?? null }]
      : storeIds.map((storeId) => ({ role, storeId })),
  );
  const email = contact.email ?? `staff-${newId()}@example.com`;
  const id = await addStaff(asSystem(ctx), { name, ...contact, email, stores: [] });
  await writeRoles(ctx, id, grants);
  return id;
}

/** The same as a caller: `asActor(ctx, await staffActor(ctx, ['MARKETER']))`. */
export async function staffActor(
  ctx: Context,
  roles: readonly Role[],
  places: StaffPlaces = {},
): Promise<Actor> {
  return { ...(await actorOfStaff(ctx, await aStaffMember(ctx, roles, places))), address: '127.0.0.1' };
}

export interface BuiltSession {
  staffId: string;
  /** `app.graphql({ query, session })`. */
  session: string;
  actor: Actor;
}

/** Somebody with these roles, signed in with a browser. */
export async function aSession(
  ctx: Context,
  roles: readonly Role[],
  places: StaffPlaces = {},
): Promise<BuiltSession> {
  const actor = await staffActor(ctx, roles, places);
  const opened = await openStaffSession(asSystem(ctx), {
    staffId: actor.id,
    state: 'OPEN',
    device: 'Chrome',
  });
  return { staffId: actor.id, session: opened.token, actor };
}

/** What an authenticator app with this secret shows now. */
export function stepCodeOf(secret: string, clock: Clock): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: wallTime(clock).getTime() });
}
