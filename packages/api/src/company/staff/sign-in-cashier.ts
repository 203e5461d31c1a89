import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, RequestError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';
import type { ActorTill } from '../callers/actor.ts';
import { newToken } from '../callers/tokens.ts';
import { cashiersOf, type Cashier } from './cashiers.ts';
import { checkPin } from './check-pin.ts';
import { isPin } from './pin.ts';

const SESSION_MS = 12 * 3_600_000;

/** Trying a PIN against more people than this takes too long. */
const MOST_WITHOUT_NAME = 20;

export interface SignInCashier {
  /** Absent: whoever of the store has this PIN. */
  cashierId: string | null;
  pin: string;
}

export interface CashierSignedIn {
  __typename: 'CashierSignedIn';
  token: string;
  expiresAt: Date;
  cashierId: string;
}

/** Opens a cashier's session of twelve hours on the caller's till. @throws WrongPin @throws InvalidInput */
export async function signInCashier(ctx: Context, input: SignInCashier): Promise<CashierSignedIn> {
  const { till } = ctx.actor;
  if (till === null || till.kind === 'KIOSK')
    throw new RequestError('FORBIDDEN', 'Cashiers sign in at a till.');
  if (!isPin(input.pin)) throw invalid('pin', 'FORMAT', 'is four to eight digits');
  const candidates = await candidatesAt(ctx, till, input.cashierId);
  const cashierId = await checkPin(ctx, {
    candidates: candidates.map(({ id, pinHash }) => ({ staffId: id, pinHash })),
    guarded: input.cashierId ?? till.id,
    tillId: till.id,
    pin: input.pin,
  });
  return openSession(ctx, till, cashierId);
}

async function candidatesAt(ctx: Context, till: ActorTill, cashierId: string | null): Promise<Cashier[]> {
  const cashiers = await cashiersOf(ctx, till.storeId);
  if (cashierId === null) {
    if (cashiers.length > MOST_WITHOUT_NAME) throw invalid('cashierId', 'REQUIRED', 'say who signs in');
    return cashiers;
  }
  const named = cashiers.filter(({ id }) => id === cashierId);
  if (named.length === 0) throw invalid('cashierId', 'UNKNOWN', 'nobody of this store');
  return named;
}

async function openSession(ctx: Context, till: ActorTill, cashierId: string): Promise<CashierSignedIn> {
  const { token, hash } = newToken('cashier');
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + SESSION_MS);
  await inTransaction(ctx, async (tx) => {
    await tx.sql
      .insertInto('cashier_session')
      .values({
        id: newId(),
        token_hash: hash,
        staff_id: cashierId,
        till_id: till.id,
        created_at: now,
        expires_at: expiresAt,
        ended_at: null,
      })
      .execute();
    await audit(tx, { action: 'cashier.signed-in', subject: `staff:${cashierId}` });
  });
  return { __typename: 'CashierSignedIn', token, expiresAt, cashierId };
}

/** Ends the sessions of this cashier on this till. @returns whether one was open */
export async function signOutCashier(ctx: Context): Promise<boolean> {
  const { till, cashierId } = ctx.actor;
  if (till === null || cashierId === null) return false;
  const { numUpdatedRows } = await ctx.sql
    .updateTable('cashier_session')
    .set({ ended_at: ctx.clock.now() })
    .where('till_id', '=', till.id)
    .where('staff_id', '=', cashierId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
