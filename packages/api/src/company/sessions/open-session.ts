import { wallTime } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { newToken } from '../callers/tokens.ts';
import { LONGEST_MS, sessionEnd, type SessionState } from './session-life.ts';

export interface OpenedSession {
  id: string;
  staffId: string;
  state: SessionState;
  /** For the browser's cookie alone. */
  token: string;
}

/** How long a browser may keep the cookie: the server ends the session earlier. */
export const COOKIE_SECONDS = LONGEST_MS / 1000;

/** @param device as its owner knows it: `Chrome, Windows` */
export async function openSession(
  ctx: Context,
  { staffId, state, device }: { staffId: string; state: SessionState; device: string },
): Promise<OpenedSession> {
  const { token, hash } = newToken('staff');
  const id = newId();
  const now = wallTime(ctx.clock);
  await ctx.sql
    .insertInto('staff_session')
    .values({
      id,
      token_hash: hash,
      staff_id: staffId,
      state,
      created_at: now,
      last_seen_at: now,
      expires_at: sessionEnd(state, now, now),
      ended_at: null,
      address: ctx.actor.address,
      device,
    })
    .execute();
  return { id, staffId, state, token };
}

/** The second step is done: the session is open, under a new token. */
export async function finishSession(
  ctx: Context,
  session: { id: string; staffId: string },
): Promise<OpenedSession> {
  const { token, hash } = newToken('staff');
  const now = wallTime(ctx.clock);
  await ctx.sql
    .updateTable('staff_session')
    .set({ token_hash: hash, state: 'OPEN', last_seen_at: now, expires_at: sessionEnd('OPEN', now, now) })
    .where('id', '=', session.id)
    .execute();
  return { id: session.id, staffId: session.staffId, state: 'OPEN', token };
}
