/** When something recorded happened. */
export interface RecordedMoment {
  /** By the server's judgement. */
  readonly occurredAt: Date;
  /** As the record says. */
  readonly told: Date;
  /** For staff, where the caller's clock runs ahead. */
  readonly skewed: { readonly told: Date; readonly server: Date } | null;
}

const MOST_AHEAD_MS = 5 * 60_000;

/** History may be of any age; what lies more than five minutes ahead happened now. */
export function judgeRecordedTime(told: Date, now: Date): RecordedMoment {
  if (told.getTime() - now.getTime() <= MOST_AHEAD_MS) return { occurredAt: told, told, skewed: null };
  return { occurredAt: now, told, skewed: { told, server: now } };
}
