import { contactsShown } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';

/**
 * The phone or e-mail each profile is shown with, in the order of the ids: in full for those who may see contacts,
 * masked for those who see them so, else absent. Staff open contacts one person at a time (`openContacts`), and that is
 * written down: lists show them masked.
 */
export async function contactsOf(
  ctx: Pick<Context, 'sql' | 'vault' | 'actor'>,
  kind: 'PHONE' | 'EMAIL',
  profileIds: readonly string[],
): Promise<(string | null)[]> {
  const shownAs = contactsShown(ctx.actor);
  const inLists = shownAs === 'FULL' && ctx.actor.kind === 'STAFF' ? 'MASKED' : shownAs;
  const shown = await firstContacts(ctx, kind, profileIds, inLists);
  return profileIds.map((id) => shown.get(id) ?? null);
}

/** The same for a file, by profile: its maker takes them all in full who may, and that is written down as a whole. */
export function contactsForFile(
  ctx: Pick<Context, 'sql' | 'vault' | 'actor'>,
  kind: 'PHONE' | 'EMAIL',
  profileIds: readonly string[],
): Promise<Map<string, string>> {
  return firstContacts(ctx, kind, profileIds, contactsShown(ctx.actor));
}

async function firstContacts(
  ctx: Pick<Context, 'sql' | 'vault' | 'actor'>,
  kind: 'PHONE' | 'EMAIL',
  profileIds: readonly string[],
  shownAs: ReturnType<typeof contactsShown>,
): Promise<Map<string, string>> {
  if (shownAs === 'NONE') return new Map();
  const rows = await ctx.sql
    .selectFrom('identity')
    .distinctOn('profile_id')
    .select(['profile_id as profileId', 'sealed', 'masked'])
    .where('profile_id', 'in', [...profileIds])
    .where('kind', '=', kind)
    .orderBy('profile_id')
    .orderBy('position')
    .execute();
  return new Map(
    rows.map(({ profileId, sealed, masked }) => [
      profileId,
      shownAs === 'FULL' ? ctx.vault.open(sealed) : masked,
    ]),
  );
}
