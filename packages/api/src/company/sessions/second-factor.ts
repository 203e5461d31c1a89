import { wallTime } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { RequestError } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { forgetCallers } from '../callers/authenticate.ts';
import type { ActorSession } from '../callers/actor.ts';
import { endSessions } from './end-sessions.ts';
import { finishSession, type OpenedSession } from './open-session.ts';
import { checkOwnPassword } from './own-password.ts';
import { WrongSecondFactor } from './sessions.errors.ts';
import { clearAttempts, codeKey, takeAttempt } from './sign-in-guard.ts';
import { newRecoveryCodes, newSecret, plainRecoveryCode, secretUri, stepOfCode } from './totp.ts';

export interface SecondFactorOffered {
  /** `otpauth://…`, for a QR code. */
  uri: string;
  /** The same, to be typed. */
  secret: string;
}

export interface SecondFactorSet {
  session: OpenedSession;
  /** Shown here only. */
  recoveryCodes: string[];
}

/**
 * A new secret for an authenticator app; it counts once `finishSecondFactorSetUp` got a code of it. Whoever is signed
 * in already shows the password again.
 * @throws SignInRefused @throws RequestError UNAUTHENTICATED without a session, FORBIDDEN while another factor is asked for
 */
export async function setUpSecondFactor(
  ctx: Context,
  input: { password: string | null },
): Promise<SecondFactorOffered> {
  const session = ownSession(ctx);
  if (session.state === 'SECOND_FACTOR') throw mayNot();
  if (session.state === 'OPEN') await checkOwnPassword(ctx, session.staffId, input.password ?? '');
  const secret = newSecret();
  const { email } = await ctx.sql
    .selectFrom('staff')
    .select('email')
    .where('id', '=', session.staffId)
    .executeTakeFirstOrThrow();
  const offered = { sealed_pending: ctx.vault.seal(secret) };
  const { numInsertedOrUpdatedRows } = await ctx.sql
    .insertInto('second_factor')
    .values({ staff_id: session.staffId, sealed_secret: null, confirmed_at: null, last_step: 0, ...offered })
    .onConflict((conflict) => {
      const renewed = conflict.column('staff_id').doUpdateSet(offered);
      // Who has one already needs it to get in: a password alone does not replace it.
      return session.state === 'OPEN' ? renewed : renewed.where('second_factor.confirmed_at', 'is', null);
    })
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) throw mayNot();
  return { secret, uri: secretUri(secret, email ?? '') };
}

/**
 * The app shows the right code, so its secret counts from now on; older recovery codes no more. Other sessions of this
 * person end.
 * @throws WrongSecondFactor @throws RequestError UNAUTHENTICATED, FORBIDDEN
 */
export async function finishSecondFactorSetUp(
  ctx: Context,
  input: { code: string },
): Promise<SecondFactorSet> {
  const session = ownSession(ctx);
  if (session.state === 'SECOND_FACTOR') throw mayNot();
  const { staffId } = session;
  return attemptCode(ctx, session, async (tx) => {
    const factor = await tx.sql
      .selectFrom('second_factor')
      .select(['sealed_pending', 'confirmed_at'])
      .where('staff_id', '=', staffId)
      .forUpdate()
      .executeTakeFirst();
    if (session.state === 'SET_UP' && factor?.confirmed_at) throw mayNot();
    const pending = factor?.sealed_pending ?? null;
    const now = wallTime(ctx.clock);
    const step = pending === null ? null : stepOfCode(ctx.vault.open(pending), input.code, now);
    if (step === null) return null;
    await tx.sql
      .updateTable('second_factor')
      .set({ sealed_secret: pending, sealed_pending: null, confirmed_at: now, last_step: step })
      .where('staff_id', '=', staffId)
      .execute();
    const recoveryCodes = await renewRecoveryCodes(tx, staffId);
    await audit(tx, { action: 'staff.second-factor-set', subject: `staff:${staffId}` });
    await endSessions(tx, staffId, { except: session.id });
    return { session: await finishSession(tx, session), recoveryCodes };
  });
}

/**
 * The second step of signing in: a code of the app, or a recovery code; each works once.
 * @throws WrongSecondFactor @throws RequestError UNAUTHENTICATED
 */
export async function confirmSecondFactor(ctx: Context, input: { code: string }): Promise<OpenedSession> {
  const session = ownSession(ctx);
  if (session.state !== 'SECOND_FACTOR') throw mayNot();
  const { staffId } = session;
  return attemptCode(ctx, session, async (tx) => {
    const by =
      (await takeAppCode(tx, staffId, input.code)) ?? (await takeRecoveryCode(tx, staffId, input.code));
    if (by === null) return null;
    const facts = { by, sessionId: session.id, address: ctx.actor.address };
    await audit(tx, { action: 'staff.signed-in', subject: `staff:${staffId}`, facts });
    return finishSession(tx, session);
  });
}

/** Somebody lost telephone and recovery codes: the next sign-in sets it up anew. In the caller's transaction. */
export async function removeSecondFactor(ctx: Context, staffId: string): Promise<void> {
  await ctx.sql.deleteFrom('second_factor').where('staff_id', '=', staffId).execute();
  await ctx.sql.deleteFrom('recovery_code').where('staff_id', '=', staffId).execute();
}

function ownSession({ actor }: Context): ActorSession {
  if (actor.session === undefined) throw new RequestError('UNAUTHENTICATED', 'Sign in first.');
  return actor.session;
}

function mayNot(): RequestError {
  return new RequestError('FORBIDDEN', 'This session is at another step.');
}

async function attemptCode<Result extends { token: string } | SecondFactorSet>(
  ctx: Context,
  { staffId }: ActorSession,
  take: (tx: Context) => Promise<Result | null>,
): Promise<Result> {
  const key = codeKey(staffId);
  const attempt = await takeAttempt(ctx, key);
  if (!attempt.open) throw new WrongSecondFactor(0, attempt.lockedUntil);
  const before = await ctx.sql
    .selectFrom('staff_session')
    .select('token_hash')
    .where('staff_id', '=', staffId)
    .execute();
  const result = await inTransaction(ctx, take);
  if (result === null) {
    const action = attempt.lockedUntil === null ? 'staff.code-refused' : 'staff.code-locked';
    await audit(ctx, { action, subject: `staff:${staffId}`, facts: { address: ctx.actor.address } });
    throw new WrongSecondFactor(attempt.attemptsLeft, attempt.lockedUntil);
  }
  await clearAttempts(ctx, key);
  forgetCallers(
    ctx,
    before.map(({ token_hash: hash }) => hash),
  );
  return result;
}

/** Two sessions with one code: the later step wins, the same step never. */
async function takeAppCode(tx: Context, staffId: string, code: string): Promise<'APP' | null> {
  const factor = await tx.sql
    .selectFrom('second_factor')
    .select(['sealed_secret', 'last_step'])
    .where('staff_id', '=', staffId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  if (!factor?.sealed_secret) return null;
  const step = stepOfCode(tx.vault.open(factor.sealed_secret), code.trim(), wallTime(tx.clock));
  if (step === null) return null;
  const { numUpdatedRows } = await tx.sql
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('staff_id', '=', staffId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? 'APP' : null;
}

async function takeRecoveryCode(tx: Context, staffId: string, code: string): Promise<'RECOVERY_CODE' | null> {
  const plain = plainRecoveryCode(code);
  if (plain === null) return null;
  const { numUpdatedRows } = await tx.sql
    .updateTable('recovery_code')
    .set({ used_at: wallTime(tx.clock) })
    .where('staff_id', '=', staffId)
    .where('code_index', '=', recoveryIndex(tx, staffId, plain))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? 'RECOVERY_CODE' : null;
}

async function renewRecoveryCodes(tx: Context, staffId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.sql.deleteFrom('recovery_code').where('staff_id', '=', staffId).execute();
  const rows = codes.map((code) => ({
    staff_id: staffId,
    code_index: recoveryIndex(tx, staffId, plainRecoveryCode(code) ?? ''),
    used_at: null,
  }));
  await tx.sql.insertInto('recovery_code').values(rows).execute();
  return codes;
}

function recoveryIndex({ vault }: Context, staffId: string, plain: string): string {
  return vault.index(`recovery code:${staffId}`, plain);
}
