import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { lastConsents } from '../consents/record-consents.ts';
import { erasedAmong } from '../erasure/tombstones.ts';
import type { IdentityKind } from '../identities/identity.ts';
import type { KnownPerson } from '../person/apply-patch.ts';
import type { PlannedIdentity, PlannedProfile } from './plan-upsert.ts';

export interface KnownProfiles {
  profiles: Map<string, PlannedProfile>;
  /** Blind index → profile. */
  owners: Map<string, string>;
  /** Blind indexes of erased people. */
  erased: ReadonlySet<string>;
}

/** The profiles that have any of the identities, their rows locked until the transaction ends. */
export async function readKnownProfiles(
  tx: Context,
  blindIndexes: readonly string[],
): Promise<KnownProfiles> {
  const { rows: owned } = await sql<{ blindIndex: string; profileId: string }>`
    select k.blind_index as "blindIndex", coalesce(p.merged_into, p.id) as "profileId"
    from identity_key k join profile p on p.id = k.profile_id
    where k.blind_index = any(${[...blindIndexes]}::text[])`.execute(tx.sql);
  const owners = new Map(owned.map(({ blindIndex, profileId }) => [blindIndex, profileId]));
  const ids = [...new Set(owners.values())];
  const profiles = new Map<string, PlannedProfile>();
  const persons = ids.length === 0 ? [] : await readPersons(tx, ids);
  // Only now: whoever was being erased a moment ago is known as such.
  const erased = await erasedAmong(tx, blindIndexes);
  if (ids.length === 0) return { profiles, owners, erased };
  for (const { id, ...person } of persons) {
    profiles.set(id, {
      id,
      isNew: false,
      person,
      identities: [],
      removed: [],
      consents: [],
      lastConsents: [],
      changed: new Set(),
    });
  }
  for (const { profileId, ...identity } of await readIdentities(tx, ids))
    profiles.get(profileId)?.identities.push(identity);
  for (const consent of await lastConsents(tx, ids))
    profiles.get(consent.profileId)?.lastConsents.push(consent);
  return { profiles, owners, erased };
}

function readPersons(tx: Context, ids: string[]): Promise<(KnownPerson & { id: string })[]> {
  return tx.sql
    .selectFrom('profile')
    .select(['id', 'given_name as givenName', 'family_name as familyName', 'patronymic', 'gender'])
    .select(['birth_date as birthDate', 'tags', 'attributes', 'origins'])
    .select(['preferred_store_id as preferredStoreId', 'preferred_channel as preferredChannel'])
    .select(['do_not_disturb as doNotDisturb'])
    .where('id', 'in', ids)
    .where('erased_at', 'is', null)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

function readIdentities(tx: Context, ids: string[]): Promise<(PlannedIdentity & { profileId: string })[]> {
  return tx.sql
    .selectFrom('identity')
    .select(['profile_id as profileId', 'id', 'blind_index as blindIndex', 'position', 'masked'])
    .select(['created_at as since'])
    .select((eb) => eb.ref('kind').$castTo<IdentityKind>().as('kind'))
    .where('profile_id', 'in', ids)
    .execute();
}
