import { wallTime } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InvalidInput, RequestError } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { endSessions } from './end-sessions.ts';
import { hashPassword, passwordMatches, passwordProblem } from './password.ts';
import { SignInRefused } from './sessions.errors.ts';
import { accountKey, clearAttempts, takeAttempt } from './sign-in-guard.ts';

interface Owner {
  name: string;
  email: string | null;
  passwordHash: string | null;
}

/**
 * That it is really the owner at the keyboard; guesses count as those at the sign-in do.
 * @throws SignInRefused
 */
export async function checkOwnPassword(ctx: Context, staffId: string, password: string): Promise<Owner> {
  const owner = await ownerOf(ctx, staffId);
  const key = accountKey(ctx, owner.email ?? staffId);
  const attempt = await takeAttempt(ctx, key);
  if (!attempt.open) throw new SignInRefused(attempt.lockedUntil);
  if (!(await passwordMatches(ctx.vault, staffId, password, owner.passwordHash))) {
    await audit(ctx, { action: 'staff.password-refused', subject: `staff:${staffId}` });
    throw new SignInRefused(attempt.lockedUntil);
  }
  await clearAttempts(ctx, key);
  return owner;
}

/** A new password by its owner; every other session ends. @throws SignInRefused @throws InvalidInput */
export async function changePassword(
  ctx: Context,
  input: { current: string; password: string },
): Promise<boolean> {
  const { session } = ctx.actor;
  if (session?.state !== 'OPEN') throw new RequestError('FORBIDDEN', 'Only a person has a password.');
  const owner = await checkOwnPassword(ctx, session.staffId, input.current);
  refuseWeak(input.password, owner);
  await inTransaction(ctx, async (tx) => {
    await writePassword(tx, session.staffId, input.password);
    await endSessions(tx, session.staffId, { except: session.id });
    await audit(tx, { action: 'staff.password-changed', subject: `staff:${session.staffId}` });
  });
  return true;
}

/** @throws InvalidInput for a password that is too short or too easy to guess */
export function refuseWeak(password: string, owner: { name: string; email: string | null }): void {
  const problem = passwordProblem(password, owner);
  if (problem !== null) throw new InvalidInput([{ path: ['password'], ...problem }]);
}

export async function writePassword(tx: Context, staffId: string, password: string): Promise<void> {
  const hash = await hashPassword(tx.vault, staffId, password);
  await tx.sql.updateTable('staff').set({ password_hash: hash }).where('id', '=', staffId).execute();
}

export async function ownerOf(ctx: Pick<Context, 'sql'>, staffId: string): Promise<Owner> {
  return ctx.sql
    .selectFrom('staff')
    .select(['name', 'email', 'password_hash as passwordHash'])
    .where('id', '=', staffId)
    .executeTakeFirstOrThrow();
}

/** Links and sessions live by the wall's clock. */
export function inHours(ctx: Pick<Context, 'clock'>, hours: number): Date {
  return new Date(wallTime(ctx.clock).getTime() + hours * 3_600_000);
}
