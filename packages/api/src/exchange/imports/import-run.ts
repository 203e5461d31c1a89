import type { Insertable } from 'kysely';
import { actorLabel } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { ImportRunState } from './import-run.entity.ts';
import type { TableReport } from './report.ts';

export interface StartedRun {
  readonly id: string;
  readonly kind: Insertable<Tables['import_run']>['kind'];
  readonly source: string;
  readonly fileName: string;
  readonly mapping: string;
  readonly dryRun: boolean;
  readonly startedAt: Date;
  readonly taskId: string | null;
}

/** Notes what came of a run. */
export type RunNote = (
  state: Exclude<ImportRunState, 'RUNNING'>,
  report: TableReport | null,
) => Promise<void>;

/** When a run began: what it writes, it writes at that moment, in however many parts. */
export async function momentOf(ctx: Context, runId: string): Promise<Date> {
  const known = await ctx.sql
    .selectFrom('import_run')
    .select('started_at')
    .where('id', '=', runId)
    .executeTakeFirst();
  return known?.started_at ?? ctx.clock.now();
}

/** Notes that a file is being brought in. */
export async function startRun(ctx: Context, run: StartedRun): Promise<RunNote> {
  await ctx.sql
    .insertInto('import_run')
    .values({
      id: run.id,
      kind: run.kind,
      source: run.source,
      file_name: run.fileName,
      mapping: run.mapping,
      state: 'RUNNING',
      dry_run: run.dryRun,
      started_at: run.startedAt,
      finished_at: null,
      started_by: actorLabel(ctx.actor),
      task_id: run.taskId,
      report: null,
      problems: null,
      error_file_id: null,
      undone_at: null,
      undone: null,
    })
    .onConflict((known) => known.column('id').doUpdateSet({ state: 'RUNNING', finished_at: null }))
    .execute();
  return async (state, report) => {
    const { problems = [], ...figures } = report ?? {};
    await ctx.sql
      .updateTable('import_run')
      .set({
        state,
        finished_at: ctx.clock.now(),
        report: report === null ? null : figures,
        problems: problems.length === 0 ? null : ctx.vault.seal(JSON.stringify(problems)),
      })
      .where('id', '=', run.id)
      .execute();
  };
}
