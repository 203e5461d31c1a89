import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { IdempotencyConflict } from '../errors.ts';
import { RefusedInSql, translateDatabaseError } from './call-function.ts';
import { inTransaction } from './in-transaction.ts';

export interface RequestKey {
  /** `till:<id>` or `source:<name>`: keys of two callers never meet. */
  scope: string;
  operation: string;
  requestId: string;
  contentHash: string;
}

/** Of content after parsing and normalising: the order of an object's fields does not matter. */
export function hashContent(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content, sortKeys)).digest('base64url');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Date)
    return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Does the work once per key: a repeat gets the stored reply, other content under the same key is refused, a refusal
 * (anything thrown) leaves the key free.
 * @throws IdempotencyConflict
 */
export async function idempotently<C extends Context, Reply>(
  ctx: C,
  key: RequestKey,
  work: (tx: C) => Promise<Reply>,
): Promise<Reply> {
  return inTransaction(ctx, async (tx) => {
    const claimed = await sql<{ reply: Reply | null }>`
      select public.claim_request(${key.scope}, ${key.requestId}, ${key.operation}, ${key.contentHash}, ${ctx.clock.now()}) as reply`
      .execute(tx.sql)
      .catch(refuseConflict);
    const known = claimed.rows[0]?.reply;
    if (known !== null && known !== undefined) return known;
    const reply = await work(tx);
    await sql`select public.keep_reply(${key.scope}, ${key.requestId}, ${JSON.stringify(reply)}::jsonb)`.execute(
      tx.sql,
    );
    return reply;
  });
}

function refuseConflict(error: unknown): never {
  const translated = translateDatabaseError(error);
  if (translated instanceof RefusedInSql && translated.code === 'IdempotencyConflict')
    throw new IdempotencyConflict();
  throw translated;
}
