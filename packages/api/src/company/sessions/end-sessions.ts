import { wallTime } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { forgetCallers } from '../callers/authenticate.ts';

/**
 * Ends sessions of one person: all, all but one, or one of them. This process forgets them at once, another one within
 * two seconds; open sockets close within five.
 * @returns how many were open
 */
export async function endSessions(
  ctx: Context,
  staffId: string,
  which: { except?: string; only?: string } = {},
): Promise<number> {
  const now = wallTime(ctx.clock);
  let query = ctx.sql
    .updateTable('staff_session')
    .set({ ended_at: now })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now);
  if (which.except !== undefined) query = query.where('id', '!=', which.except);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  const ended = await query.returning('token_hash').execute();
  forgetCallers(
    ctx,
    ended.map(({ token_hash: hash }) => hash),
  );
  return ended.length;
}

/** Signs this browser out, however far it was. @returns whether it was signed in */
export async function signOut(ctx: Context): Promise<boolean> {
  const { session } = ctx.actor;
  if (session === undefined) return false;
  await endSessions(ctx, session.staffId, { only: session.id });
  await audit(ctx, { action: 'staff.signed-out', subject: `staff:${session.staffId}` });
  return true;
}

/** Signs every browser of this person out, this one included. @returns how many there were */
export async function signOutEverywhere(ctx: Context): Promise<number> {
  const { staffId } = openSessionOf(ctx);
  const count = await endSessions(ctx, staffId);
  await audit(ctx, { action: 'staff.signed-out-everywhere', subject: `staff:${staffId}`, facts: { count } });
  return count;
}

/** Signs one browser of this person out. @returns whether it was signed in */
export async function endOwnSession(ctx: Context, input: { id: string }): Promise<boolean> {
  const { staffId } = openSessionOf(ctx);
  const count = await endSessions(ctx, staffId, { only: input.id });
  if (count > 0) await audit(ctx, { action: 'staff.session-ended', subject: `staff:${staffId}` });
  return count > 0;
}

export interface OwnSession {
  id: string;
  device: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  /** The browser that asks. */
  current: boolean;
}

const SHOWN = 50;

/** Where this person is signed in, newest first. */
export async function ownSessions(ctx: Context): Promise<OwnSession[]> {
  const own = openSessionOf(ctx);
  const rows = await ctx.sql
    .selectFrom('staff_session')
    .select(['id', 'device', 'address', 'created_at', 'last_seen_at', 'expires_at'])
    .where('staff_id', '=', own.staffId)
    .where('state', '=', 'OPEN')
    .where('ended_at', 'is', null)
    .where('expires_at', '>', wallTime(ctx.clock))
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    address: row.address,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    current: row.id === own.id,
  }));
}

function openSessionOf({ actor }: Context): { id: string; staffId: string } {
  if (actor.session?.state === 'OPEN') return actor.session;
  throw new RequestError('FORBIDDEN', 'Only a browser that is signed in has sessions.');
}
