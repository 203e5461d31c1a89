import type { Leaf } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { leafWith } from './leaf-values.ts';

const bought: Leaf = {
  leaf: 'PURCHASES',
  measure: 'COUNT',
  moments: { kind: 'ROLLING', days: 90 },
  range: { least: 2 },
};

test('a sum of money begins with a currency, a count has none', () => {
  const sum = leafWith(bought, 'measure', 'SUM', { currency: 'RUB' });
  expect(sum).toEqual({ ...bought, measure: 'SUM', currency: 'RUB' });
  expect(leafWith(sum, 'measure', 'COUNT', { currency: 'RUB' })).toEqual(bought);
});

test('an optional argument is taken away by writing nothing', () => {
  const narrowed = leafWith(bought, 'purchases', { stores: ['msk'] }, {});
  expect(narrowed).toEqual({ ...bought, purchases: { stores: ['msk'] } });
  expect(leafWith(narrowed, 'purchases', undefined, {})).toEqual(bought);
});

test('another attribute is asked anew, properties belong to their event', () => {
  const size: Leaf = { leaf: 'ATTRIBUTE', attribute: 'size', test: { range: { least: 40 } } };
  expect(leafWith(size, 'attribute', 'city', {})).toEqual({
    leaf: 'ATTRIBUTE',
    attribute: 'city',
    test: { known: true },
  });
  const viewed: Leaf = {
    leaf: 'EVENT_DATE',
    which: 'LAST',
    event: 'view',
    where: [{ property: 'page', among: ['a'] }],
    moments: { kind: 'ALWAYS' },
  };
  expect(leafWith(viewed, 'event', 'cart', {})).toEqual({
    leaf: 'EVENT_DATE',
    which: 'LAST',
    event: 'cart',
    moments: { kind: 'ALWAYS' },
  });
});
