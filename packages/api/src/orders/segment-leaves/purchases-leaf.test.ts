import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  EVERYBODY,
  explainCondition,
  matchingStatement,
  membershipStatement,
  readRows,
  readSurroundings,
} from '../../segments/index.ts';
import { SEGMENT_LEAVES } from '../../segment-leaves.ts';
import {
  aContext,
  aDraft,
  aLine,
  aMember,
  aShop,
  atTill,
  aVisit,
  sold,
} from '../../testing/orders.builders.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase();
const DAY = 86_400_000;

test('two purchases of shoes within 90 days: counted in the database, explained with the day it ends', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const till = await atTill(ctx, shop);
  const shopper = await aMember(ctx, shop);
  await ctx.sql
    .insertInto('category')
    .values({ id: crypto.randomUUID(), code: 'shoes', name: 'Shoes', path: ['shoes'] })
    .execute();
  await sql`insert into product (id, sku, name, category_id, source, updated_at)
    select gen_random_uuid(), 'BOOT-1', 'Boot', id, 'test', ${ctx.clock.now()} from category where code = 'shoes'`.execute(
    ctx.sql,
  );
  const first = ctx.clock.now();
  for (let time = 0; time < 2; time += 1) {
    const visitId = await aVisit(till, shopper);
    await sold(till, aDraft({ shopper: { visitId }, lines: [aLine({ sku: 'BOOT-1' })] }));
    ctx.clock.advance(DAY);
  }
  const condition: Condition = {
    group: 'ALL',
    of: [
      {
        leaf: 'PURCHASES',
        measure: 'COUNT',
        purchases: { goods: { only: { categories: ['shoes'] } } },
        moments: { kind: 'ROLLING', days: 90 },
        range: { least: 2 },
      },
      { group: 'NONE', of: [{ leaf: 'GENDER', among: ['MALE'] }] },
    ],
  };
  const surroundings = await readSurroundings(ctx, new Map());
  const { rows } =
    await sql`${matchingStatement(condition, SEGMENT_LEAVES, EVERYBODY, surroundings)}`.execute(ctx.sql);
  expect(rows).toEqual([{ profile_id: shopper }]);
  const ends = new Date(first.getTime() + 90 * DAY);
  const members =
    await sql`${await membershipStatement([{ number: 7, condition }], SEGMENT_LEAVES, { profiles: [shopper] }, surroundings)}`.execute(
      ctx.sql,
    );
  expect(members.rows).toEqual([{ profile_id: shopper, segments: [7], next_check_at: ends }]);
  const read = await readRows(ctx, shopper, condition, SEGMENT_LEAVES, surroundings);
  expect(explainCondition(condition, read, SEGMENT_LEAVES, surroundings)).toEqual([
    { path: [], holds: true, value: null, flipsAt: ends },
    { path: ['of', '0'], holds: true, value: 2, flipsAt: ends },
    { path: ['of', '1'], holds: true, value: null, flipsAt: null },
    { path: ['of', '1', 'of', '0'], holds: false, value: 'UNKNOWN', flipsAt: null },
  ]);
});
