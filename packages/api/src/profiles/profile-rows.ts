import type { Context } from '../platform/context.ts';
import { eraseCandidates } from './duplicates/candidates.ts';
import { putIdentitiesBehind } from './moves.ts';
import { columnsOf, type ShopperRows } from './shopper-rows.ts';

/** This room's own. Identities follow the person, and their keys with them. */
export const PROFILE_ROWS: readonly ShopperRows[] = [
  {
    table: 'identity',
    atMerge: 'MOVE',
    arrange: putIdentitiesBehind,
    lookups: [{ table: 'identity_key', column: 'identity_id' }],
    export: { name: 'contacts', rows: contactRows },
    erase: eraseIdentities,
  },
  {
    table: 'consent',
    atMerge: 'KEEP',
    export: columnsOf('consents', 'consent', {
      at: 'given_at',
      purpose: 'purpose',
      textVersion: 'version',
      channel: 'channel',
      topic: 'topic',
      granted: 'granted',
      source: 'source',
      note: 'note',
    }),
    // That somebody agreed, when and to what stays provable; it does not say who.
    erase: async (tx, profileId) => {
      await tx.sql.updateTable('consent').set({ note: null }).where('profile_id', '=', profileId).execute();
    },
  },
  {
    table: 'profile_change',
    atMerge: 'KEEP',
    export: columnsOf('changes', 'profile_change', { at: 'at', fields: 'fields', source: 'source' }),
    erase: 'KEEP',
  },
  {
    table: 'identity_change',
    atMerge: 'KEEP',
    export: columnsOf('contactChanges', 'identity_change', {
      at: 'at',
      change: 'change',
      kind: 'kind',
      contact: 'masked',
      since: 'since',
      reason: 'reason',
    }),
    erase: async (tx, profileId) => {
      await tx.sql
        .updateTable('identity_change')
        .set({ masked: null, reason: null })
        .where('profile_id', '=', profileId)
        .execute();
    },
  },
  {
    // Of whoever survived: an undone one finds it there.
    table: 'profile_merge',
    atMerge: 'KEEP',
    export: columnsOf('merges', 'profile_merge', {
      at: 'merged_at',
      fields: 'fields',
      undoneAt: 'undone_at',
    }),
    erase: async (tx, profileId) => {
      await tx.sql
        .updateTable('profile_merge')
        .set({ sealed_before: null })
        .where((eb) => eb.or([eb('profile_id', '=', profileId), eb('other_id', '=', profileId)]))
        .execute();
      await eraseCandidates(tx, profileId);
    },
  },
];

async function contactRows(ctx: Context, profileId: string): Promise<Record<string, unknown>[]> {
  const rows = await ctx.sql
    .selectFrom('identity')
    .select(['kind', 'source', 'sealed', 'verified_at', 'created_at'])
    .where('profile_id', '=', profileId)
    .orderBy('kind')
    .orderBy('position')
    .execute();
  return rows.map(({ kind, source, sealed, verified_at, created_at }) => ({
    kind,
    ...(source === '' ? {} : { source }),
    value: ctx.vault.open(sealed),
    verifiedAt: verified_at,
    since: created_at,
  }));
}

async function eraseIdentities(tx: Context, profileId: string): Promise<void> {
  await tx.sql.deleteFrom('identity_key').where('profile_id', '=', profileId).execute();
  await tx.sql.deleteFrom('identity').where('profile_id', '=', profileId).execute();
}
