/** How long sessions of the admin live, and what stands between a password and an open one; no database, no clock. */

/** OPEN: signed in. SECOND_FACTOR: a code of the authenticator is waited for. SET_UP: there is none yet. */
export const SESSION_STATES = ['OPEN', 'SECOND_FACTOR', 'SET_UP'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

const HOUR_MS = 3_600_000;
/** Unused for so long, an open session ends. */
const IDLE_MS = 12 * HOUR_MS;
/** However much used, it ends. */
export const LONGEST_MS = 7 * 24 * HOUR_MS;
/** To take out a telephone, or to install an app on it. */
const HALFWAY_MS = 15 * 60_000;

/** When a session ends, used just now. */
export function sessionEnd(state: SessionState, createdAt: Date, now: Date): Date {
  const idle = now.getTime() + (state === 'OPEN' ? IDLE_MS : HALFWAY_MS);
  return new Date(Math.min(idle, createdAt.getTime() + LONGEST_MS));
}

/**
 * What a right password leads to. The demo does not force the second factor on anybody; who has one uses it there too.
 */
export function stateAfterPassword(mode: 'demo' | 'production', hasSecondFactor: boolean): SessionState {
  if (hasSecondFactor) return 'SECOND_FACTOR';
  return mode === 'demo' ? 'OPEN' : 'SET_UP';
}
