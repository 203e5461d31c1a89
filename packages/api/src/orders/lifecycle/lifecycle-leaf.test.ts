import { LIFECYCLE_STAGES, type LifecycleStage } from '@clientele/shared/segments';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Context } from '../../platform/context.ts';
import { SEGMENT_LEAVES } from '../../segment-leaves.ts';
import { membershipStatement, readSurroundings } from '../../segments/index.ts';
import { askBothWays } from '../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aBuyer, ago } from '../../testing/models.builders.ts';
import { aContext, aShop } from '../../testing/orders.builders.ts';

const db = useTestDatabase();

const of = (...stages: LifecycleStage[]) => ({ leaf: 'LIFECYCLE', stages }) as const;

/** In which stages the database finds each of them. */
async function stagesOf(ctx: Context, profiles: readonly string[]): Promise<Map<string, string[]>> {
  const segments = LIFECYCLE_STAGES.map((stage, number) => ({ number, condition: of(stage) }));
  const surroundings = await readSurroundings(ctx, new Map());
  const { rows } = await sql<{ profile_id: string; segments: number[] }>`
    ${await membershipStatement(segments, SEGMENT_LEAVES, { profiles }, surroundings)}`.execute(ctx.sql);
  return new Map(
    rows.map((row) => [row.profile_id, row.segments.map((number) => LIFECYCLE_STAGES[number] ?? '')]),
  );
}

test('a shopper goes through the stages at the moments that are known ahead', async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 2 }], { knownDays: 5 });
  const path: [LifecycleStage, number][] = [
    ['NEWCOMER', 25],
    ['ONE_TIME', 88],
    ['COOLING', 178],
    ['SLEEPING', 363],
  ];
  const start = ctx.clock.now();
  for (const [stage, day] of path) {
    const asked = await askBothWays(ctx, shopper, of(stage));
    const flipsAt = new Date(start.getTime() + day * 86_400_000);
    expect(asked).toMatchObject({ holds: true, flipsAt });
    ctx.clock.set(flipsAt);
  }
  expect(await askBothWays(ctx, shopper, of('LOST'))).toMatchObject({ holds: true, nextCheckAt: null });
});

test.each<[LifecycleStage, number, number[]]>([
  ['PROSPECT', 179, []],
  ['LOST', 180, []],
  ['NEWCOMER', 29, [1, 2, 3, 4]],
  ['LOYAL', 29, [1, 2, 3, 4, 5]],
  ['ONE_TIME', 30, [1]],
  ['ONE_TIME', 1, [60]],
  ['ACTIVE', 400, [89, 300]],
  ['LOYAL', 400, [89, 300, 301, 302, 303]],
  ['COOLING', 400, [90, 300, 301, 302, 303]],
  ['SLEEPING', 400, [180]],
  ['LOST', 400, [365, 366]],
])('%s: known for %i days, bought %j days ago', async (stage, knownDays, days) => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const bought = days.map((daysAgo) => ({ daysAgo }));
  const shopper = await aBuyer(ctx, shop, bought, { knownDays });
  expect(await stagesOf(ctx, [shopper])).toEqual(new Map([[shopper, [stage]]]));
  expect((await askBothWays(ctx, shopper, of(stage))).holds).toBe(true);
});

const anybody = fc.record({
  knownDays: fc.integer({ min: 0, max: 500 }),
  days: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 7 }),
});

test('everybody is in exactly one stage, at any time', { timeout: 60_000 }, async () => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  await fc.assert(
    fc.asyncProperty(
      fc.array(anybody, { minLength: 5, maxLength: 5 }),
      fc.nat(300),
      async (people, later) => {
        ctx.clock.set(new Date('2026-11-20T12:00:00Z'));
        const ids: string[] = [];
        for (const { knownDays, days } of people)
          ids.push(
            await aBuyer(
              ctx,
              shop,
              days.map((daysAgo) => ({ daysAgo })),
              { knownDays },
            ),
          );
        ctx.clock.set(ago(ctx, -later));
        const found = await stagesOf(ctx, ids);
        expect(found.size).toBe(ids.length);
        for (const [id, stages] of found) {
          expect(stages).toHaveLength(1);
          const [stage] = stages as LifecycleStage[];
          expect((await askBothWays(ctx, id, of(stage ?? 'LOST'))).holds).toBe(true);
        }
      },
    ),
    { numRuns: 12 },
  );
});
