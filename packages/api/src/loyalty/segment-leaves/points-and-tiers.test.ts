import type { Condition, LeafOf } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { readSurroundings } from '../../segments/index.ts';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { aProgram, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aContext, aMember, aShop } from '../../testing/orders.builders.ts';
import { aLadder, aLevel } from '../../testing/tiers.builders.ts';
import { points } from './points-leaf.ts';
import { tier } from './tier-leaf.ts';

const db = useTestDatabase();
const NOW = '2026-11-20T12:00:00.000Z';
const LATER = '2026-11-25T12:00:00.000Z';
const END = '2026-12-01T20:59:59.000Z';

async function aLedger() {
  const ctx = aContext(db.database, NOW);
  const shop = await aShop(ctx);
  const person = await aMember(ctx, shop);
  const ledger = new LedgerOf(ctx.sql, person, shop.programId);
  const has = (which: LeafOf<'POINTS'>['which'], exactly: number, more: Partial<LeafOf<'POINTS'>> = {}) =>
    askBothWays(ctx, person, {
      leaf: 'POINTS',
      which,
      range: { least: exactly, most: exactly },
      ...more,
    });
  return { ctx, shop, person, ledger, has };
}

test('points count as what they are at the moment, to the millisecond, whatever was posted', async () => {
  const { ctx, ledger, has } = await aLedger();
  await ledger.earn({ points: 30, now: NOW });
  await ledger.earn({ points: 100, now: NOW, activateAt: LATER, expireAt: END });
  const activates = new Date(LATER);
  expect(await has('ACTIVE', 30)).toMatchObject({ holds: true, flipsAt: activates, nextCheckAt: activates });
  expect(await has('PENDING', 100)).toMatchObject({ holds: true, value: 100, flipsAt: activates });
  ctx.clock.set(new Date(activates.getTime() - 1));
  expect(await has('ACTIVE', 30)).toMatchObject({ holds: true });
  ctx.clock.set(activates);
  const expires = new Date(END);
  expect(await has('ACTIVE', 130)).toMatchObject({ holds: true, flipsAt: expires, nextCheckAt: expires });
  expect(await has('PENDING', 0)).toMatchObject({ holds: true, flipsAt: null });
  ctx.clock.set(expires);
  expect(await has('ACTIVE', 30)).toMatchObject({ holds: true, nextCheckAt: null });
  // A job that comes only now changes nothing of it.
  await ledger.bringTo(END);
  expect(await has('ACTIVE', 30)).toMatchObject({ holds: true, nextCheckAt: null });
});

test('points that end soon come into sight so many days before', async () => {
  const { ctx, ledger, has } = await aLedger();
  await ledger.earn({ points: 50, now: NOW, expireAt: END });
  const comes = new Date('2026-11-24T20:59:59.000Z');
  expect(await has('EXPIRING', 50, { withinDays: 7 })).toMatchObject({ holds: false, flipsAt: comes });
  ctx.clock.set(comes);
  expect(await has('EXPIRING', 50, { withinDays: 7 })).toMatchObject({ holds: true, flipsAt: new Date(END) });
  ctx.clock.set(new Date(END));
  expect(await has('EXPIRING', 0, { withinDays: 7 })).toMatchObject({ holds: true, nextCheckAt: null });
});

test('what becomes active pays what is owed first, before it is posted and after', async () => {
  const { ctx, ledger, has } = await aLedger();
  await ledger.adjust(-40, NOW, true);
  await ledger.earn({ points: 100, now: NOW, activateAt: LATER });
  expect(await has('DEBT', 40)).toMatchObject({ holds: true, flipsAt: new Date(LATER) });
  ctx.clock.set(new Date(LATER));
  const then = async () => [(await has('ACTIVE', 60)).holds, (await has('DEBT', 0)).holds];
  expect(await then()).toEqual([true, true]);
  expect(await ledger.bringTo(LATER)).toMatchObject({ active: 60, debt: 0 });
  expect(await then()).toEqual([true, true]);
});

test('of one program, or of all; points of a purchase under way are in none', async () => {
  const { ctx, person, shop, ledger, has } = await aLedger();
  const program = await aProgram(ctx);
  await new LedgerOf(ctx.sql, person, program).earn({ points: 5, now: NOW });
  await ledger.earn({ points: 20, now: NOW });
  await ledger.hold(newId(), 8, LATER, NOW);
  expect((await has('ACTIVE', 17)).holds).toBe(true);
  expect((await has('ACTIVE', 12, { program: shop.programId })).holds).toBe(true);
  expect((await has('ACTIVE', 5, { program })).holds).toBe(true);
  expect((await has('ACTIVE', 0, { program: newId() })).holds).toBe(true);
  const surroundings = await readSurroundings(ctx, new Map());
  const missing = (id: string) =>
    points.missing?.(ctx, { which: 'ACTIVE', program: id, range: { least: 1 } }, surroundings);
  expect(await missing(program)).toEqual([]);
  expect(await missing('gone')).toEqual([{ kind: 'PROGRAM', value: 'gone' }]);
});

test('who never had an account has no points and no tier', async () => {
  const { ctx, person, has } = await aLedger();
  expect((await has('ACTIVE', 0)).holds).toBe(true);
  expect((await has('DEBT', 0)).holds).toBe(true);
  expect(await askBothWays(ctx, person, { leaf: 'TIER', tiers: ['gold'] })).toMatchObject({ holds: false });
});

test('a tier of any program', async () => {
  const { ctx, person, ledger } = await aLedger();
  await ledger.earn({ points: 1, now: NOW });
  await ctx.sql
    .updateTable('loyalty_account')
    .set({ tier_code: 'gold' })
    .where('profile_id', '=', person)
    .execute();
  const of = (...tiers: string[]): Condition => ({ leaf: 'TIER', tiers });
  expect(await askBothWays(ctx, person, of('silver', 'gold'))).toMatchObject({ holds: true, value: 'gold' });
  expect(await askBothWays(ctx, person, of('silver'))).toMatchObject({ holds: false, value: 'gold' });
});

test('a tier no program has is missing', async () => {
  const ctx = aContext(db.database, NOW);
  const level = aLevel(`T${newId()}`, 10_000);
  await aProgram(ctx, { settings: { tiers: aLadder({ levels: [level] }) } });
  const surroundings = await readSurroundings(ctx, new Map());
  expect(await tier.missing?.(ctx, { tiers: [level.code, 'gone'] }, surroundings)).toEqual([
    { kind: 'TIER', value: 'gone' },
  ]);
});
