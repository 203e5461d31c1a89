import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import type { Job } from '../../platform/jobs/jobs.ts';
import { startTask, type TaskKind } from '../../platform/tasks/index.ts';
import {
  canonical,
  overEverybody,
  refreshAsking,
  type RfmCell,
  type RfmScale,
} from '../../segments/index.ts';
import { countCells, quintileBounds } from './count-rfm.ts';

const COMPUTE_RFM = 'segments.rfm';

/** Counts bounds and people of a model anew; asked for twice it runs twice and changes nothing more. */
export async function startRfm(tx: Context, modelId: string): Promise<string> {
  const taskId = await startTask(tx, { kind: COMPUTE_RFM, facts: { modelId } });
  await tx.sql.updateTable('rfm_model').set({ task_id: taskId }).where('id', '=', modelId).execute();
  return taskId;
}

/** Now, on somebody's wish. @throws InvalidInput UNKNOWN @throws RequestError FORBIDDEN */
export async function recomputeRfm(ctx: Context, modelId: string): Promise<string> {
  demandScope(ctx, 'segments.write');
  return inTransaction(ctx, async (tx) => {
    const model = await tx.sql
      .selectFrom('rfm_model')
      .select('id')
      .where('id', '=', modelId)
      .forUpdate()
      .executeTakeFirst();
    if (model === undefined) throw invalid('id', 'UNKNOWN', 'there is no such model');
    return startRfm(tx, modelId);
  });
}

export interface RfmComputed {
  buyers: number;
  /** Scores are others now, and segments that ask them are looked at anew. */
  refreshed: boolean;
}

/**
 * @returns null: there is no such model, or it was changed meanwhile, and that change is computed by a task of its own
 */
export async function computeRfm(ctx: Context, modelId: string): Promise<RfmComputed | null> {
  const model = await ctx.sql
    .selectFrom('rfm_model')
    .select(['window', 'currency', 'method', 'thresholds', 'version'])
    .where('id', '=', modelId)
    .executeTakeFirst();
  if (model === undefined) return null;
  const { window, currency, thresholds, version } = model;
  const { scale, cells } = await overEverybody(ctx, async (tx) => {
    const bounds = thresholds ?? (await quintileBounds(tx, { window, currency }));
    const counted: RfmScale = { window, currency, bounds };
    return { scale: counted, cells: await countCells(tx, counted) };
  });
  const refreshed = await inTransaction(ctx, (tx) => keep(tx, modelId, version, scale, cells));
  if (refreshed === null) return null;
  return { buyers: cells.reduce((sum, { people }) => sum + people, 0), refreshed };
}

async function keep(
  tx: Context,
  id: string,
  version: number,
  scale: RfmScale,
  cells: readonly RfmCell[],
): Promise<boolean | null> {
  const before = await tx.sql
    .selectFrom('rfm_model')
    .select('scale')
    .where('id', '=', id)
    .where('version', '=', version)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return null;
  await tx.sql
    .updateTable('rfm_model')
    .set({
      scale: JSON.stringify(scale) as never,
      cells: JSON.stringify(cells) as never,
      computed_at: tx.clock.now(),
      task_id: null,
    })
    .where('id', '=', id)
    .execute();
  if (canonical(before.scale) === canonical(scale)) return false;
  return refreshAsking(tx, (leaf) => leaf.leaf === 'RFM' && leaf.model === id);
}

export const rfmTask: TaskKind = {
  kind: COMPUTE_RFM,
  scope: 'segments.write',
  run: async (ctx, { modelId }) => ({ result: { ...(await computeRfm(ctx, String(modelId))) } }),
};

/** At night: fifths of the buyers are others when buyers are. */
export const rfmJob: Job = {
  name: 'orders-rfm',
  cron: '17 0 * * *',
  run: async (ctx) => {
    const models = await ctx.sql.selectFrom('rfm_model').select('id').orderBy('id').execute();
    for (const { id } of models) await computeRfm(ctx, id);
  },
};
