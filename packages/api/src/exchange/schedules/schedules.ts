import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Selectable } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { startLook } from './look.ts';
import { lockSchedule } from './save-schedule.ts';
import type { ScheduleRow } from './schedule.ts';

/** @throws RequestError FORBIDDEN */
export async function listSchedules(ctx: Context): Promise<ScheduleRow[]> {
  demandScope(ctx, 'imports.read');
  return ctx.sql
    .selectFrom('exchange_schedule')
    .selectAll()
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute();
}

/** @throws RequestError FORBIDDEN */
export async function readSchedule(ctx: Context, id: string): Promise<ScheduleRow | null> {
  demandScope(ctx, 'imports.read');
  const row = await ctx.sql
    .selectFrom('exchange_schedule')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export type TakenFile = Selectable<Tables['exchange_file']>;

const SHOWN_FILES = 50;

/** What it took last. */
export async function takenFiles(ctx: Context, scheduleId: string): Promise<TakenFile[]> {
  return ctx.sql
    .selectFrom('exchange_file')
    .selectAll()
    .where('schedule_id', '=', scheduleId)
    .orderBy('taken_at', 'desc')
    .limit(SHOWN_FILES)
    .execute();
}

/** Looks now, whatever its times. @returns the task's id @throws InvalidInput @throws RequestError FORBIDDEN */
export async function runSchedule(ctx: Context, id: string): Promise<string> {
  demandScope(ctx, 'imports.run');
  return inTransaction(ctx, async (tx) => startLook(tx, await lockSchedule(tx, id, null)));
}

/** What it brought stays. @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function deleteSchedule(
  ctx: Context,
  { id, version }: { id: string; version: number },
): Promise<void> {
  demandScope(ctx, 'imports.run');
  await inTransaction(ctx, async (tx) => {
    const row = await lockSchedule(tx, id, version);
    await tx.sql.deleteFrom('exchange_file').where('schedule_id', '=', id).execute();
    await tx.sql.deleteFrom('exchange_schedule').where('id', '=', id).execute();
    await audit(tx, {
      action: 'exchange-schedule.deleted',
      subject: `exchange-schedule:${id}`,
      facts: { name: row.name, source: row.source },
    });
  });
}
