import type { PoolClient } from 'pg';
import type { KnownProfiles, PlannedProfile } from '../../../profiles/index.ts';

/** What a dry run would have written so far, in temporary tables: later rows are judged against it. */
export interface Overlay {
  /** Puts it over what the database says. */
  apply(known: KnownProfiles, indexes: readonly string[]): Promise<void>;
  keep(
    planned: ReadonlyMap<string, PlannedProfile>,
    owners: ReadonlyMap<string, string>,
    indexes: readonly string[],
  ): Promise<void>;
}

const CREATE = `
  create temp table import_planned (profile_id uuid primary key, state jsonb not null);
  -- No owner: somebody had it and would have it no more.
  create temp table import_owner (blind_index text primary key, profile_id uuid)`;

export async function openOverlay(client: PoolClient): Promise<Overlay> {
  await client.query(CREATE);
  return {
    apply: async ({ profiles, owners }, indexes) => {
      const { rows } = await client.query<{ index: string; owner: string | null }>(
        `select blind_index as index, profile_id as owner from pg_temp.import_owner where blind_index = any($1)`,
        [[...new Set(indexes)]],
      );
      for (const { index, owner } of rows) {
        if (owner === null) owners.delete(index);
        else owners.set(index, owner);
      }
      const { rows: states } = await client.query<{ state: PlannedProfile }>(
        'select state from pg_temp.import_planned where profile_id = any($1)',
        [[...new Set(owners.values())]],
      );
      for (const { state } of states)
        profiles.set(state.id, { ...state, removed: [], consents: [], changed: new Set() });
    },
    keep: async (planned, owners, indexes) => {
      const touched = [...planned.values()].filter(({ isNew, changed }) => isNew || changed.size > 0);
      if (touched.length === 0) return;
      await client.query(
        `insert into pg_temp.import_planned select * from unnest($1::uuid[], $2::jsonb[])
         on conflict (profile_id) do update set state = excluded.state`,
        [touched.map(({ id }) => id), touched.map((each) => JSON.stringify(plain(each)))],
      );
      const removed = touched.flatMap(({ removed: gone }) => gone.map(({ blindIndex }) => blindIndex));
      const told = [...new Set([...indexes, ...removed])];
      await client.query(
        `insert into pg_temp.import_owner select * from unnest($1::text[], $2::uuid[])
         on conflict (blind_index) do update set profile_id = excluded.profile_id`,
        [told, told.map((index) => owners.get(index) ?? null)],
      );
    },
  };
}

/** As it would be read from the database: new identities are known ones by then. */
function plain({ id, person, identities, lastConsents }: PlannedProfile) {
  return {
    id,
    isNew: false,
    person,
    identities: identities.map(({ value: _value, ...identity }) => identity),
    lastConsents,
  };
}
