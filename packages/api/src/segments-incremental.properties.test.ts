import { randomInt } from 'node:crypto';
import type { Condition } from '@clientele/shared/segments';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ManualClock } from './platform/clock.ts';
import type { Context } from './platform/context.ts';
import { DomainError } from './platform/errors.ts';
import { newId } from './platform/ids.ts';
import { archiveSegment } from './segments/definitions/archive-segment.ts';
import { changeSegment } from './segments/definitions/save-segment.ts';
import { bringMembership } from './segments/index.ts';
import { clockWatch } from './segments/passes/chores.ts';
import { verifySegments } from './segments/passes/verify-segments.ts';
import { asSystem } from './testing/company.builders.ts';
import { useTestApp } from './testing/create-test-app.ts';
import { aSegment, storedMembers, transitionsOf } from './testing/membership.builders.ts';
import { aConditionOf } from './testing/segment-worlds/conditions.ts';
import { aHappening, PEOPLE, START, type Happening } from './testing/segment-worlds/happenings.ts';
import { play, type Run } from './testing/segment-worlds/play.ts';
import { aDeed, doDeed, type Deed, type Life } from './testing/segment-worlds/real-lives.ts';
import { aWorld, somePeople, type World } from './testing/segment-worlds/world.ts';
import { runTasks } from './testing/tasks.builders.ts';

const it = useTestApp({ now: new Date(START).toISOString() });
const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));
const runs = Number(process.env['RUNS'] ?? 12);
/** Making a failure smaller stops after a while: the seed repeats it. */
const interruptAfterTimeLimit = 150_000;

type Step =
  | { do: 'HAPPEN'; what: Happening }
  | { do: 'ACT'; what: Deed }
  /** The clock goes on, or is put back. */
  | { do: 'WAIT'; hours: number }
  | { do: 'EDIT'; segment: number; condition: Condition }
  | { do: 'LOOK' };

function someSteps(world: World): fc.Arbitrary<Step[]> {
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: aHappening().map((what): Step => ({ do: 'HAPPEN', what })),
    },
    { weight: 6, arbitrary: aDeed().map((what): Step => ({ do: 'ACT', what })) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(1, 23, 24, 24 * 7, 24 * 31, -24 * 20)
        .map((hours): Step => ({ do: 'WAIT', hours })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ segment: fc.nat({ max: 3 }), condition: aConditionOf(world) })
        .map((edit): Step => ({ do: 'EDIT', ...edit })),
    },
    { weight: 4, arbitrary: fc.constant<Step>({ do: 'LOOK' }) },
  );
  return fc.array(step, { minLength: 15, maxLength: 35 });
}

/** One company in which things happen: its segments, and who is in them as the transitions tell. */
class Company {
  readonly #ctx: Context & { clock: ManualClock };
  readonly #world: World;
  readonly #people: Run & Life;
  readonly #watch = clockWatch();
  /** By id of a segment: who was in it when it came to be, and how much was told of it since. */
  readonly #told = new Map<string, { members: Set<string>; read: number }>();
  /** People compared so far; none while everything a segment names is gone. */
  looked = 0;

  constructor(ctx: Context & { clock: ManualClock }, world: World, people: readonly string[]) {
    this.#ctx = ctx;
    this.#world = world;
    this.#people = { people, merges: [], orders: [] };
  }

  /** Some random conditions are none: they are refused, as the marketer's would be. */
  async open(condition: Condition): Promise<string | null> {
    const id = await unlessRefused(() => aSegment(this.#ctx, condition));
    if (id !== null) this.#told.set(id, { members: new Set(await storedMembers(this.#ctx, id)), read: 0 });
    return id;
  }

  get segments(): string[] {
    return [...this.#told.keys()];
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'HAPPEN':
        return play(this.#ctx, this.#world, this.#people, step.what);
      case 'ACT':
        return doDeed(this.#ctx, this.#world, this.#people, step.what);
      case 'WAIT':
        await this.#watch(this.#ctx);
        this.#ctx.clock.advance(step.hours * 3_600_000);
        return this.#watch(this.#ctx);
      case 'EDIT':
        return this.#edit(this.segments[step.segment], step.condition);
      case 'LOOK':
        return this.look();
    }
  }

  async #edit(id: string | undefined, condition: Condition): Promise<void> {
    if (id === undefined) return;
    const { version } = await this.#read(id);
    await unlessRefused(() => changeSegment(this.#ctx, { id, version, name: newId(), condition }));
  }

  /** Whoever waits is looked at; then everybody is where a look at everybody would put them, and was told to be. */
  async look(): Promise<void> {
    await runTasks(this.#ctx);
    await bringMembership(this.#ctx);
    const verified = await verifySegments(this.#ctx, {
      report: () => undefined,
      signal: new AbortController().signal,
    });
    expect(verified.differences).toEqual([]);
    this.looked += verified.people;
    for (const [id, told] of this.#told) {
      const transitions = await transitionsOf(this.#ctx, id);
      for (const { profileId, entered } of transitions.slice(told.read)) {
        expect(told.members.has(profileId), 'nobody enters or leaves twice').toBe(!entered);
        if (entered) told.members.add(profileId);
        else told.members.delete(profileId);
      }
      told.read = transitions.length;
      expect([...told.members].toSorted()).toEqual(await storedMembers(this.#ctx, id));
    }
  }

  /** Those that name others go first. */
  async close(): Promise<void> {
    for (const id of this.segments.toReversed()) {
      const { version } = await this.#read(id);
      await archiveSegment(this.#ctx, { id, version });
    }
    await runTasks(this.#ctx);
  }

  async #read(id: string): Promise<{ version: number }> {
    return this.#ctx.sql
      .selectFrom('segment')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
  }
}

async function unlessRefused<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

test(`whoever is followed one by one is where a look at everybody finds them (SEED=${seed})`, async () => {
  const ctx = { ...asSystem(it.app.context()), clock: it.app.clock };
  const world = await aWorld(ctx);
  let looked = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(aConditionOf(world), aConditionOf(world, ['first']), aConditionOf(world)),
      someSteps(world),
      async ([first, second, third], steps) => {
        ctx.clock.set(new Date(START));
        const company = new Company(ctx, world, await somePeople(ctx, world, PEOPLE));
        const id = await company.open(first);
        await company.open(third);
        if (id !== null)
          await company.open(
            JSON.parse(JSON.stringify(second).replaceAll('"first"', `"${id}"`)) as Condition,
          );
        for (const step of steps) await company.take(step);
        await company.look();
        looked += company.looked;
        await company.close();
      },
    ),
    { seed, numRuns: runs, interruptAfterTimeLimit },
  );
  // Most of what is drawn is a condition of what is there; a busy machine may be stopped before the end.
  expect(looked).toBeGreaterThan(Math.min(runs, 6) * PEOPLE);
}, 180_000);
