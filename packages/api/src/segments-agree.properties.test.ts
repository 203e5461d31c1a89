import { randomInt } from 'node:crypto';
import { leavesOf, type Condition } from '@clientele/shared/segments';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Context } from './platform/context.ts';
import { SEGMENT_LEAVES } from './segment-leaves.ts';
import {
  explainCondition,
  membershipStatement,
  readRows,
  readSurroundings,
  type Surroundings,
  type Verdict,
} from './segments/index.ts';
import { useTestDatabase } from './testing/loyalty.builders.ts';
import { aContext } from './testing/orders.builders.ts';
import { aConditionOf, aLeafOf } from './testing/segment-worlds/conditions.ts';
import { aHappening, aMomentToAsk, PEOPLE, START } from './testing/segment-worlds/happenings.ts';
import { naiveAnswer } from './testing/segment-worlds/naive-answers.ts';
import { play, type Run } from './testing/segment-worlds/play.ts';
import { rawPerson } from './testing/segment-worlds/raw-person.ts';
import { aWorld, somePeople } from './testing/segment-worlds/world.ts';

const db = useTestDatabase();

interface Member {
  profile_id: string;
  segments: number[];
  next_check_at: Date | null;
}

async function askDatabase(
  ctx: Context,
  conditions: readonly Condition[],
  profiles: readonly string[],
  surroundings: Surroundings,
): Promise<Map<string, Member>> {
  const numbered = conditions.map((condition, number) => ({ number, condition }));
  const { rows } = await sql<Member>`
    ${membershipStatement(numbered, SEGMENT_LEAVES, { profiles }, surroundings)}`.execute(ctx.sql);
  return new Map(rows.map((row) => [row.profile_id, row]));
}

/** One statement for all against the rows of each, leaf by leaf also against what a count by hand comes to. */
async function compare(
  ctx: Context,
  conditions: readonly Condition[],
  people: readonly string[],
  surroundings: Surroundings,
): Promise<Map<string, { member: Member; verdicts: readonly (readonly Verdict[])[] }>> {
  const members = await askDatabase(ctx, conditions, people, surroundings);
  const found = new Map<string, { member: Member; verdicts: readonly (readonly Verdict[])[] }>();
  for (const [id, member] of members) {
    const all: Condition = { group: 'ALL', of: conditions };
    const rows = await readRows(ctx, id, all, SEGMENT_LEAVES, surroundings);
    const raw = await rawPerson(ctx, id);
    const verdicts = conditions.map((condition) =>
      explainCondition(condition, rows, SEGMENT_LEAVES, surroundings),
    );
    for (const [number, condition] of conditions.entries()) {
      const [whole, ...inner] = verdicts[number] ?? [];
      for (const { path, node } of leavesOf(condition)) {
        const naive = naiveAnswer(node, raw, surroundings.now);
        const verdict = [whole, ...inner].find((one) => one?.path.join() === path.join());
        if (naive !== null) expect(verdict?.holds, `by hand ${JSON.stringify({ node, raw })}`).toBe(naive);
      }
      expect(member.segments.includes(number), JSON.stringify({ condition, id })).toBe(whole?.holds);
      const flipsAt = whole?.flipsAt ?? null;
      if (flipsAt !== null)
        expect(member.next_check_at?.getTime(), JSON.stringify(condition)).toBeLessThanOrEqual(
          flipsAt.getTime(),
        );
    }
    found.set(id, { member, verdicts });
  }
  return found;
}

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));

test(`the database, the explanation and a count by hand agree, now and when something turns (SEED=${seed})`, async () => {
  const ctx = aContext(db.database, new Date(START).toISOString());
  const world = await aWorld(ctx);
  await fc.assert(
    fc.asyncProperty(
      fc.array(aHappening(), { minLength: 5, maxLength: 40 }),
      fc.array(aLeafOf(world), { minLength: 3, maxLength: 6 }),
      fc.array(aConditionOf(world), { minLength: 2, maxLength: 5 }),
      fc.array(aMomentToAsk, { minLength: 1, maxLength: 2 }),
      async (happenings, leaves, trees, moments) => {
        ctx.clock.set(new Date(START));
        const run: Run = { people: await somePeople(ctx, world, PEOPLE), merges: [] };
        for (const happening of happenings) await play(ctx, world, run, happening);
        const conditions = [...leaves, ...trees];
        for (const now of moments) {
          ctx.clock.set(new Date(now));
          const surroundings = await readSurroundings(ctx, new Map());
          const found = await compare(ctx, conditions, run.people, surroundings);
          for (const [id, { member, verdicts }] of [...found].slice(0, 2)) {
            const at = (moment: number) =>
              askDatabase(ctx, conditions, [id], { ...surroundings, now: new Date(moment) });
            const segments = async (moment: number) => (await at(moment)).get(id)?.segments;
            if (member.next_check_at !== null)
              expect(await segments(member.next_check_at.getTime() - 1)).toEqual(member.segments);
            const flips = verdicts.flatMap(([whole], number) =>
              whole?.flipsAt ? [{ number, holds: whole.holds, at: whole.flipsAt.getTime() }] : [],
            );
            for (const flip of flips.slice(0, 3)) {
              expect(flip.at).toBeGreaterThan(now);
              const message = JSON.stringify({ condition: conditions[flip.number], flip });
              expect((await segments(flip.at - 1))?.includes(flip.number), message).toBe(flip.holds);
              expect((await segments(flip.at))?.includes(flip.number), message).toBe(!flip.holds);
            }
          }
        }
      },
    ),
    // Shrinking a failure stops after a while; what is left is small enough, and the seed repeats it.
    { seed, numRuns: Number(process.env['RUNS'] ?? 45), interruptAfterTimeLimit: 150_000 },
  );
}, 180_000);
