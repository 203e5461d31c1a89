import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, VersionConflict } from '../../platform/errors.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { familyOf, findCustomer } from '../customers/find-customer.ts';
import { lastChange } from '../history/last-change.ts';
import { noteChanges } from '../history/note-change.ts';
import { NOTHING_KNOWN } from '../person/apply-patch.ts';
import { personColumns } from '../person/create-person.ts';
import { lockPerson } from '../person/patch-profile.ts';
import type { ShopperRows } from '../shopper-rows.ts';
import type { ErasedPerson, PersonTrace } from './person-trace.ts';

export const ERASURE_REASONS = ['REQUEST', 'CONSENT_WITHDRAWN', 'MISTAKE'] as const;

export interface ErasePerson {
  /** Of the API. */
  profileId: string;
  /** Of the look it was decided on. */
  version: number;
  /** Never free words: they would stay. */
  reason: (typeof ERASURE_REASONS)[number];
  /** Said once more: `ERASE`. */
  confirm: string;
}

export interface PersonErased {
  __typename: 'PersonErased';
  profileId: string;
  /** Profiles merged into it included. */
  profiles: number;
}

export interface ErasureRegistry {
  rows: readonly ShopperRows[];
  traces: readonly PersonTrace[];
}

/**
 * Takes out everything that tells who somebody was: names, contacts, attributes, messages, files. Purchases and points
 * stay under a number nobody can lead back. Their contacts are remembered by keyed hash, so that no file brings them
 * back; their own consent at a till does. It cannot be undone.
 * @throws InvalidInput @throws VersionConflict
 */
export async function erasePerson(
  ctx: Context,
  registry: ErasureRegistry,
  input: ErasePerson,
): Promise<PersonErased> {
  if (input.confirm !== 'ERASE') throw invalid('confirm', 'MISMATCH', 'say ERASE: it cannot be undone');
  const profileId = await findCustomer(ctx, input.profileId, 'profileId');
  const person = await inTransaction(ctx, async (tx) => {
    const { version } = await lockPerson(tx, profileId);
    if (version !== input.version)
      throw new VersionConflict({ version, ...(await lastChange(tx, profileId)) });
    const erased = await readPerson(tx, await familyOf(tx, profileId));
    await keepTombstones(tx, erased);
    for (const id of erased.profileIds) await eraseRows(tx, registry.rows, id);
    for (const { when, erase } of registry.traces) if (when === 'WITH') await erase(tx, erased);
    await zeroProfiles(tx, erased.profileIds);
    await noteChanges(tx, [{ profileId, fields: ['erased'] }], 'admin');
    await audit(tx, {
      action: 'profile.erased',
      subject: `profile:${profileId}`,
      facts: { reason: input.reason, profiles: erased.profileIds.length, contacts: erased.contacts.length },
    });
    await writeEvent(tx, { kind: 'profile.erased', profileId, payload: {} });
    return erased;
  });
  for (const { when, erase } of registry.traces) if (when === 'AFTER') await erase(ctx, person);
  return { __typename: 'PersonErased', profileId, profiles: person.profileIds.length };
}

async function readPerson(tx: Context, profileIds: readonly string[]): Promise<ErasedPerson> {
  const identities = await tx.sql
    .selectFrom('identity')
    .select(['kind', 'source', 'sealed', 'blind_index'])
    .where((eb) => eb('profile_id', '=', eb.fn.any(eb.val([...profileIds]))))
    .execute();
  return {
    profileIds,
    blindIndexes: identities.map(({ blind_index }) => blind_index),
    contacts: identities.map(({ kind, source, sealed }) => ({ kind, source, value: tx.vault.open(sealed) })),
  };
}

async function keepTombstones(tx: Context, { blindIndexes }: ErasedPerson): Promise<void> {
  if (blindIndexes.length === 0) return;
  const erasedAt = tx.clock.now();
  await tx.sql
    .insertInto('erased_identity')
    .values(blindIndexes.map((blindIndex) => ({ blind_index: blindIndex, erased_at: erasedAt })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function eraseRows(tx: Context, rows: readonly ShopperRows[], profileId: string): Promise<void> {
  for (const { table, erase } of rows) {
    if (erase === 'KEEP') continue;
    if (erase === 'DELETE')
      await tx.sql
        .deleteFrom(table as 'identity')
        .where('profile_id', '=', profileId)
        .execute();
    else await erase(tx, profileId);
  }
}

async function zeroProfiles(tx: Context, profileIds: readonly string[]): Promise<void> {
  const now = tx.clock.now();
  await tx.sql
    .updateTable('profile')
    .set((eb) => ({
      ...personColumns(NOTHING_KNOWN),
      do_not_disturb: true,
      updated_at: now,
      erased_at: now,
      version: eb('version', '+', 1),
    }))
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...profileIds]))))
    .execute();
}
