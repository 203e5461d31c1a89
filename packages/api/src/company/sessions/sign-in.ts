import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { audit } from '../audit.ts';
import { returnUsage, spendUsage, type UsageLimit } from '../limits/spend-usage.ts';
import { deviceOf } from './device.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { hashPassword, isOutdated, passwordMatches } from './password.ts';
import { stateAfterPassword } from './session-life.ts';
import { SignInRefused } from './sessions.errors.ts';
import { accountKey, clearAttempts, takeAttempt, type Attempt } from './sign-in-guard.ts';

export interface SignIn {
  email: string;
  password: string;
  userAgent: string;
}

interface Account {
  id: string;
  passwordHash: string | null;
  hasSecondFactor: boolean;
}

const ADDRESS_WINDOW = { seconds: 3_600, max: 30 };
/** Whose password is compared where nobody has that e-mail. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * A password for a session, open or waiting for the second factor. An unknown e-mail and a wrong password are answered
 * alike, after the same work and under the same limits: five wrong for an e-mail, then five minutes; thirty an hour
 * from one address.
 * @throws SignInRefused
 */
export async function signIn(ctx: Context, input: SignIn): Promise<OpenedSession> {
  const email = emailOf(input.email);
  const fromHere = addressLimit(ctx);
  const waits = await spendUsage(ctx, [fromHere]);
  if (waits !== null) throw new SignInRefused(waits);
  const key = accountKey(ctx, email);
  const attempt = await takeAttempt(ctx, key);
  if (!attempt.open) throw new SignInRefused(attempt.lockedUntil);
  const account = await accountOf(ctx, email);
  const staffId = account?.id ?? NOBODY;
  const right = await passwordMatches(ctx.vault, staffId, input.password, account?.passwordHash ?? null);
  if (!right || account === null) return refuse(ctx, key, attempt);
  await clearAttempts(ctx, key);
  await returnUsage(ctx, fromHere);
  return admit(ctx, account, input);
}

/** Addresses of mail are compared as they are dialled: without spaces around, in small letters. */
export function emailOf(text: string): string {
  return text.trim().toLowerCase();
}

function addressLimit({ actor }: Context): UsageLimit {
  return { key: `sign-in:address:${actor.address}`, ...ADDRESS_WINDOW };
}

async function accountOf(ctx: Context, email: string): Promise<Account | null> {
  const row = await ctx.sql
    .selectFrom('staff')
    .leftJoin('second_factor', 'second_factor.staff_id', 'staff.id')
    .select(['staff.id', 'password_hash as passwordHash', 'confirmed_at as confirmedAt'])
    .where('email', '=', email)
    .where('status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, passwordHash: row.passwordHash, hasSecondFactor: row.confirmedAt !== null };
}

async function refuse(ctx: Context, key: string, attempt: Attempt): Promise<never> {
  const locked = attempt.lockedUntil !== null;
  await audit(ctx, {
    action: locked ? 'staff.sign-in-locked' : 'staff.sign-in-refused',
    subject: key,
    facts: { address: ctx.actor.address },
  });
  throw new SignInRefused(attempt.lockedUntil);
}

async function admit(ctx: Context, account: Account, input: SignIn): Promise<OpenedSession> {
  const { id } = account;
  const state = stateAfterPassword(ctx.mode, account.hasSecondFactor);
  const renewed =
    account.passwordHash !== null && isOutdated(account.passwordHash)
      ? await hashPassword(ctx.vault, id, input.password)
      : null;
  return inTransaction(ctx, async (tx) => {
    if (renewed !== null)
      await tx.sql.updateTable('staff').set({ password_hash: renewed }).where('id', '=', id).execute();
    const session = await openSession(tx, { staffId: id, state, device: deviceOf(input.userAgent) });
    const action = state === 'OPEN' ? 'staff.signed-in' : 'staff.password-given';
    const facts = { sessionId: session.id, address: ctx.actor.address };
    await audit(tx, { action, subject: `staff:${id}`, facts });
    return session;
  });
}
