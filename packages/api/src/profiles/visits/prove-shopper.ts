import { sql } from 'kysely';
import { audit, cashiersOf, checkPin, isPin } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { CodeExpired, WrongCode } from '../profiles.errors.ts';
import { codeMac, SIGN_IN } from './sign-in-code.ts';

interface Guess {
  outcome: 'MATCH' | 'WRONG' | 'EXPIRED';
  attemptsLeft: number;
}

/** Called outside a transaction: a wrong guess must stay counted. @throws WrongCode @throws CodeExpired */
export async function proveByCode(ctx: Context, challengeId: string, code: string): Promise<void> {
  const { client } = ctx.actor;
  const mac = codeMac(ctx.vault, { challengeId, client, code });
  const { rows } = await sql<{ guess: Guess }>`
    select public.try_code(${challengeId}, ${client}, ${SIGN_IN}, ${mac}, ${ctx.clock.now()}) as guess`.execute(
    ctx.sql,
  );
  const guess = rows[0]?.guess;
  if (guess === undefined || guess.outcome === 'EXPIRED') throw new CodeExpired();
  if (guess.outcome === 'WRONG') throw new WrongCode(guess.attemptsLeft);
}

/** The code did not come: a manager answers for the shopper. */
export interface CodeWaiver {
  /** null: an id that is nobody's. */
  managerId: string | null;
  managerPin: string;
  reason: string;
}

const LONGEST_REASON = 300;

/** Called outside a transaction. @throws WrongPin @throws InvalidInput */
export async function proveByWaiver(ctx: Context, challengeId: string, waiver: CodeWaiver): Promise<void> {
  const { till } = ctx.actor;
  if (till === null || ctx.actor.kind !== 'CASHIER')
    throw invalid('waiver', 'MISMATCH', 'only at a till with a cashier');
  const reason = waiver.reason.trim();
  if (reason === '') throw invalid('waiver.reason', 'REQUIRED', 'say why');
  if (reason.length > LONGEST_REASON)
    throw invalid('waiver.reason', 'RANGE', `is at most ${LONGEST_REASON} characters`);
  if (!isPin(waiver.managerPin)) throw invalid('waiver.managerPin', 'FORMAT', 'is four to eight digits');
  const manager = (await cashiersOf(ctx, till.storeId)).find(
    ({ id, canWaive }) => canWaive && id === waiver.managerId,
  );
  if (manager === undefined) throw invalid('waiver.managerId', 'UNKNOWN', 'nobody here who may do that');
  await checkPin(ctx, {
    candidates: [{ staffId: manager.id, pinHash: manager.pinHash }],
    guarded: manager.id,
    tillId: till.id,
    pin: waiver.managerPin,
  });
  await audit(ctx, {
    action: 'sign-in-code.waived',
    subject: `challenge:${challengeId}`,
    // People write names and phones into a reason: only the vault's owner reads it.
    facts: { managerId: manager.id, sealedReason: ctx.vault.seal(reason) },
  });
}
