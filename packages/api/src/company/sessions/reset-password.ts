import * as z from 'zod';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { EventHandler } from '../../platform/outbox/handlers.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { audit } from '../audit.ts';
import { spendUsage } from '../limits/spend-usage.ts';
import { endSessions } from './end-sessions.ts';
import { refuseWeak, writePassword } from './own-password.ts';
import { LinkRefused } from './sessions.errors.ts';
import { emailOf } from './sign-in.ts';
import { accountKey, clearAttempts } from './sign-in-guard.ts';
import { createLink, linkOwner, sendLink, takeLink, type LinkOwner } from './staff-links.ts';

export const RESET_REQUESTED = 'password-reset.requested';

const HOUR = 3_600;
const PER_ACCOUNT = 3;
const PER_ADDRESS = 10;

export interface PasswordResetRequested {
  /** False: no letter can be sent here; an administrator at the command line helps. */
  mailConnected: boolean;
}

/**
 * A letter with a link, if somebody has that e-mail: the answer and the work are the same if not. Three an hour for an
 * e-mail, ten from an address; more are not sent, and not told.
 */
export async function requestPasswordReset(
  ctx: Context,
  input: { email: string },
): Promise<PasswordResetRequested> {
  const mailConnected = ctx.mailConnected ?? false;
  if (!mailConnected) return { mailConnected };
  const email = emailOf(input.email).slice(0, 320);
  const spent = await spendUsage(ctx, [
    { key: `reset:${accountKey(ctx, email)}`, seconds: HOUR, max: PER_ACCOUNT },
    { key: `reset:address:${ctx.actor.address}`, seconds: HOUR, max: PER_ADDRESS },
  ]);
  if (spent === null)
    await writeEvent(ctx, {
      kind: RESET_REQUESTED,
      profileId: null,
      payload: { sealedEmail: ctx.vault.seal(email) },
    });
  return { mailConnected };
}

const Requested = z.object({ sealedEmail: z.string() });

export const passwordResetHandler: EventHandler = {
  name: 'company: send a link for a new password',
  handle: async (tx, { payload }) => {
    const email = tx.vault.open(Requested.parse(payload).sealedEmail);
    const staff = await tx.sql
      .selectFrom('staff')
      .select(['id', 'name', 'language'])
      .where('email', '=', email)
      .where('status', '=', 'ACTIVE')
      .executeTakeFirst();
    if (staff === undefined) return;
    const path = await createLink(tx, staff.id, 'RESET');
    await sendLink(tx, { ...staff, email }, { kind: 'RESET', path });
    await audit(tx, { action: 'staff.reset-requested', subject: `staff:${staff.id}` });
  },
};

/** What the page of a letter's link shows first; null: it opens nothing. */
export async function readLink(ctx: Context, token: string): Promise<LinkOwner | null> {
  return linkOwner(ctx, token);
}

/**
 * A password by the link of a letter, once; every session of its owner ends, and wrong guesses are forgotten. The second
 * factor stays what it was.
 * @throws LinkRefused @throws InvalidInput
 */
export async function setPasswordByLink(
  ctx: Context,
  input: { token: string; password: string },
): Promise<LinkOwner> {
  const owner = await linkOwner(ctx, input.token);
  if (owner === null) throw new LinkRefused();
  refuseWeak(input.password, owner);
  const { staffId, email } = owner;
  await inTransaction(ctx, async (tx) => {
    if (!(await takeLink(tx, owner.linkId))) throw new LinkRefused();
    await writePassword(tx, staffId, input.password);
    await endSessions(tx, staffId);
    if (email !== null) await clearAttempts(tx, accountKey(tx, email));
    const action = owner.kind === 'RESET' ? 'staff.password-reset' : 'staff.invitation-accepted';
    await audit(tx, { action, subject: `staff:${staffId}` });
  });
  return owner;
}
