import { computeRfm, countStages, readRfmModels, saveRfmModel } from '../orders/index.ts';
import type { Context } from '../platform/context.ts';

const MODEL = 'RFM за год';

/** Scores of the last year and stages of life, counted at once: the pages have something to show. */
export async function writeDemoModels(ctx: Context): Promise<void> {
  const known = (await readRfmModels(ctx)).find(({ name }) => name === MODEL);
  const id =
    known?.id ??
    (await saveRfmModel(ctx, {
      name: MODEL,
      window: { kind: 'ROLLING', days: 365 },
      method: 'QUINTILES',
      currency: 'RUB',
    }));
  await computeRfm(ctx, id);
  await countStages(ctx);
}
