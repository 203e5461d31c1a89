import { describe, expect, it } from 'vitest';
import { birthdayDistance } from './index.ts';

describe('how far a birthday is', () => {
  it.each([
    ['1990-11-20', '2026-11-20', 0, 0],
    ['1990-11-20', '2026-11-13', 7, 358],
    ['1990-11-20', '2026-11-27', 358, 7],
    ['1990-01-02', '2026-12-30', 3, 362],
    ['1990-12-30', '2027-01-02', 362, 3],
    ['1992-02-29', '2027-02-28', 0, 0],
    ['1992-02-29', '2028-02-28', 1, 365],
    ['1992-02-29', '2028-03-01', 364, 1],
  ])('%s seen from %s: in %i days, %i days ago', (birthDate, date, untilNext, sinceLast) =>
    expect(birthdayDistance(birthDate, date)).toEqual({ untilNext, sinceLast }),
  );
});
