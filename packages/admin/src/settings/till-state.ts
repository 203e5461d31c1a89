import type { Tone } from '../ui/tones.ts';

/** NEW: no device yet. SILENT: its device has not called for a day. */
export type TillState = 'NEW' | 'WAITING' | 'WORKING' | 'SILENT' | 'REVOKED';

interface Till {
  pairedAt: string | null;
  lastSeenAt: string | null;
  revokedAt: string | null;
  pairingExpiresAt: string | null;
}

const DAY_MS = 86_400_000;

/** @param now milliseconds: a till that was seen is judged by this browser's clock, to the day only */
export function tillState(
  { pairedAt, lastSeenAt, revokedAt, pairingExpiresAt }: Till,
  now: number,
): TillState {
  const waits = pairingExpiresAt !== null && Date.parse(pairingExpiresAt) > now;
  if (revokedAt !== null) return waits ? 'WAITING' : 'REVOKED';
  if (pairedAt === null) return waits ? 'WAITING' : 'NEW';
  const seen = lastSeenAt === null ? 0 : Date.parse(lastSeenAt);
  return now - seen > DAY_MS ? 'SILENT' : 'WORKING';
}

const TONES: Record<TillState, Tone> = {
  NEW: 'neutral',
  WAITING: 'accent',
  WORKING: 'ok',
  SILENT: 'warn',
  REVOKED: 'bad',
};

export function toneOfTill(state: TillState): Tone {
  return TONES[state];
}

/** Minutes and seconds until an instant: `14:59`; null when it is over. */
export function leftUntil(instant: string, now: number): string | null {
  const seconds = Math.ceil((Date.parse(instant) - now) / 1000);
  if (seconds <= 0) return null;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Eight signs as two groups of four, as they are read aloud. */
export function spoken(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}
