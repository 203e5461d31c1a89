/** The words of a message's life; no database, no clock. */

export const CHANNELS = ['SMS', 'VIBER', 'EMAIL', 'CALL'] as const;
export type MessageChannel = (typeof CHANNELS)[number];

/** CODE: somebody stands at a till and waits for it; such messages are sent again when in doubt. */
export const PURPOSES = ['CODE'] as const;
export type MessagePurpose = (typeof PURPOSES)[number];

/**
 * QUEUED → SENDING (committed before the provider is called) → SENT → DELIVERED or FAILED. DROPPED: too old to be of
 * use. UNKNOWN: nobody can tell whether the provider took it.
 */
export const STATES = ['QUEUED', 'SENDING', 'UNKNOWN', 'SENT', 'DELIVERED', 'FAILED', 'DROPPED'] as const;
export type MessageState = (typeof STATES)[number];

const RANK: Record<MessageState, number> = {
  QUEUED: 0,
  SENDING: 1,
  UNKNOWN: 2,
  SENT: 3,
  FAILED: 4,
  DROPPED: 4,
  DELIVERED: 5,
};

/**
 * The states a message may be in to become `next`: news that comes late or twice never takes it back. A delivery is
 * believed even after a failure was assumed.
 */
export function statesBefore(next: MessageState): MessageState[] {
  return STATES.filter((state) => RANK[state] < RANK[next]);
}

export function isService(purpose: MessagePurpose): boolean {
  return purpose === 'CODE';
}

/** An address for people who may not see it: `+7••••••••42`, `a••••@example.ru`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${address.slice(0, 1)}••••${address.slice(at)}`;
  return `${address.slice(0, 2)}${'•'.repeat(Math.max(address.length - 4, 0))}${address.slice(-2)}`;
}

/** Whose messages to nobody known yet are. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';
