import { canonical } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { publish } from '../../platform/live/index.ts';
import { countSizes, lockFeed } from '../membership/tell-transitions.ts';
import { ensureTransitionMonth } from '../membership/transition-months.ts';
import { stopWorlds } from '../membership/world.ts';
import { transitionsTopic } from '../transitions/watch-transitions.ts';

export interface Swapped {
  swapped: number;
  /** Numbers that mean nothing any more. */
  left: number[];
}

interface Row {
  id: string;
  number: number;
  next: number;
  /** It had members before: whoever is different now has entered or left. */
  lived: boolean;
}

/** What is worked out, each by the condition it had when that began. */
export type AskedConditions = ReadonlyMap<string, string>;

/**
 * What was worked out takes its place, all at once. Who is a member only since a segment is there did not enter it: the
 * first count tells no transitions. A condition edited meanwhile is left for another round.
 */
export async function swapIn(ctx: Context, asked: AskedConditions): Promise<Swapped> {
  await ensureTransitionMonth(ctx);
  return inTransaction(ctx, async (tx) => {
    await sql`select set_config('lock_timeout', '30s', true), set_config('statement_timeout', '600s', true)`.execute(
      tx.sql,
    );
    await stopWorlds(tx);
    await lockFeed(tx);
    const rows = await readComputed(tx, asked);
    for (const row of rows) await swap(tx, row);
    await countAnew(tx, rows);
    await publish(
      tx,
      ...rows.filter(({ lived }) => lived).map(({ id }) => ({ topic: transitionsTopic(id) })),
    );
    return { swapped: rows.length, left: rows.map(({ number }) => number) };
  });
}

async function readComputed(tx: Context, asked: AskedConditions): Promise<Row[]> {
  const rows = await tx.sql
    .selectFrom('segment')
    .select(['id', 'number', 'next_number as next', 'condition', 'live_condition as live'])
    .where('id', 'in', [...asked.keys()])
    .where('archived_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.flatMap(({ id, number, next, condition, live }) =>
    next === null || canonical(condition) !== asked.get(id)
      ? []
      : [{ id, number, next, lived: live !== null }],
  );
}

async function swap(tx: Context, row: Row): Promise<void> {
  const now = tx.clock.now();
  if (row.lived) {
    const [change] = await tellDifference(tx, row, now);
    await countSizes(tx, [{ segmentId: row.id, entered: change?.entered ?? 0, left: change?.left ?? 0 }]);
  }
  await sql`update public.segment set number = next_number, next_number = null, live_condition = condition,
    state = 'LIVE', problems = '[]', computed_at = ${now} where id = ${row.id}`.execute(tx.sql);
}

async function tellDifference(
  tx: Context,
  { id, number, next }: Row,
  now: Date,
): Promise<{ entered: number; left: number }[]> {
  const { rows } = await sql<{ entered: number; left: number }>`
    with different as materialized (
      select profile_id, segments @> array[${next}::smallint] as entered from public.profile_segment
      where segments && array[${number}::smallint, ${next}::smallint]
        and not segments @> array[${number}::smallint, ${next}::smallint]),
    told as (
      insert into public.segment_transition (profile_id, recorded_at, id, segment_id, entered, occurred_at, late)
      select profile_id, ${now}, gen_random_uuid(), ${id}::uuid, entered, ${now}, false from different)
    select count(*) filter (where entered)::int as entered, count(*) filter (where not entered)::int as "left"
    from different`.execute(tx.sql);
  return rows;
}

/** Counted, not added up: a number that was wrong for whatever reason is right again. */
async function countAnew(tx: Context, rows: readonly Row[]): Promise<void> {
  await countSizes(
    tx,
    rows.map(({ id }) => ({ segmentId: id, entered: 0, left: 0 })),
  );
  const numbers = sql`${rows.map(({ next }) => next)}::smallint[]`;
  await sql`
    with counted as (
      select n, count(*)::int as people from public.profile_segment, unnest(segments) n
      where segments && ${numbers} and n = any(${numbers}) group by n)
    update public.segment_size counting set size = coalesce(counted.people, 0)
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${numbers}) as asked (id, number)
    left join counted on counted.n = asked.number
    where counting.segment_id = asked.id
      and counting.day = (select max(day) from public.segment_size z where z.segment_id = asked.id)`.execute(
    tx.sql,
  );
}
