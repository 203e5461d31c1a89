import type { Context } from '../../../platform/context.ts';
import { startRun } from '../import-run.ts';
import type { ImportProblem } from '../import-problem.ts';
import type { TableReport } from '../report.ts';
import type { OrderMapping } from '../../order-import/mapping.ts';
import type { ImportReport, OrderStatus } from '../../order-import/report.ts';

interface OrderRun {
  readonly runId: string;
  readonly fileName: string;
  readonly source: string;
  readonly mapping: OrderMapping;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** Notes an import of orders started from the wizard like those of other kinds, with its report told in their words. */
export async function noteOrderRun(
  ctx: Context,
  { runId, fileName, source, mapping, dryRun, signal }: OrderRun,
  work: () => Promise<ImportReport>,
): Promise<void> {
  const note = await startRun(ctx, {
    id: runId,
    kind: 'ORDERS',
    source,
    fileName,
    mapping: mapping.name,
    dryRun,
    startedAt: ctx.clock.now(),
    taskId: runId,
  });
  try {
    const report = await work();
    // The importer noted the same file by itself: one line in the list is enough.
    await ctx.sql
      .deleteFrom('import_run')
      .where('kind', '=', 'ORDERS')
      .where('source', '=', source)
      .where('task_id', 'is', null)
      .where(
        'started_at',
        '>=',
        ctx.sql.selectFrom('import_run').select('started_at').where('id', '=', runId),
      )
      .execute();
    await note('DONE', tableReport(report, mapping, dryRun));
  } catch (error) {
    await note(signal.aborted ? 'CANCELLED' : 'FAILED', null);
    throw error;
  }
}

function tableReport(
  report: ImportReport,
  mapping: OrderMapping,
  dryRun: boolean,
): TableReport & { orders: unknown } {
  const count = (status: OrderStatus): number =>
    (report.orders[status]?.documents ?? 0) + (report.returns[status]?.documents ?? 0);
  return {
    kind: 'ORDERS' as TableReport['kind'],
    dryRun,
    format: 'CSV',
    encoding: report.encoding,
    delimiter: report.delimiter,
    rows: report.rows,
    counts: {
      CREATED: count('NEW'),
      UPDATED: 0,
      UNCHANGED: count('UNCHANGED'),
      CONFLICT: count('CONFLICT'),
      REJECTED: count('REJECTED'),
    },
    reasons: [],
    problems: report.problems.map(({ row, problem }): ImportProblem => ({
      row,
      column: (problem.column && mapping.columns[problem.column]) ?? null,
      code: problem.code,
      value: problem.value,
      detail: problem.words,
    })),
    skippedValues: 0,
    errorRows: report.errorRows,
    totals: { persons: report.newShoppers, earned: report.posted?.earned ?? 0 },
    orders: { orders: report.orders, returns: report.returns, setAside: report.setAside },
  };
}
