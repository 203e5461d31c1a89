import { mayWriteAs } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { RefusedInSql } from '../../platform/database/call-function.ts';
import { idempotently } from '../../platform/database/idempotent.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, RequestError } from '../../platform/errors.ts';

export interface RecordBatch {
  readonly operation: 'recordOrders' | 'recordReturns';
  /** The field the records stand in. */
  readonly field: 'orders' | 'returns';
  readonly source: string;
  readonly requestId: string | null | undefined;
  readonly records: readonly { readonly lines: readonly unknown[] }[];
}

const MOST_RECORDS = 1_000;
const MOST_LINES = 20_000;
const MOST_TRIES = 5;

/** @throws InvalidInput for the call as a whole: too much, or a source that is not the caller's */
export function checkBatch(ctx: Context, { field, source, requestId, records }: RecordBatch): void {
  if (source.trim() === '') throw invalid('source', 'REQUIRED', 'names the system that writes');
  if (!mayWriteAs(ctx.actor, source)) throw invalid('source', 'UNKNOWN', 'is not a source of this caller');
  if (requestId !== null && requestId !== undefined && (requestId === '' || requestId.length > 200)) {
    throw invalid('requestId', 'RANGE', 'has 1 to 200 characters');
  }
  if (records.length > MOST_RECORDS) throw invalid(field, 'TOO_MANY', `at most ${MOST_RECORDS} a call`);
  const lines = records.reduce((sum, record) => sum + record.lines.length, 0);
  if (lines > MOST_LINES) throw invalid(field, 'TOO_MANY', `at most ${MOST_LINES} lines a call`);
}

/**
 * Writes a batch in one transaction, once per requestId where there is one. Where something was changed by somebody
 * else between reading and writing, it is judged again from the start.
 * @param contentHash of what was understood, so that spelling does not matter
 * @throws IdempotencyConflict @throws RequestError BUSY
 */
export async function writeBatch<Reply>(
  ctx: Context,
  { operation, source, requestId }: RecordBatch,
  contentHash: string,
  work: (tx: Context) => Promise<Reply>,
): Promise<Reply> {
  for (let tries = 1; ; tries += 1) {
    try {
      if (!requestId) return await inTransaction(ctx, work);
      const scope = ctx.actor.till === null ? `source:${source}` : ctx.actor.client;
      return await idempotently(ctx, { scope, operation, requestId, contentHash }, work);
    } catch (error) {
      if (!(error instanceof RefusedInSql) || !OVERTAKEN.has(error.code)) throw error;
      if (tries === MOST_TRIES)
        throw new RequestError('BUSY', 'These records keep changing; try again.', 300);
    }
  }
}

const OVERTAKEN: ReadonlySet<string> = new Set(['RecordsChanged', 'ReceiptTaken', 'ReturnTaken']);
