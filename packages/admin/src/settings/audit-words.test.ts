import { expect, test } from 'vitest';
import { actionGroups, actionKey, periodOf, valueChanges } from './audit-words.ts';

test('actions have keys and groups', () => {
  expect(actionKey('till.pairing-code-issued')).toBe('till_pairing_code_issued');
  expect(actionGroups(['brand.changed', 'brand.created', 'pin.locked'])).toEqual([
    { group: 'brand', actions: ['brand.changed', 'brand.created'] },
    { group: 'pin', actions: ['pin.locked'] },
  ]);
});

test('values before and after are texts, whatever they are', () => {
  expect(valueChanges({ name: 'A', old: 1 }, { name: '<b>B</b>', list: [1] })).toEqual([
    { field: 'name', before: 'A', after: '<b>B</b>' },
    { field: 'old', before: '1', after: '—' },
    { field: 'list', before: '—', after: '[1]' },
  ]);
  expect(valueChanges(null, 'x')).toEqual([]);
});

test('a period is of whole days', () => {
  const { from, to } = periodOf('2026-11-20', '2026-11-20');
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
  expect(periodOf('', 'nonsense')).toEqual({ from: null, to: null });
});
