import type { Condition, LeafOf } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import { readSurroundings } from '../../segments/index.ts';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { aCode, aPool, CodesOfOrder } from '../../testing/codes.builders.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aContext, aMember, aShop } from '../../testing/orders.builders.ts';
import { promoCode } from './promo-code-leaf.ts';

const db = useTestDatabase();
const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-20T12:00:00Z');
const inHours = (hours: number) => new Date(NOW + hours * HOUR);

async function someone() {
  const ctx = aContext(db.database, new Date(NOW).toISOString());
  const person = await aMember(ctx, await aShop(ctx));
  const ask = (state: LeafOf<'PROMO_CODE'>['state'], more: Partial<LeafOf<'PROMO_CODE'>> = {}) =>
    askBothWays(ctx, person, { leaf: 'PROMO_CODE', state, ...more });
  return { ctx, person, ask };
}

test('a code is open from its first moment to its last, and has expired from then on', async () => {
  const { ctx, person, ask } = await someone();
  await aCode(ctx, await aPool(ctx), { profileId: person, validFrom: inHours(1), expiresAt: inHours(5) });
  expect(await ask('OPEN')).toMatchObject({ holds: false, flipsAt: inHours(1), nextCheckAt: inHours(1) });
  ctx.clock.set(inHours(1));
  expect(await ask('OPEN')).toMatchObject({ holds: true, flipsAt: inHours(5), nextCheckAt: inHours(5) });
  ctx.clock.set(new Date(inHours(5).getTime() - 1));
  expect([(await ask('OPEN')).holds, (await ask('EXPIRED')).holds]).toEqual([true, false]);
  ctx.clock.set(inHours(5));
  expect(await ask('OPEN')).toMatchObject({ holds: false, nextCheckAt: null });
  expect(await ask('EXPIRED')).toMatchObject({ holds: true, nextCheckAt: null });
});

test('a series ends for its codes without an end, and one put away has none', async () => {
  const { ctx, person, ask } = await someone();
  const pool = await aPool(ctx, { validTo: inHours(2) });
  await aCode(ctx, pool, { profileId: person });
  expect(await ask('OPEN', { pools: [pool.id] })).toMatchObject({ holds: true, flipsAt: inHours(2) });
  expect((await ask('OPEN', { pools: [(await aPool(ctx)).id] })).holds).toBe(false);
  ctx.clock.set(inHours(3));
  expect((await ask('EXPIRED')).holds).toBe(true);
  await ctx.sql
    .updateTable('promo_code_pool')
    .set({ archived_at: ctx.clock.now() })
    .where('id', '=', pool.id)
    .execute();
  expect((await ask('EXPIRED')).holds).toBe(false);
});

test('given within a window, which it leaves by itself', async () => {
  const { ctx, person, ask } = await someone();
  await aCode(ctx, await aPool(ctx), { profileId: person, issuedAt: inHours(-24 * 7 + 1) });
  const lastWeek = { moments: { kind: 'ROLLING', days: 7 } } as const;
  expect(await ask('OPEN', lastWeek)).toMatchObject({ holds: true, flipsAt: inHours(1) });
  expect((await ask('USED', lastWeek)).holds).toBe(false);
});

test('used on a purchase that stands: their own, or a word for everybody', async () => {
  const { ctx, person, ask } = await someone();
  const [own, words] = [await aPool(ctx), await aPool(ctx, { kind: 'GENERIC' })];
  const code = await aCode(ctx, own, { profileId: person });
  const word = await aCode(ctx, words);
  const [first, second] = [new CodesOfOrder(ctx, own, person), new CodesOfOrder(ctx, words, person)];
  await first.hold([code]);
  await second.hold([word]);
  expect((await ask('USED')).holds).toBe(false);
  await first.redeem();
  await second.redeem();
  expect((await ask('USED', { pools: [own.id] })).holds).toBe(true);
  expect((await ask('OPEN', { pools: [own.id] })).holds).toBe(false);
  expect((await ask('USED', { pools: [words.id] })).holds).toBe(true);
  expect((await ask('OPEN', { pools: [words.id] })).holds).toBe(false);
  await second.free();
  expect((await ask('USED', { pools: [words.id] })).holds).toBe(false);
});

test('codes given to a profile that was merged are the survivor’s', async () => {
  const { ctx, person, ask } = await someone();
  const twin = await aMember(ctx, await aShop(ctx));
  await aCode(ctx, await aPool(ctx), { profileId: twin });
  expect((await ask('OPEN')).holds).toBe(false);
  await ctx.sql.updateTable('profile').set({ merged_into: person }).where('id', '=', twin).execute();
  expect((await ask('OPEN')).holds).toBe(true);
});

test('a series that is not there is missing', async () => {
  const { ctx } = await someone();
  const { id } = await aPool(ctx);
  const surroundings = await readSurroundings(ctx, new Map());
  const condition: Condition = { leaf: 'PROMO_CODE', pools: [id.toUpperCase(), 'gone'], state: 'OPEN' };
  expect(await promoCode.missing?.(ctx, condition, surroundings)).toEqual([{ kind: 'POOL', value: 'gone' }]);
});
