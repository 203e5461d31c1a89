import type { Context } from '../../platform/context.ts';
import type { RfmBounds, RfmCell, RfmMethod, RfmScale, RfmWindow } from '../../segments/index.ts';

export interface RfmModelRecord {
  id: string;
  name: string;
  method: RfmMethod;
  window: RfmWindow;
  currency: string;
  thresholds: RfmBounds | null;
  /** null: never computed. */
  scale: RfmScale | null;
  cells: RfmCell[];
  computedAt: Date | null;
  taskId: string | null;
  version: number;
}

/** By name. @param ids absent: all of them */
export async function readRfmModels(
  ctx: Pick<Context, 'sql'>,
  ids?: readonly string[],
): Promise<RfmModelRecord[]> {
  return ctx.sql
    .selectFrom('rfm_model')
    .select(['id', 'name', 'method', 'window', 'currency', 'thresholds', 'scale', 'cells', 'version'])
    .select(['computed_at as computedAt', 'task_id as taskId'])
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? []), NOBODY]))
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** A list of nothing is no SQL. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
