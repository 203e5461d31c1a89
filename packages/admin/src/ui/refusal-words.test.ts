import { expect, test } from 'vitest';
import { factsOf, problemsByField } from './refusal-words.ts';

test('only what a sentence can say is a fact', () => {
  const refusal = { __typename: 'InsufficientPoints', available: 12, until: '2026-01-01', lots: [] };
  expect(factsOf(refusal)).toEqual({ __typename: 'InsufficientPoints', available: 12, until: '2026-01-01' });
});

test('problems stand at their fields, the first of each', () => {
  const problems = [
    { path: ['input', 'contact', 'phone'], code: 'FORMAT' },
    { path: ['contact', 'phone'], code: 'DUPLICATE' },
    { path: ['name'], code: 'REQUIRED' },
  ];
  expect(problemsByField({ __typename: 'InvalidInput', problems })).toEqual({
    'contact.phone': 'FORMAT',
    name: 'REQUIRED',
  });
  expect(problemsByField({ __typename: 'Other' })).toEqual({});
  expect(problemsByField(null)).toEqual({});
});
