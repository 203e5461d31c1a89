import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { audit, demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { keepFile } from '../../../platform/files/index.ts';
import { startTask, type Report, type TaskKind } from '../../../platform/tasks/index.ts';
import { placeOf } from '../../../profiles/index.ts';
import { importOrders } from '../../order-import/import-orders.ts';
import { openTable } from '../../reading/table.ts';
import { importTable } from '../import-table.ts';
import { openOrderFile } from '../order-file.ts';
import { placeColumns } from '../mapping/fields.ts';
import { orderMappingOf } from '../mapping/order-fields.ts';
import { demandUndoable, undoImport } from '../undo/undo-import.ts';
import { uploadedFile, type ImportKind } from './inspect-upload.ts';
import { noteOrderRun } from './order-run.ts';
import { tableMapping } from './presets.ts';

export interface StartImport {
  uploadId: string;
  kind: ImportKind;
  /** Whose numbers these are. */
  source: string;
  mapping?: unknown;
}

const RUN = 'imports.run';
const CHECK = 'imports.check';
const UNDO = 'imports.undo';
const LONGEST_SOURCE = 100;
const KEEP_ERRORS_MS = 14 * 86_400_000;

/**
 * Brings an uploaded file in, or only checks it, in the background.
 * @returns the id of the task, which is the id of the run too
 * @throws UnusableMapping @throws UnreadableFile @throws InvalidInput
 */
export async function startImport(
  ctx: Context,
  input: StartImport,
  { dryRun }: { dryRun: boolean },
): Promise<string> {
  demandScope(ctx, 'imports.run');
  const source = input.source.trim();
  if (source === '' || source.length > LONGEST_SOURCE)
    throw invalid('source', 'RANGE', `has 1 to ${LONGEST_SOURCE} characters`);
  const file = await uploadedFile(ctx, input.uploadId);
  // What is wrong with the mapping or the header is told at once, not by a task that failed.
  if (input.kind === 'ORDERS') orderMappingOf(withoutTotal(input.mapping));
  else {
    const mapping = tableMapping(input.kind, input.mapping);
    placeColumns(mapping, (await openTable(file.path, mapping.file)).header);
  }
  const facts = { ...input, source, fileName: file.name };
  return inTransaction(ctx, async (tx) => {
    const id = await startTask(tx, { kind: dryRun ? CHECK : RUN, facts });
    await audit(tx, {
      action: dryRun ? 'import.checked' : 'import.started',
      subject: `import:${id}`,
      facts: { kind: input.kind, source, fileName: file.name },
    });
    return id;
  });
}

/** Where the line's total stands for its price, the price is made when the file is read. */
function withoutTotal(mapping: unknown): unknown {
  const { lineTotal, ...rest } = (mapping ?? {}) as { lineTotal?: unknown; columns?: object };
  return lineTotal === undefined ? mapping : { ...rest, columns: { ...rest.columns, unitPrice: lineTotal } };
}

/** @returns the id of the task @throws ImportNotUndoable */
export async function startUndo(ctx: Context, runId: string): Promise<string> {
  demandScope(ctx, 'imports.run');
  await demandUndoable(ctx, runId);
  return startTask(ctx, { kind: UNDO, facts: { runId } });
}

async function run(
  ctx: Context,
  facts: Record<string, unknown>,
  {
    report,
    signal,
    taskId,
    dryRun,
  }: { report: Report; signal: AbortSignal; taskId: string; dryRun: boolean },
) {
  const { uploadId, kind, source, mapping } = facts as unknown as StartImport;
  const file = await uploadedFile(ctx, uploadId);
  const folder = join(ctx.dataDir, 'uploads');
  await mkdir(folder, { recursive: true });
  const errorFile = join(folder, `${taskId}.errors`);
  const { language } = await placeOf(ctx);
  const common = { path: file.path, source, dryRun, errorFile };
  if (kind === 'ORDERS') {
    const opened = await openOrderFile(file.path, mapping, folder);
    const orders = { ...common, path: opened.path, mapping: opened.mapping };
    try {
      await noteOrderRun(ctx, { ...orders, runId: taskId, fileName: file.name, signal }, () =>
        importOrders(ctx, { ...orders, signal, onProgress: (_phase, done, of) => report(done, of) }),
      );
    } finally {
      await opened.forget();
    }
  } else
    await importTable(ctx, {
      ...common,
      mapping: tableMapping(kind, mapping),
      fileName: file.name,
      language: language === 'en' ? 'en' : 'ru',
      taskId,
      runId: taskId,
      onProgress: report,
      signal,
    });
  const fileId = await keepErrors(ctx, { errorFile, name: file.name, runId: taskId });
  return { result: { runId: taskId }, ...(fileId === null ? {} : { fileId }) };
}

/** @returns the id of the file; null: every row was taken */
async function keepErrors(
  ctx: Context,
  { errorFile, name, runId }: { errorFile: string; name: string; runId: string },
): Promise<string | null> {
  if ((await stat(errorFile).catch(() => null)) === null) return null;
  const kept = await keepFile(ctx, {
    name: `${name.replace(/\.[^.]*$/, '')}.errors.csv`,
    type: 'text/csv; charset=utf-8',
    stream: createReadStream(errorFile),
    scope: 'imports.run',
    holdsList: true,
    expiresAt: new Date(ctx.clock.now().getTime() + KEEP_ERRORS_MS),
  });
  await rm(errorFile, { force: true });
  await ctx.sql.updateTable('import_run').set({ error_file_id: kept.id }).where('id', '=', runId).execute();
  return kept.id;
}

/** What people start and see running. */
export const importTasks: readonly TaskKind[] = [
  {
    kind: RUN,
    scope: 'imports.run',
    run: (ctx, facts, report, signal, { id }) =>
      run(ctx, facts, { report, signal, taskId: id, dryRun: false }),
  },
  {
    kind: CHECK,
    scope: 'imports.run',
    run: (ctx, facts, report, signal, { id }) =>
      run(ctx, facts, { report, signal, taskId: id, dryRun: true }),
  },
  {
    kind: UNDO,
    scope: 'imports.run',
    run: async (ctx, { runId }, report, signal) => {
      const undone = await undoImport(ctx, String(runId), (done) => report(done, null), signal);
      return { result: { runId, ...undone } };
    },
  },
];
