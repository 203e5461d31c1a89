import { basename } from 'node:path';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import type { OrderMapping } from './mapping.ts';
import type { ImportReport } from './report.ts';

interface ImportedFile {
  readonly path: string;
  readonly source: string;
  readonly mapping: OrderMapping;
}

/** Notes that a file is being brought in. @returns how to note what came of it */
export async function startRun(ctx: Context, { path, source, mapping }: ImportedFile) {
  const id = newId();
  await ctx.sql
    .insertInto('import_run')
    .values({
      id,
      kind: 'ORDERS',
      source,
      file_name: basename(path),
      mapping: mapping.name,
      state: 'RUNNING',
      started_at: ctx.clock.now(),
      finished_at: null,
      report: null,
    })
    .execute();
  return async (state: 'DONE' | 'FAILED' | 'CANCELLED', report: ImportReport | null): Promise<void> => {
    await ctx.sql
      .updateTable('import_run')
      .set({ state, finished_at: ctx.clock.now(), report: report === null ? null : { ...report } })
      .where('id', '=', id)
      .execute();
    // Purchases of a file tell nobody of themselves one by one.
    await writeEvent(ctx, { kind: 'orders.imported', profileId: null, payload: { source, runId: id } });
  };
}
