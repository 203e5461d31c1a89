import type { Actor, Context } from '../../platform/context.ts';
import { wallTime } from '../../platform/clock.ts';
import { anonymousActor, staffActor } from '../callers/make-actor.ts';
import { rolesOf } from '../staff/staff-roles.ts';
import { sessionEnd } from './session-life.ts';

type AuthContext = Pick<Context, 'database' | 'sql' | 'clock'>;

/** An open session is its owner with all roles; one that is halfway may nothing but go on signing in. */
export async function sessionByToken(ctx: AuthContext, hash: string): Promise<Actor | null> {
  const row = await ctx.sql
    .selectFrom('staff_session as session')
    .innerJoin('staff', 'staff.id', 'session.staff_id')
    .select(['session.id', 'session.staff_id as staffId', 'session.state'])
    .where('session.token_hash', '=', hash)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', wallTime(ctx.clock))
    .where('staff.status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (row === undefined) return null;
  const session = { id: row.id, staffId: row.staffId, state: row.state };
  if (row.state !== 'OPEN') return { ...anonymousActor(''), session };
  return { ...staffActor({ id: row.staffId, ...(await rolesOf(ctx, row.staffId)) }), session };
}

const TOUCH_MS = 60_000;

/** A used session lives on; noted once a minute. */
export async function touchSession(ctx: AuthContext, { session }: Actor): Promise<void> {
  if (session === undefined || session.state !== 'OPEN') return;
  const now = wallTime(ctx.clock);
  const row = await ctx.sql
    .selectFrom('staff_session')
    .select('created_at')
    .where('id', '=', session.id)
    .where('last_seen_at', '<', new Date(now.getTime() - TOUCH_MS))
    .executeTakeFirst();
  if (row === undefined) return;
  await ctx.sql
    .updateTable('staff_session')
    .set({ last_seen_at: now, expires_at: sessionEnd('OPEN', row.created_at, now) })
    .where('id', '=', session.id)
    .execute();
}
