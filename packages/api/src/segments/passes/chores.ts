import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { LAST_MARK } from '../membership/everybody-marks.ts';
import { startComputing, startRefresh } from '../membership/start-computing.ts';
import type { Chores } from '../membership/start-membership.ts';
import { checkReferences } from './check-references.ts';
import { everybodyChanged } from './everybody-changed.ts';

/** So many waiting are looked at faster by a pass over everybody. */
const SHARE_OF_ALL = 0.2;
const FEW = 5_000;
/** A clock that is corrected by less has not been put back. */
const BACK_MS = 60_000;

/** What keeps segments right besides the queue; each process does it, doing it twice changes nothing. */
export function membershipChores(): readonly Chores[] {
  return [
    { everyMs: 30_000, run: checkReferences },
    { everyMs: 2_000, run: noteBacklog },
    { everyMs: 5_000, run: everybodyWatch() },
    { everyMs: 1_000, run: clockWatch() },
    { everyMs: 600_000, run: takeUpComputing },
  ];
}

/** An import marks nearly everybody. */
export async function noteBacklog(ctx: Context): Promise<void> {
  const { rows } = await sql<{ many: boolean }>`
    with limits as (select greatest(${FEW}, ${SHARE_OF_ALL} * reltuples)::int as most
      from pg_class where oid = 'public.profile'::regclass)
    select (select count(*) from (select from public.segment_dirty limit (select most + 1 from limits)) waiting)
      > (select most from limits) as many`.execute(ctx.sql);
  if (rows[0]?.many === true) await startRefresh(ctx);
}

/** Something has changed for everybody, and nothing since the last look: an import of goods is one change. */
function everybodyWatch(): (ctx: Context) => Promise<void> {
  let seen: number | null = null;
  return async (ctx) => {
    const last = await lastMark(ctx);
    if (last !== null && last === seen) await everybodyChanged(ctx, last);
    seen = last;
  };
}

async function lastMark(ctx: Context): Promise<number | null> {
  const { last } = await ctx.sql
    .selectFrom('segment_dirty')
    .select((eb) => eb.fn.max('id').as('last'))
    .where('profile_id', '<=', LAST_MARK)
    .executeTakeFirstOrThrow();
  return last;
}

/** Moments that lay behind lie ahead again. */
export function clockWatch(): (ctx: Context) => Promise<void> {
  let latest = Number.NEGATIVE_INFINITY;
  return async (ctx) => {
    const now = ctx.clock.now().getTime();
    if (now < latest - BACK_MS) await startRefresh(ctx);
    latest = now < latest - BACK_MS ? now : Math.max(latest, now);
  };
}

/** Work that was cancelled or failed leaves its segments waiting: they are not forgotten. */
export async function takeUpComputing(ctx: Context): Promise<void> {
  const waiting = await ctx.sql
    .selectFrom('segment')
    .leftJoin('task', 'task.id', 'segment.task_id')
    .select('segment.id')
    .where('segment.state', '=', 'COMPUTING')
    .where((eb) =>
      eb.or([eb('task.id', 'is', null), eb('task.state', 'in', ['DONE', 'FAILED', 'CANCELLED'])]),
    )
    .orderBy('segment.id')
    .execute();
  for (const { id } of waiting) await inTransaction(ctx, (tx) => startComputing(tx, id));
}
