import type { Tone } from '../ui/tones.ts';

export const TONES = {
  COMPUTING: 'accent',
  LIVE: 'ok',
  NEEDS_ATTENTION: 'bad',
  ARCHIVED: 'neutral',
} as const satisfies Record<string, Tone>;
