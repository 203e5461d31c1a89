import { expect, test } from 'vitest';
import { daysBetween } from './days.ts';

test('days are whole, in the zone of the program', () => {
  expect(daysBetween('2026-01-01', '2026-12-31', 'Europe/Moscow')).toEqual({
    from: '2025-12-31T21:00:00.000Z',
    to: '2026-12-31T21:00:00.000Z',
  });
  expect(daysBetween('', '2026-13', 'Asia/Almaty')).toEqual({ from: null, to: null });
});
