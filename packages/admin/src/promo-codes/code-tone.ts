import type { Tone } from '../ui/tones.ts';

export type CodeState = 'FREE' | 'ISSUED' | 'HELD' | 'USED' | 'EXPIRED' | 'CANCELLED';

const TONES: Readonly<Record<CodeState, Tone>> = {
  FREE: 'neutral',
  ISSUED: 'ok',
  HELD: 'accent',
  USED: 'neutral',
  EXPIRED: 'warn',
  CANCELLED: 'bad',
};

export function toneOfCode(state: CodeState): Tone {
  return TONES[state];
}

/** What staff may do to a code as it stands; a word for everybody is changed with its pool. */
export function actionsOn(code: {
  state: CodeState;
  personal: boolean;
  pool: { kind: 'GENERIC' | 'SINGLE_USE'; archivedAt: string | null };
}): { cancel: boolean; extend: boolean; reissue: boolean } {
  const { state, personal, pool } = code;
  const open = pool.archivedAt === null && ['FREE', 'ISSUED', 'EXPIRED'].includes(state);
  return {
    cancel: open,
    extend: open || (state === 'HELD' && pool.archivedAt === null),
    reissue: open && personal && state !== 'FREE',
  };
}
