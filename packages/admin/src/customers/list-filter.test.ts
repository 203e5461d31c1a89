import { expect, test } from 'vitest';
import { conditionsIn, filterOf, NOTHING_ASKED, sortOf } from './list-filter.ts';

test('nothing asked is no filter', () => {
  expect(filterOf(NOTHING_ASKED)).toEqual({});
  expect(conditionsIn(NOTHING_ASKED)).toBe(0);
});

test('every condition of the URL becomes one of the server', () => {
  const state = {
    ...NOTHING_ASKED,
    search: 'Анна',
    segment: ['c1', 'c3'],
    notSegment: ['c2'],
    tag: 'VIP',
    store: 'msk-1',
    contact: 'none',
    consent: 'SMS',
    disturb: 'no',
    gender: 'FEMALE',
    month: '5',
    sort: 'name',
  };
  expect(filterOf(state)).toEqual({
    search: 'Анна',
    segmentIds: ['c1', 'c3'],
    notSegmentIds: ['c2'],
    tag: 'VIP',
    storeCode: 'msk-1',
    hasPhone: false,
    hasEmail: false,
    consentChannel: 'SMS',
    doNotDisturb: true,
    gender: 'FEMALE',
    birthMonth: 5,
  });
  expect(conditionsIn(state)).toBe(9);
});

test('a day up to which is included whole', () => {
  const filter = filterOf({ ...NOTHING_ASKED, createdFrom: '2026-01-01', createdTo: '2026-01-31' });
  expect(filter.createdFrom).toBe(new Date('2026-01-01T00:00:00').toISOString());
  expect(filter.createdTo).toBe(new Date('2026-02-01T00:00:00').toISOString());
});

test('what somebody typed into the URL by hand is left out', () => {
  const junk = {
    ...NOTHING_ASKED,
    consent: 'PIGEON',
    gender: 'X',
    month: '13',
    contact: '?',
    createdTo: 'yesterday',
  };
  expect(filterOf(junk)).toEqual({});
});

test.each([
  ['', 'NEWEST'],
  ['-createdAt', 'NEWEST'],
  ['createdAt', 'OLDEST'],
  ['name', 'NAME'],
  ['junk', 'NEWEST'],
])('sort=%s is %s', (sort, order) => {
  expect(sortOf(sort)).toBe(order);
});
