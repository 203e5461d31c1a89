import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { retried } from '../kinds/retried.ts';
import type { Telling } from './undone.ts';

const BATCH = 200;

interface Run {
  readonly id: string;
  readonly source: string;
  readonly started_at: Date;
}

/** Goods a run made go unless somebody changed them or bought one since; those it changed are as they were. */
export async function undoProducts(ctx: Context, run: Run, told: Telling): Promise<void> {
  for (let after = ''; ;) {
    told.signal?.throwIfAborted();
    const changes = await ctx.sql
      .selectFrom('import_product_change')
      .select(['sku', 'before'])
      .where('run_id', '=', run.id)
      .where(sql<boolean>`sku collate "C" > ${after}`)
      .orderBy(sql`sku collate "C"`)
      .limit(BATCH)
      .execute();
    const last = changes.at(-1);
    if (last === undefined) return;
    after = last.sku;
    const reply = await retried(() => inTransaction(ctx, (tx) => undoSome(tx, run, changes)));
    told.undone.removed += reply.removed;
    told.undone.restored += reply.restored;
    told.keep('USED', reply.used);
    told.keep('CHANGED', changes.length - reply.removed - reply.restored - reply.used);
    told.onProgress();
  }
}

async function undoSome(
  tx: Context,
  run: Run,
  changes: readonly { sku: string; before: Record<string, unknown> | null }[],
): Promise<{ removed: number; restored: number; used: number }> {
  await callFunction(tx.sql, 'lock_catalog', {});
  const untouched = await tx.sql
    .selectFrom('product')
    .select('sku')
    .where(
      'sku',
      'in',
      changes.map(({ sku }) => sku),
    )
    .where('source', '=', run.source)
    .where('updated_at', '=', run.started_at)
    .execute();
  const free = new Set(untouched.map(({ sku }) => sku));
  const restored = changes.filter(({ sku, before }) => free.has(sku) && before !== null);
  if (restored.length > 0)
    await callFunction(tx.sql, 'upsert_products', {
      now: tx.clock.now(),
      source: run.source,
      categories: [],
      products: restored.map(({ before }) => before),
    });
  const made = changes.filter(({ sku, before }) => free.has(sku) && before === null).map(({ sku }) => sku);
  const { removed } = await callFunction<{ removed: number }>(tx.sql, 'import_remove_products', {
    skus: made,
  });
  return { removed, restored: restored.length, used: made.length - removed };
}
