import { canonical, segmentsNamed, type Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import { COMPUTE_SEGMENT } from '../membership/start-computing.ts';
import { holdWorlds, numbersOf, readWorlds, stopWorlds } from '../membership/world.ts';
import { holdRows, writeMembership } from '../membership/write-membership.ts';
import { checkReferences } from './check-references.ts';
import { eachChunk } from './chunks.ts';
import { inTurn } from './pass-lock.ts';
import { swapIn, type AskedConditions } from './swap-in.ts';
import { sweepNumbers } from './sweep.ts';
import { writersBefore } from './writers-before.ts';

/** Somebody edits while it is computed: then again, but not for ever. */
const MOST_ROUNDS = 20;

/**
 * Works out everything that waits for it, in one pass over everybody, beside what holds meanwhile: under numbers of its
 * own, which take the place of the others at the end, all at once. Segments made of those go with them.
 */
export const computeSegmentsTask: TaskKind = {
  kind: COMPUTE_SEGMENT,
  scope: 'segments.read',
  run: async (ctx, facts, report, signal) => {
    const computed = await inTurn(ctx, signal, () => computeAll(ctx, { report, signal }));
    return { result: { segmentId: facts['segmentId'], segments: computed } };
  },
};

/** All that waits, here and now: for a company that is set up. */
export async function computeWaiting(ctx: Context): Promise<void> {
  const { signal } = new AbortController();
  await inTurn(ctx, signal, () => computeAll(ctx, { report: () => undefined, signal }));
}

type Progress = Parameters<typeof eachChunk>[1];

/** @returns how many segments hold by their new conditions now */
export async function computeAll(ctx: Context, progress: Progress): Promise<number> {
  let computed = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await checkReferences(ctx);
    const asked = await begin(ctx);
    if (asked.size === 0) return computed;
    await writersBefore(ctx, progress.signal);
    await eachChunk(ctx, progress, async (tx, scope) => {
      await holdWorlds(tx);
      const worlds = await readWorlds(tx);
      if (worlds.next === null) return;
      const held = await holdRows(tx, scope);
      const own = new Set(worlds.next.segments.map(({ number }) => number));
      await writeMembership(tx, {
        scope,
        held,
        worlds: [worlds.next],
        keep: numbersOf(worlds).filter((number) => !own.has(number)),
        whole: false,
      });
    });
    const { swapped, left } = await swapIn(ctx, asked);
    await sweepNumbers(ctx, left, progress.signal);
    computed += swapped;
  }
  return computed;
}

/** Gives a number to everything that waits, and to what is made of it. */
async function begin(ctx: Context): Promise<AskedConditions> {
  return inTransaction(ctx, async (tx) => {
    await sql`select set_config('lock_timeout', '30s', true)`.execute(tx.sql);
    await stopWorlds(tx);
    const rows = await tx.sql
      .selectFrom('segment')
      .select(['id', 'state', 'condition', 'next_number'])
      .where('archived_at', 'is', null)
      .where('state', '!=', 'NEEDS_ATTENTION')
      .orderBy('id')
      .forUpdate()
      .execute();
    const waiting = rows.filter(({ state }) => state === 'COMPUTING').map(({ id }) => id);
    const wanted = withThoseMadeOf(waiting, rows);
    const chosen = rows.filter(({ id }) => wanted.has(id));
    // Numbered one by one: whatever an earlier try that was cut off has written stands under others.
    for (const { id } of chosen)
      await sql`update public.segment set next_number = public.take_segment_number() where id = ${id}`.execute(
        tx.sql,
      );
    return new Map(chosen.map(({ id, condition }) => [id, canonical(condition)]));
  });
}

function withThoseMadeOf(
  first: readonly string[],
  rows: readonly { id: string; condition: Condition }[],
): Set<string> {
  const wanted = new Set(first);
  const naming = new Map(rows.map(({ id, condition }) => [id, segmentsNamed(condition)]));
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size;
    for (const [id, named] of naming) if (named.some((one) => wanted.has(one))) wanted.add(id);
  }
  return wanted;
}
