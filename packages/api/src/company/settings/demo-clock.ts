import { sql } from 'kysely';
import { ManualClock, ShiftedClock, type Clock } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { addDuration } from './duration.ts';

/** The demo company's clock leads the real one by this many milliseconds; it never goes back. */
const LEAD = 'demo-clock-lead';

const LONGEST_STEP_MS = 10 * 366 * 86_400_000;

export interface DemoClockMoved {
  now: Date;
}

/**
 * Moves the company's clock forward; everything time-driven follows it.
 * @param input.by ISO 8601 duration
 * @throws RequestError FORBIDDEN outside demo mode, BAD_REQUEST for what is no duration or longer than ten years
 */
export async function advanceDemoClock(ctx: Context, input: { by: string }): Promise<DemoClockMoved> {
  if (ctx.mode !== 'demo') throw new RequestError('FORBIDDEN', 'Only the demo company has a clock to move.');
  const now = ctx.clock.now();
  const target = addDuration(now, input.by);
  const step = (target?.getTime() ?? 0) - now.getTime();
  if (target === null || step > LONGEST_STEP_MS)
    throw new RequestError('BAD_REQUEST', 'by is an ISO 8601 duration of at most ten years: P15D, PT30M.');
  const { rows } = await sql<{ lead: number }>`
    insert into setting (name, value, updated_at) values (${LEAD}, to_jsonb(${step}::bigint), ${now})
    on conflict (name) do update
    set value = to_jsonb((setting.value)::bigint + ${step}::bigint), updated_at = ${now}
    returning (value)::bigint as lead`.execute(ctx.sql);
  move(ctx.clock, step, rows[0]?.lead ?? step);
  await writeEvent(ctx, { kind: 'demo-clock.moved', profileId: null, payload: { by: input.by } });
  return { now: ctx.clock.now() };
}

function move(clock: Clock, step: number, lead: number): void {
  if (clock instanceof ShiftedClock) clock.shiftTo(lead);
  else if (clock instanceof ManualClock) clock.advance(step);
}

const FOLLOW_EVERY_MS = 1_000;

/**
 * Sets this process's clock to the demo company's and follows what other processes do to it.
 * Outside demo mode there is nothing to follow.
 */
export async function followDemoClock(ctx: Context): Promise<{ stop(): void }> {
  const { clock } = ctx;
  if (ctx.mode !== 'demo' || !(clock instanceof ShiftedClock)) return { stop: () => undefined };
  const follow = async () => {
    const row = await ctx.sql
      .selectFrom('setting')
      .select('value')
      .where('name', '=', LEAD)
      .executeTakeFirst();
    if (typeof row?.value === 'number') clock.shiftTo(row.value);
  };
  await follow();
  const timer = setInterval(() => {
    follow().catch((error: unknown) => ctx.log.warn({ err: error }, 'the demo clock could not be read'));
  }, FOLLOW_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
