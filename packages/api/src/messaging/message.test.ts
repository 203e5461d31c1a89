import { expect, test } from 'vitest';
import { maskAddress, statesBefore } from './message.ts';

test('news that comes late never takes a message back', () => {
  expect(statesBefore('SENT')).toEqual(['QUEUED', 'SENDING', 'UNKNOWN']);
  expect(statesBefore('FAILED')).toEqual(['QUEUED', 'SENDING', 'UNKNOWN', 'SENT']);
  expect(statesBefore('DELIVERED')).toEqual(['QUEUED', 'SENDING', 'UNKNOWN', 'SENT', 'FAILED', 'DROPPED']);
});

test('an address is masked so that its owner recognises it and nobody else learns it', () => {
  expect(maskAddress('+79991234567')).toBe('+7••••••••67');
  expect(maskAddress('anna@example.ru')).toBe('a••••@example.ru');
});
