import { localDate } from '@clientele/shared/time';
import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import type { Job } from '../../../platform/jobs/jobs.ts';
import { allPrograms, type ProgramRecord } from '../../program/programs.ts';
import { monthsBefore, type FlowMonth, type LiabilityPart } from './liability.ts';

/** What a program owed at a moment. */
export interface Snapshot {
  takenAt: Date;
  accounts: number;
  debt: number;
  parts: readonly LiabilityPart[];
  months: readonly FlowMonth[];
}

/** Older ones are taken anew before they are shown. */
const OLD_AFTER_MS = 90 * 60_000;

/** The last snapshot; a new one where there is none or it is old. */
export async function snapshotOf(ctx: Context, program: ProgramRecord): Promise<Snapshot> {
  const last = await lastSnapshot(ctx, program);
  const age = last === null ? Infinity : ctx.clock.now().getTime() - last.takenAt.getTime();
  return last !== null && age < OLD_AFTER_MS ? last : takeSnapshot(ctx, program);
}

/** Counts everything anew but the months that are over: what was booked in them does not change. */
export async function takeSnapshot(ctx: Context, program: ProgramRecord): Promise<Snapshot> {
  const takenAt = ctx.clock.now();
  const day = localDate(takenAt.getTime(), program.timezone);
  const before = await lastSnapshot(ctx, program);
  // The month of the last one and the one before it are counted again.
  const from = before === null ? FIRST_MONTH : monthsBefore(monthOf(before.takenAt, program), 1);
  const [now, flow] = await Promise.all([balancesOf(ctx, program, takenAt), flowOf(ctx, program, from)]);
  const months = [...(before?.months ?? []).filter(({ month }) => month < from), ...flow];
  const snapshot = { takenAt, ...now, months };
  const stored = {
    taken_at: takenAt,
    accounts: now.accounts,
    debt: now.debt,
    parts: sql<LiabilityPart[]>`${JSON.stringify(now.parts)}::jsonb`,
    months: sql<FlowMonth[]>`${JSON.stringify(months)}::jsonb`,
  };
  await ctx.sql
    .insertInto('liability_snapshot')
    .values({ program_id: program.id, day, ...stored })
    .onConflict((conflict) => conflict.columns(['program_id', 'day']).doUpdateSet(stored))
    .execute();
  return snapshot;
}

const FIRST_MONTH = '0001-01';

export function monthOf(at: Date, { timezone }: Pick<ProgramRecord, 'timezone'>): string {
  return localDate(at.getTime(), timezone).slice(0, 7);
}

async function balancesOf(
  ctx: Context,
  { id, timezone }: ProgramRecord,
  now: Date,
): Promise<{ accounts: number; debt: number; parts: LiabilityPart[] }> {
  const { rows } = await sql<{ owed: { accounts: number; debt: number; parts: LiabilityPart[] } }>`
    select public.liability_of(${id}, ${timezone}, ${now}) as owed`.execute(ctx.sql);
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was counted');
  return row.owed;
}

async function flowOf(ctx: Context, { id, timezone }: ProgramRecord, from: string): Promise<FlowMonth[]> {
  const { rows } = await sql<{ flow: FlowMonth[] }>`
    select public.points_flow(${id}, ${timezone}, ${`${from}-01`}::timestamp at time zone ${timezone}) as flow`.execute(
    ctx.sql,
  );
  return rows[0]?.flow ?? [];
}

async function lastSnapshot(ctx: Context, { id }: ProgramRecord): Promise<Snapshot | null> {
  const row = await ctx.sql
    .selectFrom('liability_snapshot')
    .select(['taken_at as takenAt', 'accounts', 'debt', 'parts', 'months'])
    .where('program_id', '=', id)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export const liabilityJob: Job = {
  name: 'loyalty-liability',
  cron: '23 * * * *',
  run: async (ctx) => {
    for (const program of await allPrograms(ctx)) await takeSnapshot(ctx, program);
  },
};
