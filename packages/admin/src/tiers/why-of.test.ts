import { expect, it } from 'vitest';
import { whyOf } from './why-of.ts';

it.each([
  [{ reason: null, points: 50, takenBack: 0 }, null],
  [{ reason: 'ONCE', points: 0, takenBack: 0 }, 'ONCE'],
  [{ reason: 'LIMIT', points: 0, takenBack: 0 }, 'LIMIT'],
  [{ reason: 'LIMIT', points: 20, takenBack: 0 }, 'CUT'],
  [{ reason: null, points: 200, takenBack: 150 }, 'TAKEN_BACK'],
] as const)('%o is explained by %s', (grant, why) => expect(whyOf(grant)).toBe(why));
