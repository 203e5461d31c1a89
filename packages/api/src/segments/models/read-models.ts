import type { Context } from '../../platform/context.ts';
import { readLifecycle, type LifecycleThresholds } from './lifecycle-thresholds.ts';
import type { RfmScale } from './rfm-model.entity.ts';

/** By what the company sorts its shoppers. */
export interface Models {
  /** By id of the model; one that was never computed is not here. */
  readonly rfm: ReadonlyMap<string, RfmScale>;
  readonly lifecycle: LifecycleThresholds;
}

export async function readModels(ctx: Pick<Context, 'sql'>): Promise<Models> {
  const rfm = await ctx.sql
    .selectFrom('rfm_model')
    .select(['id', 'scale'])
    .where('scale', 'is not', null)
    .execute();
  const { thresholds } = await readLifecycle(ctx);
  return {
    rfm: new Map(rfm.flatMap(({ id, scale }) => (scale === null ? [] : [[id, scale] as const]))),
    lifecycle: thresholds,
  };
}
