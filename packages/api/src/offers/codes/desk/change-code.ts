import { audit } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { PromoCodeStateRefused } from '../codes.errors.ts';
import { readCode, stateOf, type CodeRecord } from './inspect-code.ts';
import { issueCode, type IssuedCode } from '../issue/issue-code.ts';
import { usablePool } from '../pools/lock-pool.ts';

export interface CodeChange {
  id: string;
  reason: string;
}

const LONGEST_REASON = 500;
const LAST_MOMENT = Date.parse('2100-01-01T00:00:00Z');

/** It works no more. @throws PromoCodeStateRefused used, promised to a purchase or cancelled already @throws InvalidInput */
export async function cancelCode(ctx: Context, { id, reason }: CodeChange): Promise<void> {
  checkReason(reason);
  await inTransaction(ctx, async (tx) => {
    const code = await lockCode(tx, id);
    demandState(tx, code, ['FREE', 'ISSUED', 'EXPIRED']);
    await cancel(tx, code);
    await note(tx, code, 'promo-codes.cancelled', { reason });
  });
}

/** It works until then, also when it had run out. @throws PromoCodeStateRefused @throws InvalidInput */
export async function extendCode(
  ctx: Context,
  { id, reason, expiresAt }: CodeChange & { expiresAt: Date },
): Promise<void> {
  checkReason(reason);
  if (expiresAt <= ctx.clock.now() || expiresAt.getTime() > LAST_MOMENT)
    throw invalid('expiresAt', 'RANGE', 'lies in the future, before the year 2100');
  await inTransaction(ctx, async (tx) => {
    const code = await lockCode(tx, id);
    demandState(tx, code, ['FREE', 'ISSUED', 'EXPIRED', 'HELD']);
    await tx.sql.updateTable('promo_code').set({ expires_at: expiresAt }).where('id', '=', id).execute();
    await note(tx, code, 'promo-codes.extended', {
      reason,
      before: { expiresAt: code.to },
      after: { expiresAt },
    });
  });
}

/**
 * A new code instead of a lost or spoilt one, for the same shopper and with the pool's days from now; the old one works
 * no more. A repeat gives the same new code.
 * @throws PromoCodeStateRefused @throws PoolEmpty @throws InvalidInput
 */
export async function reissueCode(ctx: Context, { id, reason }: CodeChange): Promise<IssuedCode> {
  checkReason(reason);
  return inTransaction(ctx, async (tx) => {
    const code = await lockCode(tx, id);
    const dedupeKey = `instead-of:${id}`;
    const known = await tx.sql
      .selectFrom('promo_code')
      .select(['id', 'code', 'expires_at as expiresAt'])
      .where('pool_id', '=', code.pool_id)
      .where('dedupe_key', '=', dedupeKey)
      .executeTakeFirst();
    if (known !== undefined) return { ...known, before: true };
    demandState(tx, code, ['ISSUED', 'EXPIRED']);
    if (code.profile_id === null) throw new PromoCodeStateRefused('FREE');
    const fresh = await issueCode(tx, {
      poolId: code.pool_id,
      profileId: code.profile_id,
      dedupeKey,
      reason,
      orderId: code.given_for_order_id,
    });
    await cancel(tx, code);
    await note(tx, code, 'promo-codes.reissued', { reason, insteadId: fresh.id });
    return fresh;
  });
}

function checkReason(reason: string): void {
  const problems = new InputProblems();
  problems.exact(reason, ['reason'], { max: LONGEST_REASON });
  problems.refuseAny();
}

async function lockCode(tx: Context, id: string): Promise<CodeRecord> {
  await tx.sql.selectFrom('promo_code').select('id').where('id', '=', id).forUpdate().execute();
  const code = await readCode(tx, id);
  if (code === null) throw invalid('id', 'UNKNOWN', 'there is no such code');
  await usablePool(tx, code.pool_id, 'id');
  return code;
}

/** @throws PromoCodeStateRefused */
function demandState(tx: Context, code: CodeRecord, allowed: readonly string[]): void {
  const state = stateOf(code, tx.clock.now());
  if (!allowed.includes(state)) throw new PromoCodeStateRefused(state);
}

async function cancel(tx: Context, { id }: CodeRecord): Promise<void> {
  await tx.sql
    .updateTable('promo_code')
    .set({ state: 'CANCELLED', cancelled_at: tx.clock.now(), held_order_id: null, held_until: null })
    .where('id', '=', id)
    .execute();
}

async function note(
  tx: Context,
  code: CodeRecord,
  action: string,
  facts: Record<string, unknown>,
): Promise<void> {
  await audit(tx, { action, subject: `promo-code:${code.id}`, facts: { poolId: code.pool_id, ...facts } });
}
