import { isSafeToGuess, LARGEST_BATCH, mostCodes, type CodeFormat } from '@clientele/shared/promo-codes';
import { audit } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { startTask, type Report, type TaskKind } from '../../../platform/tasks/index.ts';
import { insertCodes } from './insert-codes.ts';
import { usablePool, type PoolRow } from '../pools/lock-pool.ts';
import { makeCodes } from './make-codes.ts';
import { authorOf } from '../pools/save-pool.ts';

const KIND = 'promo-codes.generate';
const PORTION = 10_000;

/**
 * New codes for a pool, in the background.
 * @returns the id of the task, which is that of the batch
 * @throws InvalidInput a count out of bounds, a pool without a pattern, codes that could be guessed
 */
export async function startGeneration(
  ctx: Context,
  { poolId, count }: { poolId: string; count: number },
): Promise<string> {
  const pool = await usablePool(ctx, poolId);
  if (!Number.isSafeInteger(count) || count < 1 || count > LARGEST_BATCH)
    throw invalid('count', 'RANGE', `is a number from 1 to ${LARGEST_BATCH}`);
  await demandRoom(ctx, pool, count);
  return inTransaction(ctx, async (tx) => {
    const id = await startTask(tx, { kind: KIND, facts: { poolId, count } });
    await audit(tx, {
      action: 'promo-codes.generated',
      subject: `promo-code-pool:${poolId}`,
      facts: { taskId: id, count },
    });
    return id;
  });
}

/** @throws InvalidInput RANGE where a guess would hit too easily */
export async function demandRoom(ctx: Context, pool: PoolRow, count: number): Promise<CodeFormat> {
  if (pool.kind === 'GENERIC' || pool.pattern === null)
    throw invalid('poolId', 'MISMATCH', 'has no pattern to make codes by');
  const format = { pattern: pool.pattern, alphabet: pool.alphabet };
  const { codes } = await ctx.sql
    .selectFrom('promo_code')
    .select((eb) => eb.fn.countAll<string>().as('codes'))
    .where('pool_id', '=', pool.id)
    .executeTakeFirstOrThrow();
  if (!isSafeToGuess(format, Number(codes) + count))
    throw invalid('count', 'RANGE', `the pattern is safe for ${mostCodes(format)} codes in all`);
  return format;
}

/**
 * All codes of the batch come in one transaction: whoever stops it half way finds none, and a run that was cut off
 * begins anew.
 */
export const generateCodesTask: TaskKind = {
  kind: KIND,
  scope: 'offers.read',
  run: async (ctx, facts, report, signal, { id }) => {
    const { poolId, count } = facts as { poolId: string; count: number };
    await fillPool(ctx, { poolId, count, batchId: id }, report, signal);
    return { result: { codes: count, poolId } };
  },
};

/**
 * Makes new codes here and now, all of them or none; a batch that is there already is left alone.
 * @throws InvalidInput
 */
export async function fillPool(
  ctx: Context,
  { poolId, count, batchId = newId() }: { poolId: string; count: number; batchId?: string },
  report: Report = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    if (await hasBatch(tx, batchId)) return;
    const pool = await usablePool(tx, poolId);
    const format = await demandRoom(tx, pool, count);
    await tx.sql
      .insertInto('promo_code_batch')
      .values({
        id: batchId,
        pool_id: poolId,
        kind: 'GENERATED',
        codes: count,
        created_by: authorOf(tx),
        created_at: tx.clock.now(),
      })
      .execute();
    await makeBatch(tx, { pool, format, batchId, count }, report, signal);
  });
}

/** Whether a run before this one got to its end. */
export async function hasBatch(tx: Context, id: string): Promise<boolean> {
  const batch = await tx.sql
    .selectFrom('promo_code_batch')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  return batch !== undefined;
}

async function makeBatch(
  tx: Context,
  { pool, format, batchId, count }: { pool: PoolRow; format: CodeFormat; batchId: string; count: number },
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  let made = 0;
  while (made < count) {
    signal.throwIfAborted();
    const codes = makeCodes(format, Math.min(PORTION, count - made));
    made += (await insertCodes(tx, pool, { batchId, codes, issued: false })).size;
    report(made, count);
  }
  signal.throwIfAborted();
}
