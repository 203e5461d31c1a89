import type { Context } from '../../platform/context.ts';
import { reportCounts } from '../../platform/intake/index.ts';
import { ImportRunning, UnreadableFile, UnusableMapping } from '../exchange.errors.ts';
import { importTable } from '../imports/import-table.ts';
import { parseTableMapping } from '../imports/mapping/table-mapping.ts';
import { importOrders } from '../order-import/import-orders.ts';
import type { OrderStatus } from '../order-import/report.ts';
import { parseMapping } from '../order-import/mapping.ts';
import { PullFailed, type ScheduleRow } from './schedule.ts';

export interface Brought {
  accepted: number;
  unchanged: number;
  refused: number;
}

interface ImportFile {
  schedule: Pick<ScheduleRow, 'kind' | 'source' | 'preset_id'>;
  path: string;
  name: string;
  taskId: string;
  onProgress(done: number, of: number): void;
  signal: AbortSignal;
}

/** Brings one file in by the schedule's preset. @throws PullFailed for a file or preset that cannot be used */
export async function importFile(ctx: Context, input: ImportFile): Promise<Brought> {
  const { kind, preset_id: presetId } = input.schedule;
  const preset = await ctx.sql
    .selectFrom('import_preset')
    .select(['kind', 'mapping'])
    .where('id', '=', presetId)
    .executeTakeFirst();
  if (preset === undefined || preset.kind !== kind)
    throw new PullFailed('NO_PRESET', 'Its mapping preset is gone.');
  try {
    return await (kind === 'ORDERS'
      ? bringOrders(ctx, input, preset.mapping)
      : bringRows(ctx, input, preset.mapping));
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof UnusableMapping)
      throw new PullFailed(error.constructor.name, error.message);
    if (error instanceof ImportRunning) throw new PullFailed('ImportRunning', error.message);
    throw error;
  }
}

/** Rows tell the monitor themselves, batch by batch. */
async function bringRows(ctx: Context, input: ImportFile, mapping: unknown): Promise<Brought> {
  const { schedule, path, name, taskId, onProgress, signal } = input;
  const { report } = await importTable(ctx, {
    path,
    fileName: name,
    source: schedule.source,
    mapping: parseTableMapping(mapping),
    taskId,
    onProgress,
    signal,
  });
  const { CREATED, UPDATED, UNCHANGED, CONFLICT, REJECTED } = report.counts;
  return { accepted: CREATED + UPDATED, unchanged: UNCHANGED, refused: CONFLICT + REJECTED };
}

async function bringOrders(ctx: Context, input: ImportFile, mapping: unknown): Promise<Brought> {
  const { schedule, path, onProgress } = input;
  const { source } = schedule;
  const report = await importOrders(ctx, {
    path,
    source,
    mapping: parseMapping(mapping),
    onProgress: (_phase, done, of) => onProgress(done, of),
  });
  const count = (...statuses: readonly OrderStatus[]): number =>
    statuses.reduce(
      (sum, status) =>
        sum + (report.orders[status]?.documents ?? 0) + (report.returns[status]?.documents ?? 0),
      0,
    );
  const brought = {
    accepted: count('NEW'),
    unchanged: count('UNCHANGED'),
    refused: count('CONFLICT', 'REJECTED'),
  };
  await reportCounts(ctx, { source, kind: 'ORDERS', ...brought });
  return brought;
}
