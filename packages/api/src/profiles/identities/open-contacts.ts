import { sql } from 'kysely';
import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { IdentityKind } from './identity.ts';

export interface OpenContact {
  id: string;
  kind: IdentityKind;
  source: string;
  /** In full. */
  value: string;
}

/** Everything a person can be reached or recognised by, in full; that somebody looked is written down, once. */
export async function openContacts(ctx: Context, profileId: string): Promise<OpenContact[]> {
  const rows = await ctx.sql
    .selectFrom('identity')
    .select(['id', 'kind', 'source', 'sealed'])
    .where('profile_id', '=', profileId)
    .where('kind', '<>', 'DEVICE')
    .orderBy('kind')
    .orderBy('position')
    .execute();
  await audit(ctx, {
    action: 'profile.contacts-opened',
    subject: `profile:${profileId}`,
    facts: { kinds: [...new Set(rows.map(({ kind }) => kind))] },
  });
  return rows.map(({ id, kind, source, sealed }) => ({ id, kind, source, value: ctx.vault.open(sealed) }));
}

export interface ShownIdentity {
  id: string;
  kind: IdentityKind;
  source: string;
  /** Absent for who sees no contacts. */
  masked: string | null;
  verifiedAt: Date | null;
  since: Date;
}

/** By what each profile is recognised, in the order of the ids; devices are not who uses them. */
export async function identitiesOfProfiles(
  ctx: Context,
  profileIds: readonly string[],
  shown: boolean,
): Promise<ShownIdentity[][]> {
  const rows = await ctx.sql
    .selectFrom('identity')
    .select(['profile_id', 'id', 'kind', 'source', 'masked', 'verified_at', 'created_at'])
    .where((eb) => eb('profile_id', '=', eb.fn.any(eb.val([...profileIds]))))
    .where('kind', '<>', 'DEVICE')
    .orderBy(sql`array_position(array['PHONE', 'EMAIL', 'CARD'], kind)`)
    .orderBy('position')
    .execute();
  return profileIds.map((profileId) =>
    rows
      .filter((row) => row.profile_id === profileId)
      .map(({ id, kind, source, masked, verified_at, created_at }) => ({
        id,
        kind,
        source,
        masked: shown ? masked : null,
        verifiedAt: verified_at,
        since: created_at,
      })),
  );
}
