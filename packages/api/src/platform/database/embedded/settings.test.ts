import { expect, test } from 'vitest';
import { buffersOf, serverSettings } from './settings.ts';

const GIB = 1024 ** 3;

test('the database keeps an eighth of the machine’s memory, between a quarter of a gigabyte and four', () => {
  expect([1, 2, 4, 8, 24, 32, 64].map((size) => buffersOf(size * GIB))).toEqual([
    '256MB',
    '256MB',
    '512MB',
    '1024MB',
    '3072MB',
    '4096MB',
    '4096MB',
  ]);
});

test('what is asked for counts more than the machine, and safety more than what is asked for', () => {
  expect(serverSettings({ shared_buffers: '300MB', listen_addresses: '*' })).toMatchObject({
    shared_buffers: '300MB',
    listen_addresses: '127.0.0.1',
    fsync: 'on',
  });
  expect(serverSettings({})['shared_buffers']).toMatch(/^\d+MB$/);
});
