import { expect, test } from 'vitest';
import { anAction, grantsOf, theOnlyShop } from '../../testing/actions.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { ledgerViolations } from '../../testing/loyalty.builders.ts';
import { merge } from '../../testing/merges.builders.ts';
import { balanceOf } from '../../testing/orders.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { bringDueAccounts, grantBirthdays } from '../index.ts';
import { birthdaysAround } from './birthday.ts';

const it = useTestApp();

const rule = anAction({
  on: 'BIRTHDAY',
  code: 'birthday',
  points: 500,
  birthday: { daysBefore: 7, daysAfter: 7 },
});

async function bornOn(birthDate: string, at: string) {
  const ctx = it.app.context();
  it.app.clock.set(at);
  const shop = await theOnlyShop(ctx, { actions: [rule] });
  const { id } = await aShopper(ctx);
  const write = (date: string) =>
    ctx.sql.updateTable('profile').set({ birth_date: date }).where('id', '=', id).execute();
  await write(birthDate);
  const on = async (moment: string) => {
    it.app.clock.set(moment);
    await grantBirthdays(ctx);
    await grantBirthdays(ctx);
    await bringDueAccounts(ctx);
    return (await balanceOf(ctx, shop, id)).active;
  };
  return { ctx, shop, id, write, on };
}

test('E12: a birthday brings 500 from the seventh day before to the end of the seventh day after', async () => {
  const { ctx, id, on } = await bornOn('1990-12-15', '2026-12-01T09:00:00Z');
  // Days are those of Moscow.
  expect(await on('2026-12-07T20:59:59Z')).toBe(0);
  expect(await on('2026-12-07T21:00:00Z')).toBe(500);
  expect(await on('2026-12-22T20:59:58Z')).toBe(500);
  expect(await on('2026-12-22T20:59:59Z')).toBe(0);
  expect(await on('2027-12-10T09:00:00Z')).toBe(500);
  expect(await grantsOf(ctx, id)).toEqual(['birthday 500', 'birthday 500']);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('a pause is made good while the points are of use, not afterwards', async () => {
  const { on } = await bornOn('1990-12-15', '2026-12-01T09:00:00Z');
  expect(await on('2026-12-22T09:00:00Z')).toBe(500);
  const late = await bornOn('1990-12-15', '2026-12-01T09:00:00Z');
  expect(await late.on('2026-12-23T09:00:00Z')).toBe(0);
});

test('who was born on 29 February celebrates on the 28th in other years', async () => {
  const { on } = await bornOn('1992-02-29', '2027-01-01T09:00:00Z');
  expect(await on('2027-02-20T20:59:59Z')).toBe(0);
  expect(await on('2027-02-20T21:00:00Z')).toBe(500);
  const leap = birthdaysAround(Date.parse('2028-02-28T12:00:00Z'), { daysBefore: 1, daysAfter: 0 }, 'UTC');
  expect(leap.map(({ date, born }) => [date, ...born])).toEqual([
    ['2028-02-28', '02-28'],
    ['2028-02-29', '02-29'],
  ]);
});

test('another birth date brings no second grant, neither in the year nor right after it', async () => {
  const { ctx, id, write, on } = await bornOn('1990-12-15', '2026-12-10T09:00:00Z');
  expect(await on('2026-12-10T09:00:00Z')).toBe(500);
  await write('1990-12-25');
  expect(await on('2026-12-20T09:00:00Z')).toBe(500);
  await write('1990-01-10');
  expect(await on('2027-01-05T09:00:00Z')).toBe(0);
  expect(await on('2028-01-05T09:00:00Z')).toBe(500);
  expect(await grantsOf(ctx, id)).toEqual(['birthday 500', 'birthday 0 BIRTHDAY_MOVED', 'birthday 500']);
});

test('two profiles of one person celebrate once', async () => {
  const { ctx, shop, id, on } = await bornOn('1990-12-15', '2026-12-01T09:00:00Z');
  const other = await aShopper(ctx);
  expect(await on('2026-12-10T09:00:00Z')).toBe(500);
  await ctx.sql.updateTable('profile').set({ birth_date: '1990-12-15' }).where('id', '=', other.id).execute();
  await merge(ctx, other.id, id);
  await grantBirthdays(ctx);
  expect((await balanceOf(ctx, shop, other.id)).active).toBe(500);
});

test('the year of a window around New Year is that of the birthday', () => {
  const around = birthdaysAround(
    Date.parse('2026-12-31T12:00:00Z'),
    { daysBefore: 2, daysAfter: 1 },
    'Europe/Moscow',
  );
  expect(around.map(({ date, endsAt }) => [date, new Date(endsAt).toISOString()])).toEqual([
    ['2026-12-30', '2026-12-31T20:59:59.000Z'],
    ['2026-12-31', '2027-01-01T20:59:59.000Z'],
    ['2027-01-01', '2027-01-02T20:59:59.000Z'],
    ['2027-01-02', '2027-01-03T20:59:59.000Z'],
  ]);
});
