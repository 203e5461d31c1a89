import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { asGroup, EMPTY, goneNow } from './segment-form.ts';

const tier = (name: string): Condition => ({ leaf: 'TIER', tiers: ['SILVER', name] });
const saved: Condition = { group: 'ALL', of: [{ leaf: 'TAG', tags: ['vip'] }, tier('GOLD')] };
const gone = [{ path: ['of', '1', 'tiers', '1'], kind: 'TIER', value: 'GOLD' }];

test('what is gone is marked where the question stands by now', () => {
  const moved: Condition = { group: 'ALL', of: [{ group: 'ANY', of: [tier('GOLD')] }] };
  expect(goneNow(saved, gone, saved)).toEqual([{ path: 'of.1.tiers.1', code: 'UNKNOWN', gone: gone[0] }]);
  expect(goneNow(saved, gone, moved).map(({ path }) => path)).toEqual(['of.0.of.0.tiers.1']);
});

test('a question that was changed is not marked', () => {
  expect(goneNow(saved, gone, { group: 'ALL', of: [tier('BRONZE')] })).toEqual([]);
});

test('a condition that is one question is its own place', () => {
  const whole = [{ path: ['tiers', '1'], kind: 'TIER', value: 'GOLD' }];
  expect(goneNow(tier('GOLD'), whole, { group: 'ALL', of: [tier('GOLD')] }).map(({ path }) => path)).toEqual([
    'of.0.tiers.1',
  ]);
});

test('what is edited is a group, whatever was stored', () => {
  expect(asGroup(tier('GOLD'))).toEqual({ group: 'ALL', of: [tier('GOLD')] });
  expect(asGroup(saved)).toBe(saved);
  expect(asGroup(null)).toBe(EMPTY);
});
