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
  const shownAs = ctx.actor.kind === 'STAFF' ? maskedAtMost(ctx) : contactsShown(ctx.actor);
  if (shownAs === 'NONE') return profileIds.map(() => null);
  const rows = await ctx.sql
    .selectFrom('identity')
    .distinctOn('profile_id')
    .select(['profile_id as profileId', 'sealed', 'masked'])
    .where('profile_id', 'in', [...profileIds])
    .where('kind', '=', kind)
    .orderBy('profile_id')
    .orderBy('position')
    .execute();
  const shown = new Map(
    rows.map(({ profileId, sealed, masked }) => [
      profileId,
      shownAs === 'FULL' ? ctx.vault.open(sealed) : masked,
    ]),
  );
  return profileIds.map((id) => shown.get(id) ?? null);
}

function maskedAtMost({ actor }: Pick<Context, 'actor'>): 'MASKED' | 'NONE' {
  return contactsShown(actor) === 'NONE' ? 'NONE' : 'MASKED';
}
