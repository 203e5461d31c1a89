import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { ledgerViolations, useTestDatabase } from '../testing/loyalty.builders.ts';
import {
  aContext,
  aDraft,
  aLine,
  aMember,
  aReceipt,
  aShop,
  atTill,
  aVisit,
} from '../testing/orders.builders.ts';
import { expireOrders } from './posting/expire-orders.ts';
import { beginOrder, cancelOrder, commitOrder, previewOrder, returnOrder } from './index.ts';

const db = useTestDatabase();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** One thing that happens at one of the tills to one of two numbers. */
const step = fc.record({
  kind: fc.constantFrom('begin', 'begin', 'commit', 'commit', 'cancel', 'return', 'return', 'wait', 'repeat'),
  till: fc.nat(1),
  number: fc.nat(1),
  points: fc.constantFrom(0, 300, 900, 1_500),
  price: fc.integer({ min: 50_000, max: 300_000 }),
  quantity: fc.integer({ min: 1, max: 4 }),
  receipt: fc.boolean(),
  minutes: fc.constantFrom(1, 31, 40, 16 * 24 * 60),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  ctx: ReturnType<typeof aContext>;
  tills: Context[];
  shopper: string;
}

/** Refusals are part of the game; anything else is a bug. */
async function perhaps(attempt: Promise<unknown>): Promise<void> {
  await attempt.catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}

function money(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

async function begin(world: World, { till, number, points, price, quantity }: Step): Promise<void> {
  const at = world.tills[till] ?? world.ctx;
  const lines = [
    aLine({ unitPrice: money(price), quantity: String(quantity) }),
    aLine({ unitPrice: money(price + 7) }),
  ];
  const draft = aDraft({
    lines,
    shopper: { visitId: await aVisit(at, world.shopper) },
    spendPoints: { exact: points },
  });
  const { hash, quote } = await previewOrder(at, draft);
  const wish = { ...draft, spendPoints: { exact: quote.points.applied } };
  await perhaps(
    beginOrder(at, { requestId: newId(), externalId: String(number), draft: wish, quoteHash: hash }),
  );
}

async function happen(world: World, what: Step): Promise<void> {
  const { ctx, tills } = world;
  const at = tills[what.till] ?? ctx;
  const order = { external: { id: String(what.number) } };
  const receipts = what.receipt ? [aReceipt()] : [];
  if (what.kind === 'begin') return begin(world, what);
  if (what.kind === 'wait') {
    ctx.clock.advance(what.minutes * MINUTE);
    if (what.receipt) await expireOrders(ctx);
    return;
  }
  if (what.kind === 'commit') return perhaps(commitOrder(at, { requestId: newId(), order, receipts }));
  if (what.kind === 'cancel') return perhaps(cancelOrder(at, { requestId: newId(), order }));
  const lines = what.receipt ? null : [{ number: 1, quantity: '1' }];
  const back = () =>
    returnOrder(at, { requestId: 'r', order, externalId: `r${what.number}`, lines, receipts: [] });
  if (what.kind === 'repeat') return perhaps(back().then(back));
  return perhaps(returnOrder(at, { requestId: newId(), order, externalId: newId(), lines, receipts: [] }));
}

async function aWorld(): Promise<World> {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx, { settings: { ttlDays: 30 } });
  const tills = [await atTill(ctx, shop), await atTill(ctx, shop)];
  return { ctx, tills, shopper: await aMember(ctx, shop, 1_500) };
}

/** Of every order: what was given back is within what was taken, and all of it where everything came back. */
async function broken(ctx: Context, shopper: string): Promise<unknown[]> {
  const orders = await ctx.sql.selectFrom('orders').selectAll().where('profile_id', '=', shopper).execute();
  const returns = await ctx.sql
    .selectFrom('order_return')
    .selectAll()
    .where('profile_id', '=', shopper)
    .execute();
  const lines = await ctx.sql
    .selectFrom('order_line')
    .selectAll()
    .where('profile_id', '=', shopper)
    .execute();
  return orders.filter((order) => {
    const own = returns.filter((back) => back.order_id === order.id);
    const sum = (value: (back: (typeof own)[number]) => number) =>
      own.reduce((so, back) => so + value(back), 0);
    const [restored, clawed] = [sum((back) => back.points_restored), sum((back) => back.points_clawed)];
    const paid = lines.filter((line) => line.order_id === order.id).reduce((so, line) => so + line.to_pay, 0);
    if (paid !== order.to_pay || restored > order.points_spent || clawed > order.earned) return true;
    if (order.state !== 'RETURNED') return false;
    return (
      restored !== order.points_spent || clawed !== order.earned || sum((back) => back.money_back) !== paid
    );
  });
}

test(
  'whatever happens to orders in whatever order, no point and no kopeck is lost or made',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async (steps) => {
        const world = await aWorld();
        for (const what of steps) await happen(world, what);
        expect(await broken(world.ctx, world.shopper)).toEqual([]);
        expect(await ledgerViolations(db.sql)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);

test('the same over several connections at once', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 30 }), async (steps) => {
      const world = await aWorld();
      const still = steps.map((what) => (what.kind === 'wait' ? { ...what, kind: 'begin' as const } : what));
      for (let from = 0; from < still.length; from += 6) {
        const wave = still.slice(from, from + 6);
        await Promise.all(wave.map((what) => happen(world, what)));
        world.ctx.clock.advance(from === 12 ? 16 * DAY : MINUTE);
      }
      expect(await broken(world.ctx, world.shopper)).toEqual([]);
      expect(await ledgerViolations(db.sql)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
