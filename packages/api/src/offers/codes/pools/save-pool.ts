import { audit, auditChange, demandScope, demandVersion } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { writesBrand } from '../../promotions/demand-brand.ts';
import { insertCodes } from '../batches/insert-codes.ts';
import { lockPool, type PoolRow } from './lock-pool.ts';
import { checkPool, checkWords, type PoolContent } from './pool-content.ts';
import type { PoolKind } from './promo-code-pool.entity.ts';

export interface NewPool extends PoolContent {
  promotionId: string;
  kind: PoolKind;
  /** What people type of a GENERIC pool. */
  words?: readonly string[] | null | undefined;
  /** IANA zone of the days codes end with; that of the brand's first store where absent. */
  timeZone?: string | undefined;
}

/** @returns its id @throws RequestError FORBIDDEN @throws InvalidInput */
export async function createPool(
  ctx: Context,
  { promotionId, kind, words, timeZone, ...content }: NewPool,
): Promise<string> {
  demandScope(ctx, 'offers.write');
  const problems = new InputProblems();
  const checked = checkPool(kind, content, problems);
  const typed = kind === 'GENERIC' ? checkWords(words ?? [], problems) : [];
  if (kind === 'SINGLE_USE' && words) problems.add(['words'], 'MISMATCH', 'are for codes of many uses');
  problems.refuseAny();
  return inTransaction(ctx, async (tx) => {
    const brandId = await brandOf(tx, promotionId);
    const id = newId();
    await tx.sql
      .insertInto('promo_code_pool')
      .values({
        id,
        brand_id: brandId,
        promotion_id: promotionId,
        kind,
        time_zone: timeZone ?? (await zoneOf(tx, brandId)),
        created_at: tx.clock.now(),
        ...checked,
      })
      .execute();
    await addWords(tx, { id, brand_id: brandId }, typed);
    await audit(tx, {
      action: 'promo-codes.pool-created',
      subject: `promo-code-pool:${id}`,
      facts: { after: { promotionId, kind, ...checked, words: words ?? [] } },
    });
    return id;
  });
}

async function addWords(
  tx: Context,
  pool: Pick<PoolRow, 'id' | 'brand_id'>,
  words: readonly { code: string; key: string }[],
): Promise<void> {
  if (words.length === 0) return;
  const batchId = newId();
  const taken = await insertCodes(tx, pool, { batchId, codes: words, issued: true });
  if (taken.size < words.length) {
    const at = words.findIndex(({ key }) => !taken.has(key));
    throw invalid(`words.${at}`, 'DUPLICATE', 'is a code of this brand already');
  }
  await tx.sql
    .insertInto('promo_code_batch')
    .values({
      id: batchId,
      pool_id: pool.id,
      kind: 'TYPED',
      codes: words.length,
      created_by: authorOf(tx),
      created_at: tx.clock.now(),
    })
    .execute();
}

/** Staff or key; null for the system. */
export function authorOf({ actor }: Pick<Context, 'actor'>): string | null {
  return actor.kind === 'STAFF' || actor.kind === 'KEY' ? actor.id : null;
}

export interface PoolChange extends PoolContent {
  id: string;
  version: number;
  promotionId: string;
}

/** All of it as it is to be. Codes that are there keep what they were issued with. @throws VersionConflict @throws InvalidInput */
export async function changePool(
  ctx: Context,
  { id, version, promotionId, ...content }: PoolChange,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const pool = await lockPool(tx, id);
    await demandVersion(tx, `promo-code-pool:${id}`, pool, version);
    const problems = new InputProblems();
    const after = { ...checkPool(pool.kind, content, problems), promotion_id: promotionId };
    problems.refuseAny();
    if ((await brandOf(tx, promotionId)) !== pool.brand_id)
      throw invalid('promotionId', 'UNKNOWN', 'is no promotion of this brand');
    await writePool(tx, pool, after, 'promo-codes.pool-changed');
  });
}

/** None of its codes works while it is put away. @throws VersionConflict @throws InvalidInput */
export async function archivePool(
  ctx: Context,
  { id, version, archived }: { id: string; version: number; archived: boolean },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const pool = await lockPool(tx, id);
    await demandVersion(tx, `promo-code-pool:${id}`, pool, version);
    if ((pool.archived_at !== null) === archived) return;
    const after = { archived_at: archived ? tx.clock.now() : null };
    await writePool(tx, pool, after, archived ? 'promo-codes.pool-archived' : 'promo-codes.pool-restored');
  });
}

async function writePool(tx: Context, pool: PoolRow, after: Partial<PoolRow>, action: string): Promise<void> {
  const changed = await auditChange(tx, {
    action,
    subject: `promo-code-pool:${pool.id}`,
    before: pool,
    after,
  });
  if (!changed) return;
  await tx.sql
    .updateTable('promo_code_pool')
    .set({ ...after, version: pool.version + 1 })
    .where('id', '=', pool.id)
    .execute();
}

/** @throws InvalidInput UNKNOWN for none, or that of a brand the caller does not write */
async function brandOf(tx: Context, promotionId: string): Promise<string> {
  const promotion = await tx.sql
    .selectFrom('promotion')
    .select('brand_id')
    .where('id', '=', promotionId)
    .executeTakeFirst();
  if (promotion === undefined || !writesBrand(tx, promotion.brand_id))
    throw invalid('promotionId', 'UNKNOWN', 'there is no such promotion');
  return promotion.brand_id;
}

async function zoneOf(tx: Context, brandId: string): Promise<string> {
  const store = await tx.sql
    .selectFrom('store')
    .select('time_zone')
    .where('brand_id', '=', brandId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return store?.time_zone ?? 'Europe/Moscow';
}
