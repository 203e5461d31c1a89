import { sql } from 'kysely';
import type { ProductRecord, UpsertedProduct } from '../../../catalog/index.ts';
import type { Context } from '../../../platform/context.ts';

/** What each changed product was before the run; of one changed twice, what it was at first. */
export async function noteProducts(
  tx: Context,
  input: {
    runId: string;
    results: readonly UpsertedProduct[];
    before: ReadonlyMap<string, ProductRecord>;
  },
): Promise<void> {
  const changed = input.results.filter(({ status }) => status === 'CREATED' || status === 'UPDATED');
  const skus = [...new Set(changed.map(({ sku }) => sku))];
  if (skus.length === 0) return;
  const images = skus.map((sku) => {
    const record = input.before.get(sku);
    return record === undefined ? null : JSON.stringify(record);
  });
  await sql`
    insert into import_product_change (run_id, sku, before)
    select ${input.runId}, sku, before from unnest(${skus}::text[], ${images}::jsonb[]) as change (sku, before)
    on conflict (run_id, sku) do nothing`.execute(tx.sql);
}
