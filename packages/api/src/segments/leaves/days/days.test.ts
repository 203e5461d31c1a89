import type { Condition } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { askBothWays } from '../../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../../testing/loyalty.builders.ts';
import { aBuyer } from '../../../testing/models.builders.ts';
import { aContext, aShop } from '../../../testing/orders.builders.ts';
import { aPersonWith, aStoreIn } from '../../../testing/segments.builders.ts';

const db = useTestDatabase();
const DAY = 86_400_000;

const aged = (years: number): Condition => ({ leaf: 'AGE', years: { least: years } });

async function at(now: string) {
  const ctx = aContext(db.database, '2020-01-01T00:00:00Z');
  const shop = await aShop(ctx);
  ctx.clock.set(new Date(now));
  return { ctx, shop };
}

const before = (moment: string) => new Date(Date.parse(moment) - 1).toISOString();

test.each([
  ['Moscow', null, '1996-11-23', 30, '2026-11-22T21:00:00.000Z'],
  ['Almaty, five hours before London', 'Asia/Almaty', '1996-11-23', 30, '2026-11-22T19:00:00.000Z'],
  ['Berlin in summer', 'Europe/Berlin', '1990-07-01', 36, '2026-06-30T22:00:00.000Z'],
  ['29 February, a common year', null, '2000-02-29', 26, '2026-02-27T21:00:00.000Z'],
  ['29 February, a leap year', null, '2000-02-29', 28, '2028-02-28T21:00:00.000Z'],
])('a year is full as the birthday begins: %s', async (_name, zone, birth, years, turns) => {
  const { ctx, shop } = await at(before(turns));
  const store = zone === null ? null : await aStoreIn(ctx, shop, zone);
  const person = await aPersonWith(ctx, shop, {
    birth_date: birth,
    preferred_store_id: store?.id ?? null,
  });
  expect(await askBothWays(ctx, person, aged(years))).toEqual({
    holds: false,
    value: years - 1,
    flipsAt: new Date(turns),
    nextCheckAt: new Date(turns),
  });
  ctx.clock.set(new Date(turns));
  expect(await askBothWays(ctx, person, aged(years))).toMatchObject({ holds: true, value: years });
});

test('a birthday far ahead is looked at some hours before, never after', async () => {
  const { ctx, shop } = await at('2026-02-01T12:00:00Z');
  const store = await aStoreIn(ctx, shop, 'Europe/Berlin');
  const person = await aPersonWith(ctx, shop, { birth_date: '2000-07-01', preferred_store_id: store.id });
  const { flipsAt, nextCheckAt } = await askBothWays(ctx, person, aged(26));
  expect(flipsAt?.toISOString()).toBe('2026-06-30T22:00:00.000Z');
  expect(nextCheckAt?.toISOString()).toBe('2026-06-30T20:00:00.000Z');
  ctx.clock.set(nextCheckAt ?? new Date(0));
  expect(await askBothWays(ctx, person, aged(26))).toMatchObject({ holds: false, nextCheckAt: flipsAt });
});

test('without a birth date nobody has an age or a birthday', async () => {
  const { ctx, shop } = await at('2026-11-20T12:00:00Z');
  const person = await aPersonWith(ctx, shop);
  const nothing = { holds: false, flipsAt: null, nextCheckAt: null };
  expect(await askBothWays(ctx, person, aged(0))).toMatchObject(nothing);
  expect(
    await askBothWays(ctx, person, { leaf: 'ANNIVERSARY', of: 'BIRTHDAY', daysBefore: 180, daysAfter: 180 }),
  ).toMatchObject(nothing);
});

const birthday = (daysBefore: number, daysAfter: number): Condition => ({
  leaf: 'ANNIVERSARY',
  of: 'BIRTHDAY',
  daysBefore,
  daysAfter,
});

test.each([
  ['Moscow, a week before', null, '1990-11-20', 7, 0, '2026-11-12T21:00:00.000Z', '2026-11-20T21:00:00.000Z'],
  [
    'Almaty, the day alone',
    'Asia/Almaty',
    '1990-11-20',
    0,
    0,
    '2026-11-19T19:00:00.000Z',
    '2026-11-20T19:00:00.000Z',
  ],
  [
    'Berlin, a day of 25 hours',
    'Europe/Berlin',
    '1990-10-25',
    0,
    0,
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ],
  [
    'Berlin, a day of 23 hours',
    'Europe/Berlin',
    '1990-03-29',
    0,
    0,
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ],
  ['29 February', null, '2000-02-29', 0, 0, '2026-02-27T21:00:00.000Z', '2026-02-28T21:00:00.000Z'],
  [
    '29 February, until three days after',
    null,
    '2000-02-29',
    1,
    3,
    '2028-02-27T21:00:00.000Z',
    '2028-03-03T21:00:00.000Z',
  ],
  ['across the new year', null, '1990-01-02', 7, 0, '2026-12-25T21:00:00.000Z', '2027-01-02T21:00:00.000Z'],
])('near a birthday: %s', async (_name, zone, birth, daysBefore, daysAfter, from, to) => {
  const { ctx, shop } = await at(before(from));
  const store = zone === null ? null : await aStoreIn(ctx, shop, zone);
  const person = await aPersonWith(ctx, shop, {
    birth_date: birth,
    preferred_store_id: store?.id ?? null,
  });
  const condition = birthday(daysBefore, daysAfter);
  expect(await askBothWays(ctx, person, condition)).toMatchObject({ holds: false, flipsAt: new Date(from) });
  ctx.clock.set(new Date(from));
  expect(await askBothWays(ctx, person, condition)).toMatchObject({ holds: true, flipsAt: new Date(to) });
  ctx.clock.set(new Date(before(to)));
  expect(await askBothWays(ctx, person, condition)).toMatchObject({ holds: true, nextCheckAt: new Date(to) });
  ctx.clock.set(new Date(to));
  expect((await askBothWays(ctx, person, condition)).holds).toBe(false);
});

test('a year of membership is over by the shopper’s calendar; the day it began is no anniversary', async () => {
  const { ctx, shop } = await at('2025-11-23T09:00:00Z');
  const person = await aPersonWith(ctx, shop, { enrolled_at: new Date('2025-11-22T22:30:00Z') });
  const condition: Condition = { leaf: 'ANNIVERSARY', of: 'MEMBERSHIP', daysBefore: 0, daysAfter: 5 };
  const day = { holds: false, flipsAt: new Date('2026-11-22T21:00:00Z') };
  expect(await askBothWays(ctx, person, condition)).toMatchObject(day);
  ctx.clock.set(new Date('2026-11-22T21:00:00Z'));
  expect(await askBothWays(ctx, person, condition)).toMatchObject({
    holds: true,
    value: '2025-11-23',
    flipsAt: new Date('2026-11-28T21:00:00Z'),
  });
});

test('the first purchase that stands is remembered by the days of the preferred store', async () => {
  const { ctx, shop } = await at('2026-11-20T20:30:00Z');
  const buyer = await aBuyer(ctx, shop, [{ daysAgo: 365 }, { daysAgo: 10 }]);
  const condition: Condition = { leaf: 'ANNIVERSARY', of: 'FIRST_PURCHASE', daysBefore: 0, daysAfter: 0 };
  expect(await askBothWays(ctx, buyer, condition)).toMatchObject({
    holds: true,
    value: '2025-11-20',
    flipsAt: new Date('2026-11-20T21:00:00Z'),
  });
  const almaty = await aStoreIn(ctx, shop, 'Asia/Almaty');
  await ctx.sql
    .updateTable('profile')
    .set({ preferred_store_id: almaty.id })
    .where('id', '=', buyer)
    .execute();
  // There it was the 21st already, as it is now.
  expect(await askBothWays(ctx, buyer, condition)).toMatchObject({
    holds: true,
    value: '2025-11-21',
    flipsAt: new Date('2026-11-21T19:00:00Z'),
  });
});

test('exactly thirty days are over to the millisecond', async () => {
  const { ctx, shop } = await at('2026-11-20T12:00:00Z');
  const now = ctx.clock.now().getTime();
  const known = (millisecondsLater: number) =>
    aPersonWith(ctx, shop, { created_at: new Date(now - 30 * DAY + millisecondsLater) });
  const condition: Condition = { leaf: 'KNOWN_SINCE', moments: { kind: 'ROLLING', days: 30 } };
  const past: Condition = { leaf: 'KNOWN_SINCE', moments: { kind: 'ROLLING', endedDays: 30 } };
  const [exactly, later] = [await known(0), await known(1)];
  expect(await askBothWays(ctx, exactly, condition)).toMatchObject({ holds: false, nextCheckAt: null });
  expect(await askBothWays(ctx, exactly, past)).toMatchObject({ holds: true, nextCheckAt: null });
  const turns = new Date(now + 1);
  expect(await askBothWays(ctx, later, condition)).toMatchObject({ holds: true, flipsAt: turns });
  expect(await askBothWays(ctx, later, past)).toMatchObject({ holds: false, nextCheckAt: turns });
});

test('a member since this month, as months begin where the shopper is', async () => {
  const { ctx, shop } = await at('2026-11-20T12:00:00Z');
  const almaty = await aStoreIn(ctx, shop, 'Asia/Almaty');
  const enrolled_at = new Date('2026-10-31T19:30:00Z');
  const moscow = await aPersonWith(ctx, shop, { enrolled_at });
  const kazakh = await aPersonWith(ctx, shop, { enrolled_at, preferred_store_id: almaty.id });
  const nobody = await aPersonWith(ctx, shop);
  const condition: Condition = { leaf: 'MEMBER_SINCE', moments: { kind: 'CALENDAR', unit: 'MONTH' } };
  expect((await askBothWays(ctx, moscow, condition)).holds).toBe(false);
  expect(await askBothWays(ctx, kazakh, condition)).toEqual({
    holds: true,
    value: enrolled_at,
    flipsAt: new Date('2026-11-30T19:00:00Z'),
    nextCheckAt: new Date('2026-11-30T19:00:00Z'),
  });
  const always: Condition = { leaf: 'MEMBER_SINCE', moments: { kind: 'ALWAYS' } };
  expect((await askBothWays(ctx, moscow, always)).holds).toBe(true);
  expect((await askBothWays(ctx, nobody, always)).holds).toBe(false);
});
