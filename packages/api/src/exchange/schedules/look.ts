import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import { startTask } from '../../platform/tasks/index.ts';
import { nextLook } from './next-look.ts';
import { PULL } from './pull.ts';
import { timesOf, type ScheduleRow } from './schedule.ts';

/** Starts a look for every schedule whose time has come; one at a time for each. */
export async function lookWhereDue(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const due = await tx.sql
      .selectFrom('exchange_schedule')
      .selectAll()
      .where('enabled', '=', true)
      .where('next_at', '<=', tx.clock.now())
      .orderBy('next_at')
      .limit(50)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const schedule of due) await startLook(tx, schedule);
  });
}

/** @returns the task's id; of the one that runs already, where one does */
export async function startLook(tx: Context, schedule: ScheduleRow): Promise<string> {
  const running = await runningLook(tx, schedule);
  const taskId = running ?? (await startTask(tx, { kind: PULL, facts: { scheduleId: schedule.id } }));
  await tx.sql
    .updateTable('exchange_schedule')
    .set({ last_task_id: taskId, next_at: nextLook(timesOf(schedule), tx.clock.now()) })
    .where('id', '=', schedule.id)
    .execute();
  return taskId;
}

async function runningLook(tx: Context, { last_task_id }: ScheduleRow): Promise<string | null> {
  if (last_task_id === null) return null;
  const task = await tx.sql
    .selectFrom('task')
    .select('id')
    .where('id', '=', last_task_id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  return task?.id ?? null;
}

export const schedulesJobs: readonly Job[] = [
  { name: 'exchange-look-where-due', cron: '* * * * *', run: lookWhereDue },
];
