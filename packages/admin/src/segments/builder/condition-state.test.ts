import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { problemsAt, unfinished } from './condition-state.ts';

test('an empty group within, and what is not filled in, keep a condition from being asked', () => {
  const condition: Condition = {
    group: 'ALL',
    of: [
      { group: 'ANY', of: [] },
      { leaf: 'TAG', tags: [] },
    ],
  };
  expect(unfinished(condition)).toEqual([
    { path: 'of.1.tags', code: 'REQUIRED' },
    { path: 'of.0', code: 'REQUIRED' },
  ]);
  expect(unfinished({ group: 'ALL', of: [] })).toEqual([]);
});

test('the ids of the API are ids', () => {
  expect(unfinished({ leaf: 'SEGMENT', segment: 'U2VnbWVudDox' })).toEqual([]);
  expect(unfinished({ leaf: 'PROMO_CODE', state: 'OPEN', pools: ['UHJvbW86MQ'] })).toEqual([]);
});

test('a node has its own problems alone', () => {
  const problems = [
    { path: '', code: 'RANGE' },
    { path: 'k', code: 'RANGE' },
    { path: 'of.1', code: 'REQUIRED' },
    { path: 'of.1.of.0.range.least', code: 'REQUIRED' },
    { path: 'of.10.tags', code: 'REQUIRED' },
  ];
  expect(problemsAt(problems, '')).toEqual([
    { path: '', code: 'RANGE' },
    { path: 'k', code: 'RANGE' },
  ]);
  expect(problemsAt(problems, 'of.1')).toEqual([{ path: '', code: 'REQUIRED' }]);
  expect(problemsAt(problems, 'of.1.of.0')).toEqual([{ path: 'range.least', code: 'REQUIRED' }]);
});
