import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { audit } from '../audit.ts';
import { createLink, sendLink } from './staff-links.ts';

export interface StaffInvited {
  /** A letter is on its way. */
  sent: boolean;
  /** To be handed over where no letter can be sent: a path of this server. */
  path: string | null;
}

/**
 * Invites somebody who has an e-mail and no password yet; an earlier invitation opens nothing any more. Asked for by
 * whoever may manage staff.
 * @throws InvalidInput
 */
export async function inviteStaff(ctx: Context, input: { staffId: string }): Promise<StaffInvited> {
  const staff = await ctx.sql
    .selectFrom('staff')
    .select(['id', 'name', 'email', 'language', 'password_hash'])
    .where('id', '=', input.staffId)
    .where('status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (staff === undefined) throw invalid('staffId', 'UNKNOWN', 'nobody who works here');
  const { email, password_hash: joined } = staff;
  if (email === null) throw invalid('staffId', 'REQUIRED', 'has no e-mail to be invited by');
  if (joined !== null) throw invalid('staffId', 'MISMATCH', 'has a password already');
  const sent = ctx.mailConnected ?? false;
  const path = await inTransaction(ctx, async (tx) => {
    const made = await createLink(tx, staff.id, 'INVITATION');
    if (sent) await sendLink(tx, { ...staff, email }, { kind: 'INVITATION', path: made });
    await audit(tx, { action: 'staff.invited', subject: `staff:${staff.id}`, facts: { sent } });
    return made;
  });
  return { sent, path: sent ? null : path };
}
