import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { publish } from '../../platform/live/index.ts';
import { newId } from '../../platform/ids.ts';
import { transitionsTopic } from '../transitions/watch-transitions.ts';
import { todayOf } from './sizes.ts';
import type { Moved } from './write-membership.ts';
import type { LiveSegment } from './world.ts';

/** What came to be known that much later is told as late. */
const LATE_MS = 3_600_000;
/** One writer at a time, until it commits: positions then become visible in their order. */
const FEED_LOCK = 4_117_260_013;

/** @param since when what made the difference was true, where that was before now */
export async function tellTransitions(
  tx: Context,
  moved: readonly Moved[],
  segments: readonly LiveSegment[],
  since: ReadonlyMap<string, Date> = new Map(),
): Promise<void> {
  const byNumber = new Map(segments.map(({ id, number }) => [number, id]));
  const told = moved.flatMap(({ profileId, entered, left }) => {
    const of = (numbers: readonly number[], came: boolean) =>
      numbers.flatMap((number) => {
        const segmentId = byNumber.get(number);
        return segmentId === undefined ? [] : [{ profileId, segmentId, entered: came }];
      });
    return [...of(left, false), ...of(entered, true)];
  });
  if (told.length === 0) return;
  await lockFeed(tx);
  await insertTransitions(tx, told, since);
  const bySegment = Map.groupBy(told, ({ segmentId }) => segmentId);
  await countSizes(
    tx,
    [...bySegment].map(([segmentId, rows]) => {
      const entered = rows.filter((row) => row.entered).length;
      return { segmentId, entered, left: rows.length - entered };
    }),
  );
  await publish(tx, ...[...bySegment.keys()].map((id) => ({ topic: transitionsTopic(id) })));
}

export async function lockFeed(tx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FEED_LOCK})`.execute(tx.sql);
}

interface Told {
  profileId: string;
  segmentId: string;
  entered: boolean;
}

async function insertTransitions(
  tx: Context,
  told: readonly Told[],
  since: ReadonlyMap<string, Date>,
): Promise<void> {
  const now = tx.clock.now();
  const at = (profileId: string): Date => {
    const known = since.get(profileId);
    return known !== undefined && known < now ? known : now;
  };
  await sql`
    insert into public.segment_transition (profile_id, recorded_at, id, segment_id, entered, occurred_at, late)
    select one.profile_id, ${now}, one.id, one.segment_id, one.entered, one.at, one.at < ${new Date(now.getTime() - LATE_MS)}::timestamptz
    from unnest(${told.map((one) => one.profileId)}::uuid[], ${told.map(() => newId())}::uuid[],
      ${told.map((one) => one.segmentId)}::uuid[], ${told.map((one) => one.entered)}::boolean[],
      ${told.map((one) => at(one.profileId))}::timestamptz[]) with ordinality
      as one (profile_id, id, segment_id, entered, at, place)
    order by one.place`.execute(tx.sql);
}

export interface SizeChange {
  segmentId: string;
  entered: number;
  left: number;
}

/** By who came and went; the one writer at a time. Days ahead of a clock that was put back are not yet. */
export async function countSizes(tx: Context, changes: readonly SizeChange[]): Promise<void> {
  const today = await todayOf(tx);
  const ids = sql`${changes.map((one) => one.segmentId)}::uuid[]`;
  await sql`
    with not_yet as (
      delete from public.segment_size ahead where ahead.segment_id = any(${ids}) and ahead.day > ${today}::date)
    insert into public.segment_size as known (segment_id, day, size, entered, "left")
    select change.id, ${today}::date, coalesce(last.size, 0) + change.entered - change.gone,
      change.entered, change.gone
    from unnest(${ids}, ${changes.map((one) => one.entered)}::int[],
      ${changes.map((one) => one.left)}::int[]) as change (id, entered, gone)
    left join lateral (select size from public.segment_size z where z.segment_id = change.id
      order by z.day desc limit 1) last on true
    on conflict (segment_id, day) do update set size = excluded.size,
      entered = known.entered + excluded.entered, "left" = known."left" + excluded."left"`.execute(tx.sql);
}
