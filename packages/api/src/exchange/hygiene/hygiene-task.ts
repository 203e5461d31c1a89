import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { startTask, type TaskKind } from '../../platform/tasks/index.ts';
import { hygieneReport, type HygieneReport } from './hygiene-report.ts';

const KIND = 'exchange.hygiene';

export const hygieneTask: TaskKind = {
  kind: KIND,
  scope: 'imports.read',
  async run(ctx, _facts, report) {
    return { result: { ...(await hygieneReport(ctx, report)) } };
  },
};

/** @returns the task's id @throws RequestError FORBIDDEN */
export async function startHygieneReport(ctx: Context): Promise<string> {
  demandScope(ctx, 'imports.run');
  return startTask(ctx, { kind: KIND });
}

export interface ReadyReport extends HygieneReport {
  at: Date;
}

/** The last one that was made; null: none yet. @throws RequestError FORBIDDEN */
export async function lastHygieneReport(ctx: Context): Promise<ReadyReport | null> {
  demandScope(ctx, 'imports.read');
  const row = await ctx.sql
    .selectFrom('task')
    .select(['result', 'finished_at'])
    .where('kind', '=', KIND)
    .where('state', '=', 'DONE')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.result === null || row.finished_at === null) return null;
  return { ...(row.result as unknown as HygieneReport), at: row.finished_at };
}
