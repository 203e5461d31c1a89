import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { companyZone } from './company-zone.ts';

export interface SegmentSizeRecord {
  day: string;
  size: number;
  entered: number;
  left: number;
}

const MOST_DAYS = 400;

/** One for each of the last days since it is known, today the last of them; a quiet day is as the one before. */
export async function readSizes(ctx: Context, segmentId: string, days: number): Promise<SegmentSizeRecord[]> {
  if (!Number.isSafeInteger(days) || days < 1 || days > MOST_DAYS)
    throw new RequestError('BAD_REQUEST', `days is a number from 1 to ${MOST_DAYS}.`);
  const today = await todayOf(ctx);
  const { rows } = await sql<SegmentSizeRecord>`
    select day.day::date as day, known.size, coalesce(own.entered, 0) as entered, coalesce(own.left, 0) as left
    from generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') as day (day)
    join lateral (
      select size from public.segment_size z where z.segment_id = ${segmentId} and z.day <= day.day::date
      order by z.day desc limit 1) known on true
    left join public.segment_size own on own.segment_id = ${segmentId} and own.day = day.day::date
    order by day.day`.execute(ctx.sql);
  return rows;
}

/** At the end of that day; null: it was not known then. */
export async function sizeDaysAgo(ctx: Context, segmentId: string, days: number): Promise<number | null> {
  const { rows } = await sql<{ size: number }>`
    select size from public.segment_size
    where segment_id = ${segmentId} and day <= ${await todayOf(ctx)}::date - ${days}::int
    order by day desc limit 1`.execute(ctx.sql);
  return rows[0]?.size ?? null;
}

/** The company's day it is now. */
export async function todayOf(ctx: Pick<Context, 'sql' | 'clock'>): Promise<string> {
  const { rows } = await sql<{ today: string }>`
    select (${ctx.clock.now()}::timestamptz at time zone ${await companyZone(ctx)})::date as today`.execute(
    ctx.sql,
  );
  return rows[0]?.today ?? '';
}
