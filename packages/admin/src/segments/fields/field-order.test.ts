import { expect, test } from 'vitest';
import { askedOf, isWide } from './field-order.ts';

test('fields stand as the sentence goes, and only those that are asked', () => {
  const names = askedOf({
    leaf: 'PURCHASES',
    measure: 'COUNT',
    moments: { kind: 'ALWAYS' },
    range: { least: 1 },
  }).map(([name]) => name);
  expect(names).toEqual(['purchases', 'measure', 'range', 'moments']);
  const sum = askedOf({
    leaf: 'PURCHASES',
    measure: 'SUM',
    currency: 'RUB',
    moments: { kind: 'ALWAYS' },
    range: { least: 1 },
  });
  expect(sum.map(([name, field]) => [name, isWide(field)])).toEqual([
    ['purchases', true],
    ['measure', false],
    ['range', false],
    ['currency', false],
    ['moments', true],
  ]);
});
