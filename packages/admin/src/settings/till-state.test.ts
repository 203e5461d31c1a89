import { expect, test } from 'vitest';
import { leftUntil, spoken, tillState } from './till-state.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const none = { pairedAt: null, lastSeenAt: null, revokedAt: null, pairingExpiresAt: null };

test.each([
  ['NEW', {}],
  ['NEW', { pairingExpiresAt: '2026-11-22T11:59:59Z' }],
  ['WAITING', { pairingExpiresAt: '2026-11-22T12:10:00Z' }],
  ['WORKING', { pairedAt: '2026-11-01T00:00:00Z', lastSeenAt: '2026-11-21T12:00:01Z' }],
  ['SILENT', { pairedAt: '2026-11-01T00:00:00Z', lastSeenAt: '2026-11-21T11:59:59Z' }],
  ['REVOKED', { pairedAt: '2026-11-01T00:00:00Z', revokedAt: '2026-11-02T00:00:00Z' }],
  ['WAITING', { revokedAt: '2026-11-02T00:00:00Z', pairingExpiresAt: '2026-11-22T12:10:00Z' }],
])('%s', (state, facts) => {
  expect(tillState({ ...none, ...facts }, NOW)).toBe(state);
});

test('time left is told by seconds until it is over', () => {
  expect(leftUntil('2026-11-22T12:14:59.5Z', NOW)).toBe('15:00');
  expect(leftUntil('2026-11-22T12:00:05Z', NOW)).toBe('0:05');
  expect(leftUntil('2026-11-22T12:00:00Z', NOW)).toBeNull();
  expect(spoken('ABCD2345')).toBe('ABCD 2345');
});
