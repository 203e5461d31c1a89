import { canonical, conditionProblems, leavesOf, segmentsNamed } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { chainSegments } from './index.ts';

const segments = chainSegments({
  pools: ['1', '2', '3', '4'].map((digit) => `01980000-0000-7000-8000-00000000000${digit}`),
  model: '01980000-0000-7000-8000-000000000005',
});

test('there are 296, each with a name and a meaning of its own', () => {
  expect(segments).toHaveLength(296);
  expect(new Set(segments.map(({ name }) => name)).size).toBe(296);
  expect(new Set(segments.map(({ id }) => id)).size).toBe(296);
  expect(new Set(segments.map(({ condition }) => canonical(condition))).size).toBe(296);
  expect(segments.map(({ number }) => number)).toEqual(Array.from({ length: 296 }, (_, place) => place + 1));
});

test('every condition is one the company takes', () => {
  expect(
    segments.flatMap(({ name, condition }) =>
      conditionProblems(condition).map((problem) => ({ name, problem })),
    ),
  ).toEqual([]);
});

test('they ask some four hundred different questions, of every kind', () => {
  const leaves = segments.flatMap(({ condition }) => leavesOf(condition).map(({ node }) => node));
  expect(new Set(leaves.map((leaf) => canonical(leaf))).size).toBe(410);
});

test('segments name only those there are, never in a ring', () => {
  const done = new Set<string>();
  for (const { id, condition } of segments) {
    for (const named of segmentsNamed(condition)) expect(done).toContain(named);
    done.add(id);
  }
});
