import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { companyZone } from '../language/index.ts';

export interface SegmentSizeRecord {
  day: string;
  size: number;
  entered: number;
  left: number;
}

const MOST_DAYS = 400;

/** One for each of the last days since it is known, today the last of them; a quiet day is as the one before. */
export async function readSizes(
  ctx: Context,
  segmentIds: readonly string[],
  days: number,
): Promise<Map<string, SegmentSizeRecord[]>> {
  if (!Number.isSafeInteger(days) || days < 1 || days > MOST_DAYS)
    throw new RequestError('BAD_REQUEST', `days is a number from 1 to ${MOST_DAYS}.`);
  const today = await todayOf(ctx);
  const { rows } = await sql<SegmentSizeRecord & { segmentId: string }>`
    select asked.id as "segmentId", day.day::date as day, known.size, coalesce(own.entered, 0) as entered,
      coalesce(own.left, 0) as left
    from unnest(${[...segmentIds]}::uuid[]) as asked (id)
    cross join generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') as day (day)
    join lateral (
      select size from public.segment_size z where z.segment_id = asked.id and z.day <= day.day::date
      order by z.day desc limit 1) known on true
    left join public.segment_size own on own.segment_id = asked.id and own.day = day.day::date
    order by day.day`.execute(ctx.sql);
  return Map.groupBy(rows, ({ segmentId }) => segmentId);
}

/** At the end of that day; those of whom it is not known are absent. */
export async function sizesDaysAgo(
  ctx: Context,
  segmentIds: readonly string[],
  days: number,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; size: number }>`
    select distinct on (segment_id) segment_id as id, size from public.segment_size
    where segment_id = any(${[...segmentIds]}::uuid[]) and day <= ${await todayOf(ctx)}::date - ${days}::int
    order by segment_id, day desc`.execute(ctx.sql);
  return new Map(rows.map(({ id, size }) => [id, size]));
}

/** The company's day it is now. */
export async function todayOf(ctx: Pick<Context, 'sql' | 'clock'>): Promise<string> {
  const { rows } = await sql<{ today: string }>`
    select (${ctx.clock.now()}::timestamptz at time zone ${await companyZone(ctx)})::date as today`.execute(
    ctx.sql,
  );
  return rows[0]?.today ?? '';
}
