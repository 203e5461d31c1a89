import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { consentRow, tellConsents } from '../consents/record-consents.ts';
import { noteChanges, noteIdentities, type NotedIdentity } from '../history/note-change.ts';
import { removeIdentities } from '../identities/add-identity.ts';
import { personColumns } from '../person/create-person.ts';
import type { IdentityValue } from '../identities/identity.ts';
import type { PlannedIdentity, PlannedProfile } from './plan-upsert.ts';

/**
 * Writes what a plan changes, a handful of statements for the whole batch.
 * @param live people register and agree now, which is told; else it is known from before, and nobody is thanked for it
 */
export async function writePlan(
  tx: Context,
  all: Iterable<PlannedProfile>,
  source: string,
  { live }: { live: boolean },
): Promise<void> {
  const touched = [...all].filter(({ isNew, changed }) => isNew || changed.size > 0);
  if (touched.length === 0) return;
  await writePersons(tx, touched);
  for (const { id, removed } of touched)
    await removeIdentities(
      tx,
      id,
      removed.map((one) => one.id),
    );
  await noteIdentities(tx, touched.flatMap(goneOf));
  await writeIdentities(tx, touched);
  await writeConsents(tx, touched, source, live);
  await noteChanges(
    tx,
    touched.filter(({ isNew }) => !isNew).map(({ id, changed }) => ({ profileId: id, fields: [...changed] })),
    source,
  );
  await tellAll(tx, touched, live);
}

async function writeConsents(
  tx: Context,
  touched: readonly PlannedProfile[],
  source: string,
  live: boolean,
): Promise<void> {
  const given = touched.flatMap(({ id, consents }) => consents.map((consent) => ({ id, consent })));
  if (given.length === 0) return;
  const rows = given.map(({ id, consent }) => consentRow(tx, id, consent, source));
  await tx.sql.insertInto('consent').values(rows).execute();
  if (!live) return;
  await tellConsents(
    tx,
    rows,
    given.map(({ consent }) => consent),
  );
}

function goneOf({ id, removed }: PlannedProfile): NotedIdentity[] {
  return removed.map(({ kind, blindIndex, masked = '', since = null }) => ({
    profileId: id,
    change: 'REMOVED',
    kind,
    blindIndex,
    masked,
    since,
  }));
}

async function writePersons(tx: Context, touched: readonly PlannedProfile[]): Promise<void> {
  const now = tx.clock.now();
  const rows = touched.map(({ id, person }) => ({ id, ...personColumns(person) }));
  await sql`
    insert into profile (id, kind, given_name, family_name, patronymic, birth_date, gender, tags, attributes,
      preferred_store_id, preferred_channel, do_not_disturb, origins, created_at, enrolled_at, updated_at)
    select r.id, 'PERSON', r.given_name, r.family_name, r.patronymic, r.birth_date, r.gender, r.tags, r.attributes,
      r.preferred_store_id, r.preferred_channel, r.do_not_disturb, r.origins, ${now}, ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, given_name text, family_name text,
      patronymic text, birth_date date, gender text, tags text[], attributes jsonb, preferred_store_id uuid,
      preferred_channel text, do_not_disturb boolean, origins jsonb)
    on conflict (id) do update set
      given_name = excluded.given_name, family_name = excluded.family_name, patronymic = excluded.patronymic,
      birth_date = excluded.birth_date, gender = excluded.gender, tags = excluded.tags,
      attributes = excluded.attributes, preferred_store_id = excluded.preferred_store_id,
      preferred_channel = excluded.preferred_channel, do_not_disturb = excluded.do_not_disturb,
      origins = excluded.origins, updated_at = excluded.updated_at, version = profile.version + 1`.execute(
    tx.sql,
  );
}

/** @throws a unique violation when another call gave one of them to somebody meanwhile */
async function writeIdentities(tx: Context, touched: readonly PlannedProfile[]): Promise<void> {
  const all = touched.flatMap(({ id: profileId, identities }) =>
    identities.map((identity) => ({ profileId, ...identity })),
  );
  const fresh = all.flatMap(({ value, ...identity }) =>
    value === undefined ? [] : [{ ...identity, value }],
  );
  await insertIdentities(tx, fresh);
  await moveIdentities(
    tx,
    all.filter(({ value }) => value === undefined),
  );
}

type Owned = PlannedIdentity & { profileId: string };

async function insertIdentities(
  tx: Context,
  fresh: readonly (Owned & { value: IdentityValue })[],
): Promise<void> {
  if (fresh.length === 0) return;
  // Keys in one order everywhere: two writers of the same ones never wait for each other in a ring.
  const rows = fresh.toSorted((a, b) => (a.blindIndex < b.blindIndex ? -1 : 1));
  const profileIds = rows.map(({ profileId }) => profileId);
  const ids = rows.map(({ id }) => id);
  const indexes = rows.map(({ blindIndex }) => blindIndex);
  await sql`insert into identity_key (blind_index, profile_id, identity_id)
    select * from unnest(${indexes}::text[], ${profileIds}::uuid[], ${ids}::uuid[])`.execute(tx.sql);
  await sql`insert into identity (profile_id, id, kind, source, sealed, masked, blind_index, position, created_at)
    select r.*, ${tx.clock.now()}::timestamptz from unnest(${profileIds}::uuid[], ${ids}::uuid[],
      ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ value }) => value.source)}::text[],
      ${rows.map(({ value }) => tx.vault.seal(value.value))}::text[],
      ${rows.map(({ value }) => value.masked)}::text[], ${indexes}::text[],
      ${rows.map(({ position }) => position)}::int[]) as r`.execute(tx.sql);
}

/** Those that are known already, where they stand among the others now. */
async function moveIdentities(tx: Context, known: readonly Owned[]): Promise<void> {
  if (known.length === 0) return;
  await sql`update identity set position = r.position
    from unnest(${known.map(({ profileId }) => profileId)}::uuid[], ${known.map(({ id }) => id)}::uuid[],
      ${known.map(({ position }) => position)}::int[]) as r (profile_id, id, position)
    where identity.profile_id = r.profile_id and identity.id = r.id and identity.position <> r.position`.execute(
    tx.sql,
  );
}

async function tellAll(tx: Context, touched: readonly PlannedProfile[], live: boolean): Promise<void> {
  const { brandId } = tx.actor;
  const events = touched.flatMap(({ id, isNew, changed }) => [
    {
      kind: isNew ? 'profile.created' : 'profile.updated',
      profile_id: id,
      payload: isNew ? {} : { fields: [...changed] },
    },
    ...(isNew && live
      ? [{ kind: 'member.enrolled', profile_id: id, payload: { brandId, storeId: null } }]
      : []),
  ]);
  await sql`select public.write_event(r.kind, r.profile_id, r.payload, ${tx.clock.now()})
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as r(kind text, profile_id uuid, payload jsonb)`.execute(
    tx.sql,
  );
}
