import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newRest } from '../../platform/rest.ts';
import { AT_ONCE, checkDirty, isDue } from './check-dirty.ts';
import { LAST_MARK } from './everybody-marks.ts';
import { REFRESH_SEGMENTS } from './start-computing.ts';

export interface MembershipWorker {
  stop(): Promise<void>;
}

const IDLE_MS = 400;
/** A look costs what the company's segments cost; it rests some times as long, so that tills have the machine. */
const REST = 4;
const MOST_REST_MS = 800;
const AFTER_FAILURE_MS = 5_000;
/** So many failures one after the other are not of single people: something is broken, and is tried again later. */
const MOST_IN_A_ROW = 5;

/** What a worker does besides looking at people, now and then. */
export interface Chores {
  everyMs: number;
  run(ctx: Context): Promise<void>;
}

/**
 * Looks at whoever waits: at once while there are many, once or twice a second otherwise; several processes share the work.
 * It polls, as the relay does: to be told by a till's transaction would make tills wait for each other.
 */
export function startMembership({
  newContext,
  chores,
}: {
  newContext: () => Context;
  chores: readonly Chores[];
}): MembershipWorker {
  let stopped = false;
  const { rest, wake } = newRest();
  const turns = chores.map((chore) => ({ chore, next: 0 }));
  const doChores = async (): Promise<void> => {
    for (const turn of turns) {
      if (stopped || performance.now() < turn.next) continue;
      turn.next = performance.now() + turn.chore.everyMs;
      await turn.chore.run(newContext());
    }
  };

  const running = (async () => {
    while (!stopped) {
      let wait = 0;
      try {
        await doChores();
        const began = performance.now();
        const looked = await checkWaiting(newContext);
        // A look costs nearly the same for one person and for fifty: those who come meanwhile come along.
        if (looked < AT_ONCE) wait = looked === 0 ? IDLE_MS : restAfter(performance.now() - began);
      } catch (error) {
        newContext().log.error({ err: error, errorId: newId() }, 'segments could not be brought to now');
        wait = AFTER_FAILURE_MS;
      }
      if (wait > 0 && !stopped) await rest(wait);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}

function restAfter(took: number): number {
  return Math.min(MOST_REST_MS, Math.max(IDLE_MS, took * REST));
}

/** Whoever waits now, and those whose moment has come, until nobody does: for tests and the command line. */
export async function bringMembership(ctx: Context): Promise<void> {
  while ((await checkWaiting(() => ctx)) > 0);
}

/** @returns how many people were looked at */
async function checkWaiting(newContext: () => Context): Promise<number> {
  const ctx = newContext();
  const turn = (await everybodyIsLookedAt(ctx)) ? 'NEWEST' : 'OLDEST';
  try {
    return await checkDirty(ctx, turn);
  } catch (error) {
    ctx.log.warn({ err: error }, 'people are looked at one by one');
    return checkOneByOne(newContext);
  }
}

/** A pass over all has them anyway: what is new does not wait for its end behind what it will find. */
async function everybodyIsLookedAt(ctx: Context): Promise<boolean> {
  const row = await ctx.sql
    .selectFrom('task')
    .select('id')
    .where('kind', '=', REFRESH_SEGMENTS)
    .where('state', '=', 'RUNNING')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Who cannot be looked at is set aside, reported, and tried again in an hour; nobody else waits for them. */
async function checkOneByOne(newContext: () => Context): Promise<number> {
  const people = await waitingPeople(newContext());
  const failed: { profileId: string; error: unknown }[] = [];
  const setFailedAside = async (): Promise<void> => {
    for (const { profileId, error } of failed.splice(0)) await setAside(newContext(), profileId, error);
  };
  for (const profileId of people) {
    try {
      await checkDirty(newContext(), { profileId });
      // So it was them, and not everybody.
      await setFailedAside();
    } catch (error) {
      failed.push({ profileId, error });
      if (failed.length >= MOST_IN_A_ROW) throw error;
    }
  }
  await setFailedAside();
  return people.length;
}

async function waitingPeople(ctx: Context): Promise<string[]> {
  const rows = await ctx.sql
    .selectFrom('segment_dirty')
    .select('profile_id as profileId')
    .where('profile_id', '>', LAST_MARK)
    .groupBy('profile_id')
    .orderBy((eb) => eb.fn.min('id'))
    .limit(500)
    .execute();
  const due = await ctx.sql
    .selectFrom('profile_segment')
    .select('profile_id as profileId')
    .where(isDue(ctx))
    .limit(500)
    .execute();
  return [...new Set([...rows, ...due].map(({ profileId }) => profileId))];
}

const AGAIN_IN_MS = 3_600_000;

async function setAside(ctx: Context, profileId: string, error: unknown): Promise<void> {
  ctx.log.error({ err: error, profileId, errorId: newId() }, 'the segments of a person cannot be told');
  const now = ctx.clock.now();
  await inTransaction(ctx, async (tx) => {
    await tx.sql.deleteFrom('segment_dirty').where('profile_id', '=', profileId).execute();
    await tx.sql
      .insertInto('profile_segment')
      .values({
        profile_id: profileId,
        next_check_at: new Date(now.getTime() + AGAIN_IN_MS),
        failed_at: now,
      })
      .onConflict((conflict) =>
        conflict.column('profile_id').doUpdateSet({
          next_check_at: new Date(now.getTime() + AGAIN_IN_MS),
          failed_at: now,
        }),
      )
      .execute();
  });
}
