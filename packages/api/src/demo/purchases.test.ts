import { expect, test } from 'vitest';
import { CATALOGUE, ean13 } from './catalogue.ts';
import { demoPeople } from './people.ts';
import { demoPurchases } from './purchases.ts';
import { Random } from './random.ts';
import { STORES } from './stores.ts';

const NOW = new Date('2026-11-22T09:00:00Z');
const CASHIERS = new Map(STORES.map(({ code }) => [code, [`cashier of ${code}`]]));

test('the generator is the same everywhere', () => {
  const random = new Random(1);
  expect([random.next(), random.next()]).toEqual([0.6270739405881613, 0.002735721180215478]);
  const values = Array.from({ length: 1_000 }, () => random.between(1, 6));
  expect([...new Set(values)].toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a hundred and twenty products, each with its own number and barcode', () => {
  expect(CATALOGUE).toHaveLength(120);
  expect(new Set(CATALOGUE.map(({ sku }) => sku)).size).toBe(120);
  expect(new Set(CATALOGUE.map(({ barcode }) => barcode)).size).toBe(120);
  // The standard's own example.
  expect(ean13('400638133393')).toBe('4006381333931');
});

test('three hundred people, each with a phone of their own', () => {
  const people = demoPeople(300, STORES);
  expect(new Set(people.map(({ phone }) => phone)).size).toBe(300);
  expect(people.every(({ phone }) => /^\+7\d{10}$/.test(phone))).toBe(true);
  expect(demoPeople(300, STORES)).toEqual(people);
});

test('a year of purchases: the same for the same day, in order, within opening hours, never in the future', () => {
  const people = demoPeople(300, STORES);
  const purchases = demoPurchases(NOW, people, CASHIERS);
  expect(demoPurchases(NOW, people, CASHIERS)).toEqual(purchases);
  expect(purchases.length).toBeGreaterThan(1_500);
  const times = purchases.map(({ occurredAt }) => occurredAt.getTime());
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(Math.max(...times)).toBeLessThan(NOW.getTime());
  expect(Math.min(...times)).toBeGreaterThan(NOW.getTime() - 367 * 86_400_000);
  // 12:00 in Moscow, 14:00 further east: the doors are open, the home page has a day to show.
  expect(times.filter((time) => time > NOW.getTime() - 5 * 3_600_000)).toHaveLength(9);
  const zones = new Map(STORES.map(({ code, timeZone }) => [code, timeZone]));
  for (const { occurredAt, storeCode } of purchases) {
    const hour = new Intl.DateTimeFormat('en', {
      hour: 'numeric',
      hourCycle: 'h23',
      timeZone: zones.get(storeCode) ?? '',
    }).format(occurredAt);
    expect(Number(hour)).toBeGreaterThanOrEqual(10);
    expect(Number(hour)).toBeLessThan(21);
  }
  const shoppers = new Set(purchases.map(({ profile }) => profile?.external?.id).filter(Boolean));
  expect(shoppers.size).toBe(300);
});
