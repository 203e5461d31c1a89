import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { writeEvent } from '../../../platform/outbox/write-event.ts';
import { PoolEmpty } from '../codes.errors.ts';
import { endOfCode } from '../desk/code-dates.ts';
import type { PoolRow } from '../pools/lock-pool.ts';
import { makeCodes } from '../batches/make-codes.ts';

export interface IssueCode {
  poolId: string;
  profileId: string;
  /** One code is issued for it, however often it is asked for; what it means is the caller's. */
  dedupeKey: string;
  /** Counted from `at`; the pool's own where null. */
  validDays?: number | null;
  /** Why, for staff and the shopper's history. */
  reason?: string | null;
  /** The purchase it is given for. */
  orderId?: string | null;
  /** Now where absent. */
  at?: Date;
}

export interface IssuedCode {
  id: string;
  code: string;
  expiresAt: Date | null;
  /** It had been issued for this key before. */
  before: boolean;
}

const TRIES = 10;

/**
 * Gives a shopper a code of their own: one that waits in the pool, else a fresh one by its pattern. For other rooms;
 * staff have `issuePromoCode`.
 * @throws PoolEmpty @throws InvalidInput for a pool that is none, is put away, or holds words for everybody
 */
export async function issueCode(ctx: Context, input: IssueCode): Promise<IssuedCode> {
  return inTransaction(ctx, async (tx) => {
    const pool = await tx.sql
      .selectFrom('promo_code_pool')
      .selectAll()
      .where('id', '=', input.poolId)
      .executeTakeFirst();
    if (pool === undefined) throw invalid('poolId', 'UNKNOWN', 'there is no such pool');
    await sql`select pg_advisory_xact_lock(hashtextextended(${`promo-code:${pool.id}:${input.dedupeKey}`}, 0))`.execute(
      tx.sql,
    );
    const before = await issuedBefore(tx, pool.id, input.dedupeKey);
    if (before !== null) return before;
    if (pool.archived_at !== null) throw invalid('poolId', 'MISMATCH', 'is put away');
    if (pool.kind === 'GENERIC') throw invalid('poolId', 'MISMATCH', 'holds words for everybody');
    return giveTo(tx, pool, input);
  });
}

async function issuedBefore(tx: Context, poolId: string, dedupeKey: string): Promise<IssuedCode | null> {
  const row = await tx.sql
    .selectFrom('promo_code')
    .select(['id', 'code', 'expires_at as expiresAt'])
    .where('pool_id', '=', poolId)
    .where('dedupe_key', '=', dedupeKey)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, before: true };
}

async function giveTo(tx: Context, pool: PoolRow, input: IssueCode): Promise<IssuedCode> {
  const at = input.at ?? tx.clock.now();
  const expiresAt = endOfCode(pool, at, input.validDays ?? null);
  const given = {
    state: 'ISSUED' as const,
    profile_id: input.profileId,
    issued_at: at,
    reason: input.reason ?? null,
    dedupe_key: input.dedupeKey,
    given_for_order_id: input.orderId ?? null,
  };
  const { id, code, ends } =
    (await takeWaiting(tx, pool, given, expiresAt)) ?? (await makeOne(tx, pool, given, expiresAt));
  await writeEvent(tx, {
    kind: 'code.issued',
    profileId: input.profileId,
    payload: {
      codeId: id,
      poolId: pool.id,
      promotionId: pool.promotion_id,
      orderId: input.orderId ?? null,
      expiresAt: ends?.toISOString() ?? null,
    },
  });
  return { id, code, expiresAt: ends, before: false };
}

interface Given {
  state: 'ISSUED';
  profile_id: string;
  issued_at: Date;
  reason: string | null;
  dedupe_key: string;
  given_for_order_id: string | null;
}

interface Taken {
  id: string;
  code: string;
  ends: Date | null;
}

/** Those who issue at the same moment take different ones. */
async function takeWaiting(
  tx: Context,
  pool: PoolRow,
  given: Given,
  end: Date | null,
): Promise<Taken | undefined> {
  return (
    tx.sql
      .updateTable('promo_code')
      // A file may have told when this one ends.
      .set((eb) => ({ ...given, expires_at: eb.fn.coalesce('expires_at', eb.val(end)) }))
      .where('id', '=', (eb) =>
        eb
          .selectFrom('promo_code as waiting')
          .select('waiting.id')
          .where('waiting.pool_id', '=', pool.id)
          .where('waiting.state', '=', 'FREE')
          .where((or) =>
            or.or([or('waiting.expires_at', 'is', null), or('waiting.expires_at', '>', tx.clock.now())]),
          )
          .orderBy('waiting.id')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['id', 'code', 'expires_at as ends'])
      .executeTakeFirst()
  );
}

async function makeOne(tx: Context, pool: PoolRow, given: Given, end: Date | null): Promise<Taken> {
  if (pool.pattern === null) throw new PoolEmpty(pool.name);
  const format = { pattern: pool.pattern, alphabet: pool.alphabet };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [fresh] = makeCodes(format, 1);
    if (fresh === undefined) break;
    const row = await tx.sql
      .insertInto('promo_code')
      .values({
        ...given,
        ...fresh,
        id: newId(),
        pool_id: pool.id,
        brand_id: pool.brand_id,
        expires_at: end,
        created_at: tx.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(['brand_id', 'key']).doNothing())
      .returning(['id', 'code', 'expires_at as ends'])
      .executeTakeFirst();
    if (row !== undefined) return row;
  }
  // Nearly every code of the pattern is taken: a guess would hit.
  throw new PoolEmpty(pool.name);
}
