import { expect, test } from 'vitest';
import { createNewId } from './ids.ts';

test('ids are UUIDs of version 7 that sort by time', () => {
  let now = Date.parse('2026-11-22T10:00:00Z');
  const newId = createNewId(
    () => now,
    (bytes) => bytes.fill(255),
  );
  const first = newId();
  now += 1;
  expect(first).toBe('01a202b2-c500-7fff-bfff-ffffffffffff');
  expect(newId() > first).toBe(true);
});
