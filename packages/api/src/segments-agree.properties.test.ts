import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { useTestDatabase } from './testing/loyalty.builders.ts';
import { aContext } from './testing/orders.builders.ts';
import { demandAgreement } from './testing/segment-worlds/agreement.ts';
import { aConditionOf, aLeafOf } from './testing/segment-worlds/conditions.ts';
import { aMomentToAsk, PEOPLE, someHappenings, START } from './testing/segment-worlds/happenings.ts';
import { play, type Run } from './testing/segment-worlds/play.ts';
import { aDeed, doDeed, type Life } from './testing/segment-worlds/real-lives.ts';
import { aWorld, somePeople } from './testing/segment-worlds/world.ts';

const db = useTestDatabase();
const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));
const runs = Number(process.env['RUNS'] ?? 30);
/** Making a failure smaller stops after a while: the seed repeats it. */
const interruptAfterTimeLimit = 150_000;

test(`database, explanation and a count by hand agree, now and when something turns (SEED=${seed})`, async () => {
  const ctx = aContext(db.database, new Date(START).toISOString());
  const world = await aWorld(ctx);
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(
      someHappenings(),
      fc.array(aLeafOf(world), { minLength: 3, maxLength: 6 }),
      fc.tuple(aConditionOf(world), aConditionOf(world, ['first'])),
      fc.array(aConditionOf(world, ['first', 'second']), { minLength: 2, maxLength: 5 }),
      fc.array(aMomentToAsk, { minLength: 1, maxLength: 2 }),
      async (happenings, leaves, [first, second], trees, moments) => {
        const named = new Map([
          ['first', first],
          ['second', second],
        ]);
        ctx.clock.set(new Date(START));
        const run: Run = { people: await somePeople(ctx, world, PEOPLE), merges: [] };
        for (const happening of happenings) await play(ctx, world, run, happening);
        for (const now of moments) {
          ctx.clock.set(new Date(now));
          await demandAgreement(ctx, [...leaves, ...trees], run.people, named);
          asked += 1;
        }
      },
    ),
    { seed, numRuns: runs, interruptAfterTimeLimit },
  );
  // A busy machine may be stopped before all of them.
  expect(asked).toBeGreaterThan(Math.min(runs, 10));
}, 180_000);

test(`they agree on what tills, shops on the web and staff really do (SEED=${seed})`, async () => {
  const ctx = aContext(db.database, new Date(START).toISOString());
  const world = await aWorld(ctx);
  await fc.assert(
    fc.asyncProperty(
      fc.array(aDeed(), { minLength: 4, maxLength: 14 }),
      fc.array(aLeafOf(world), { minLength: 4, maxLength: 8 }),
      fc.array(aConditionOf(world), { minLength: 1, maxLength: 3 }),
      async (deeds, leaves, trees) => {
        ctx.clock.set(new Date(START));
        const life: Life = { people: await somePeople(ctx, world, 3), orders: [], merges: [] };
        for (const deed of deeds) await doDeed(ctx, world, life, deed);
        await demandAgreement(ctx, [...leaves, ...trees], life.people);
      },
    ),
    { seed, numRuns: Math.ceil(runs / 4), interruptAfterTimeLimit },
  );
}, 180_000);
