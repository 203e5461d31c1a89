import { describe, expect, it, test } from 'vitest';
import { canonical, fieldsOf, LEAF_CODES, referencesOf, ROWS_OF_ARGUMENTS, segmentsNamed } from '../index.ts';
import type { Condition } from '../index.ts';

const [one, two, three] = [1, 2, 3].map((number) => `0190a000-0000-7000-8000-00000000000${number}`) as [
  string,
  string,
  string,
];
const always = { kind: 'ALWAYS' } as const;

describe('what a condition names', () => {
  it('with the place of each', () => {
    const condition: Condition = {
      group: 'ALL',
      of: [
        {
          leaf: 'PURCHASES',
          measure: 'COUNT',
          purchases: {
            goods: { only: { categories: ['shoes'], brands: ['Nord'] }, except: { skus: ['7'] } },
            stores: ['msk-1', 'msk-2'],
            codePools: [one],
          },
          moments: always,
          range: { least: 1 },
        },
        {
          leaf: 'BOUGHT_WITHOUT',
          first: { goods: { only: { skus: ['A'] } } },
          without: { goods: { only: { skus: ['B'] } } },
          days: 30,
          moments: always,
        },
        { leaf: 'INTEREST', goods: { categories: ['hats'] }, leastShare: 3_000, pieces: 1, halfLifeDays: 90 },
        { leaf: 'ATTRIBUTE', attribute: 'city', test: { known: true } },
        { leaf: 'PREFERRED_STORE', stores: ['msk-1'] },
        { leaf: 'EVENT_DATE', which: 'LAST', event: 'VISIT', moments: always },
        { leaf: 'POINTS', which: 'ACTIVE', program: two, range: { least: 1 } },
        { leaf: 'TIER', tiers: ['gold'] },
        { leaf: 'RFM', model: three, recency: [5], frequency: [], monetary: [] },
        {
          group: 'NONE',
          of: [
            { leaf: 'SEGMENT', segment: one },
            { leaf: 'SNAPSHOT', snapshot: two },
          ],
        },
      ],
    };
    expect(
      referencesOf(condition).map(({ path, kind, value }) => `${path.join('.')} ${kind} ${value}`),
    ).toEqual([
      'of.0.purchases.goods.only.categories.0 CATEGORY shoes',
      'of.0.purchases.goods.except.skus.0 PRODUCT 7',
      'of.0.purchases.stores.0 STORE msk-1',
      'of.0.purchases.stores.1 STORE msk-2',
      `of.0.purchases.codePools.0 POOL ${one}`,
      'of.1.first.goods.only.skus.0 PRODUCT A',
      'of.1.without.goods.only.skus.0 PRODUCT B',
      'of.2.goods.categories.0 CATEGORY hats',
      'of.3.attribute ATTRIBUTE city',
      'of.4.stores.0 STORE msk-1',
      'of.5.event EVENT VISIT',
      `of.6.program PROGRAM ${two}`,
      'of.7.tiers.0 TIER gold',
      `of.8.model MODEL ${three}`,
      `of.9.of.0.segment SEGMENT ${one}`,
      `of.9.of.1.snapshot SNAPSHOT ${two}`,
    ]);
    expect(segmentsNamed({ group: 'ANY', of: [condition, condition] })).toEqual([one]);
  });
});

test('an argument that holds ids holds ids of the same rows in every leaf', () => {
  const others = LEAF_CODES.flatMap(fieldsOf).filter(
    ([name, field]) =>
      ROWS_OF_ARGUMENTS.has(name) && !('to' in field && field.to === ROWS_OF_ARGUMENTS.get(name)),
  );
  expect(others).toEqual([]);
  expect(Object.fromEntries(ROWS_OF_ARGUMENTS)).toEqual({
    model: 'MODEL',
    program: 'PROGRAM',
    pools: 'POOL',
    segment: 'SEGMENT',
    snapshot: 'SNAPSHOT',
    codePools: 'POOL',
  });
});

describe('canonical text', () => {
  it('is one for what says the same', () => {
    const plain: Condition = {
      leaf: 'PURCHASES',
      measure: 'COUNT',
      moments: { kind: 'CALENDAR', unit: 'MONTH' },
      range: { least: 1 },
    };
    expect(
      canonical({
        ...plain,
        purchases: { goods: {} },
        moments: { kind: 'CALENDAR', unit: 'MONTH', back: 0 },
      }),
    ).toBe(canonical(plain));
    const since = (from: string): Condition => ({ leaf: 'KNOWN_SINCE', moments: { kind: 'ABSOLUTE', from } });
    expect(canonical(since('2026-01-01T00:00:00+03:00'))).toBe(canonical(since('2025-12-31T21:00:00Z')));
    expect(canonical({ leaf: 'TAG', tags: ['b', 'a'] })).toBe('{"leaf":"TAG","tags":["a","b"]}');
  });

  it('is another for what does not', () => {
    const [ALL, ANY] = (['ALL', 'ANY'] as const).map((group) => canonical({ group, of: [] }));
    expect([ALL, ANY]).toEqual(['{"group":"ALL","of":[]}', '{"group":"ANY","of":[]}']);
    const bucket = { leaf: 'BUCKET', seed: 'a', from: 0, to: 1 } as const;
    expect(canonical(bucket)).not.toBe(canonical({ ...bucket, to: 2 }));
  });
});
