import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { aCode, aPool, CodesOfOrder } from '../../../testing/codes.builders.ts';
import { aShopper } from '../../../testing/profiles.builders.ts';
import { useContext } from '../../../testing/use-context.ts';

const use = useContext();

const HOUR = 3_600_000;

/** The reason a hold was refused with; null: it was not. */
async function taken(holding: Promise<void>): Promise<string | null> {
  try {
    await holding;
    return null;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.message !== 'PromotionTaken') throw error;
    return (JSON.parse(error.detail ?? '{}') as { reason: string }).reason;
  }
}

test('of twenty tills with one single-use code exactly one gets it', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx);
  const code = await aCode(ctx, pool);
  const tills = Array.from({ length: 20 }, () => new CodesOfOrder(ctx, pool));
  const answers = await Promise.all(tills.map((till) => taken(till.hold([code]))));
  expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'HELD')).toHaveLength(19);
  const winner = tills[answers.indexOf(null)] ?? tills[0];
  expect(await winner?.refused(code)).toEqual([null]);
  expect(await winner?.redeem()).toEqual([]);
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual(['USED']);
});

test('a word for the first five is never used a sixth time, however many come at once', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx, { kind: 'GENERIC', usesTotal: 5 });
  const code = await aCode(ctx, pool, { issuedAt: ctx.clock.now() });
  const tills = Array.from({ length: 20 }, () => new CodesOfOrder(ctx, pool));
  const answers = await Promise.all(tills.map((till) => taken(till.hold([code]))));
  expect(answers.filter((answer) => answer === null)).toHaveLength(5);
  const winners = tills.filter((_, at) => answers[at] === null);
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual(['HELD']);
  await winners[0]?.release();
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual([null]);
  for (const winner of winners.slice(1)) expect(await winner.redeem()).toEqual([]);
  const fifth = new CodesOfOrder(ctx, pool);
  await fifth.hold([code]);
  expect(await fifth.redeem()).toEqual([]);
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual(['USED']);
  await fifth.free();
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual([null]);
});

test('a word once per shopper is that for each of them, and needs to know them', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx, { kind: 'GENERIC', usesPerShopper: 1 });
  const code = await aCode(ctx, pool);
  const [anna, boris] = [await aShopper(ctx), await aShopper(ctx)];
  const first = new CodesOfOrder(ctx, pool, anna.id);
  await first.hold([code]);
  await first.redeem();
  expect(await new CodesOfOrder(ctx, pool, anna.id).refused(code)).toEqual(['USED']);
  expect(await new CodesOfOrder(ctx, pool, boris.id).refused(code)).toEqual([null]);
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual(['OTHER_SHOPPER']);
});

test('a hold is over at its time, with no job to say so', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx);
  const code = await aCode(ctx, pool);
  const [silent, next] = [new CodesOfOrder(ctx, pool), new CodesOfOrder(ctx, pool)];
  await silent.hold([code], 30);
  ctx.clock.advance(30 * 60_000 - 1);
  expect(await next.refused(code)).toEqual(['HELD']);
  ctx.clock.advance(1);
  expect(await next.refused(code)).toEqual([null]);
  await next.hold([code]);
  expect(await next.redeem()).toEqual([]);
  // The first one had been paid after all: a fact, and an incident.
  expect(await silent.redeem()).toEqual([
    { code, promotionId: pool.promotionId, usedBy: next.orderId, reason: 'USED' },
  ]);
  expect(await silent.redeem()).toEqual([]);
  // What it never really used it does not give back.
  await silent.free();
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual(['USED']);
  await next.free();
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual([null]);
});

test('a hold of a limited word is over at its time too', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx, { kind: 'GENERIC', usesTotal: 1 });
  const code = await aCode(ctx, pool);
  const [silent, next] = [new CodesOfOrder(ctx, pool), new CodesOfOrder(ctx, pool)];
  await silent.hold([code], 30);
  expect(await silent.refused(code)).toEqual([null]);
  ctx.clock.advance(30 * 60_000);
  await next.hold([code]);
  expect(await next.redeem()).toEqual([]);
  expect(await silent.redeem()).toEqual([
    { code, promotionId: pool.promotionId, usedBy: null, reason: 'LIMIT' },
  ]);
});

test('a late receipt takes the code from whoever was promised it since', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx);
  const code = await aCode(ctx, pool);
  const [late, promised] = [new CodesOfOrder(ctx, pool), new CodesOfOrder(ctx, pool)];
  await late.hold([code]);
  await late.release();
  await promised.hold([code]);
  expect(await late.redeem()).toEqual([]);
  await promised.release();
  expect(await new CodesOfOrder(ctx, pool).refused(code)).toEqual(['USED']);
});

test('a basket begun anew without its code does not use it, not even late', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx);
  const [left, kept] = [await aCode(ctx, pool), await aCode(ctx, pool)];
  const order = new CodesOfOrder(ctx, pool);
  await order.hold([left, kept]);
  await order.hold([kept]);
  expect(await new CodesOfOrder(ctx, pool).refused(left, kept)).toEqual([null, 'HELD']);
  await order.release();
  await order.redeem();
  expect(await new CodesOfOrder(ctx, pool).refused(left, kept)).toEqual([null, 'USED']);
});

test('a full return frees what still holds, never what has run out', async () => {
  const { ctx } = use;
  const expiresAt = new Date(ctx.clock.now().getTime() + 5 * HOUR);
  const pool = await aPool(ctx);
  const strict = await aPool(ctx, { freeOnReturn: false });
  const codes = [await aCode(ctx, pool, { expiresAt }), await aCode(ctx, pool, { expiresAt })];
  const [early, late] = codes.map(() => new CodesOfOrder(ctx, pool));
  const never = new CodesOfOrder(ctx, strict);
  const gone = await aCode(ctx, strict);
  await never.hold([gone]);
  await never.redeem();
  await never.free();
  expect(await new CodesOfOrder(ctx, strict).refused(gone)).toEqual(['USED']);
  await early?.hold(codes.slice(0, 1));
  await late?.hold(codes.slice(1));
  await early?.redeem();
  await late?.redeem();
  ctx.clock.advance(5 * HOUR - 1);
  await early?.free();
  expect(await new CodesOfOrder(ctx, pool).refused(...codes)).toEqual([null, 'USED']);
  ctx.clock.advance(1);
  await late?.free();
  expect(await new CodesOfOrder(ctx, pool).refused(...codes)).toEqual(['EXPIRED', 'USED']);
});

test('why a code does nothing: unknown, not yet, over, another’s', async () => {
  const { ctx } = use;
  const now = ctx.clock.now().getTime();
  const pool = await aPool(ctx, { validFrom: new Date(now + HOUR), validTo: new Date(now + 2 * HOUR) });
  const [anna, boris] = [await aShopper(ctx), await aShopper(ctx)];
  const anybody = await aCode(ctx, pool);
  const hers = await aCode(ctx, pool, {
    profileId: anna.id,
    validFrom: new Date(now),
    expiresAt: new Date(now + 3 * HOUR),
  });
  const of = (profileId: string | null) =>
    new CodesOfOrder(ctx, pool, profileId).refused(anybody, hers, 'NO-SUCH');
  expect(await of(anna.id)).toEqual(['NOT_YET', null, 'UNKNOWN']);
  expect(await of(boris.id)).toEqual(['NOT_YET', 'OTHER_SHOPPER', 'UNKNOWN']);
  expect(await of(null)).toEqual(['NOT_YET', 'OTHER_SHOPPER', 'UNKNOWN']);
  ctx.clock.set(new Date(now + 2 * HOUR));
  expect(await of(anna.id)).toEqual(['EXPIRED', null, 'UNKNOWN']);
  ctx.clock.set(new Date(now + 3 * HOUR));
  expect(await of(anna.id)).toEqual(['EXPIRED', 'EXPIRED', 'UNKNOWN']);
  const other = await aPool(ctx);
  expect(await new CodesOfOrder(ctx, other).refused(anybody)).toEqual(['UNKNOWN']);
});

test('codes of a person who was merged away work for the survivor', async () => {
  const { ctx } = use;
  const pool = await aPool(ctx);
  const [gone, survivor] = [await aShopper(ctx), await aShopper(ctx)];
  const code = await aCode(ctx, pool, { profileId: gone.id });
  const order = new CodesOfOrder(ctx, pool, survivor.id);
  expect(await order.refused(code)).toEqual(['OTHER_SHOPPER']);
  await sql`update profile set merged_into = ${survivor.id} where id = ${gone.id}`.execute(ctx.sql);
  expect(await order.refused(code)).toEqual([null]);
  await order.hold([code]);
  expect(await order.redeem()).toEqual([]);
});
