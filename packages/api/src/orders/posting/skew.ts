const MOST_MS = 5 * 60_000;

/** When something happened by the server's judgement, and what staff are told where the caller's clock is wrong. */
export interface Moment {
  occurredAt: Date;
  skewed: { told: Date; server: Date } | null;
}

/** More than five minutes of skew: the server's time decides. */
export function judgeTime(told: Date | null | undefined, now: Date): Moment {
  if (told === null || told === undefined) return { occurredAt: now, skewed: null };
  if (Math.abs(told.getTime() - now.getTime()) <= MOST_MS) return { occurredAt: told, skewed: null };
  return { occurredAt: now, skewed: { told, server: now } };
}
