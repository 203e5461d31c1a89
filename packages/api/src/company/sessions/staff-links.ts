import { wallTime } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { hashToken, isToken, newToken } from '../callers/tokens.ts';
import { inHours } from './own-password.ts';

export type StaffLinkKind = 'INVITATION' | 'RESET';

const HOURS: Record<StaffLinkKind, number> = { INVITATION: 7 * 24, RESET: 1 };
const PAGE: Record<StaffLinkKind, string> = { INVITATION: 'invitation', RESET: 'reset' };

/** Told to the messaging room; address and link are sealed. */
export const LETTER_REQUESTED = 'staff-letter.requested';

/**
 * A new link, the only one of its kind this person has; in the caller's transaction.
 * @returns where it leads: its secret stands behind `#`, which no server and no log sees
 */
export async function createLink(tx: Context, staffId: string, kind: StaffLinkKind): Promise<string> {
  const { token, hash } = newToken('link');
  const now = wallTime(tx.clock);
  await tx.sql
    .updateTable('staff_link')
    .set({ used_at: now })
    .where('staff_id', '=', staffId)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .execute();
  await tx.sql
    .insertInto('staff_link')
    .values({
      id: newId(),
      token_hash: hash,
      staff_id: staffId,
      kind,
      created_at: now,
      expires_at: inHours(tx, HOURS[kind]),
      used_at: null,
    })
    .execute();
  return `/admin/${PAGE[kind]}#token=${token}`;
}

/** Asks for the letter with that link. */
export async function sendLink(
  tx: Context,
  staff: { id: string; name: string; email: string; language: string },
  link: { kind: StaffLinkKind; path: string },
): Promise<void> {
  await writeEvent(tx, {
    kind: LETTER_REQUESTED,
    profileId: null,
    payload: {
      staffId: staff.id,
      letter: link.kind,
      language: staff.language,
      sealedTo: tx.vault.seal(staff.email),
      sealedName: tx.vault.seal(staff.name),
      sealedPath: tx.vault.seal(link.path),
      expiresAt: inHours(tx, HOURS[link.kind]),
    },
  });
}

export interface LinkOwner {
  linkId: string;
  staffId: string;
  kind: StaffLinkKind;
  name: string;
  email: string | null;
}

/** Whose link that is, while it opens something. */
export async function linkOwner(ctx: Context, token: string): Promise<LinkOwner | null> {
  if (!isToken(token, 'link')) return null;
  const row = await ctx.sql
    .selectFrom('staff_link as link')
    .innerJoin('staff', 'staff.id', 'link.staff_id')
    .select(['link.id as linkId', 'staff.id as staffId', 'link.kind', 'staff.name', 'staff.email'])
    .where('link.token_hash', '=', hashToken(token))
    .where('link.used_at', 'is', null)
    .where('link.expires_at', '>', wallTime(ctx.clock))
    .where('staff.status', '=', 'ACTIVE')
    .executeTakeFirst();
  return row ?? null;
}

/** Uses a link up. @returns whether it was still there to be used */
export async function takeLink(tx: Context, linkId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('staff_link')
    .set({ used_at: wallTime(tx.clock) })
    .where('id', '=', linkId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
