import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import type { KnownPerson, PlannedProfile } from '../../../profiles/index.ts';

/** A value as it was, and whose word the run's own was: what undoing compares. */
export interface FieldBefore {
  readonly value: unknown;
  readonly origin: { source: string; at: string } | null;
  readonly written: { source: string; at: string } | null;
}

/** What a run changed of somebody known before; stored sealed. */
export interface BeforeImage {
  /** By field; attributes as `attributes.<name>`. */
  readonly fields: Readonly<Record<string, FieldBefore>>;
  /** Ids of identities that were given. */
  readonly added: readonly string[];
  /** Rows of identities that were taken away. */
  readonly removed: readonly Record<string, unknown>[];
  /** Answers that were written; they stay. */
  readonly consents: number;
}

interface PersonBefore {
  readonly person: KnownPerson;
  readonly identities: ReadonlySet<string>;
}

/** What is known of each profile before it is planned; planning puts new values in place of old ones. */
export function snapshot(profiles: ReadonlyMap<string, PlannedProfile>): Map<string, PersonBefore> {
  return new Map(
    [...profiles].map(([id, { person, identities }]): [string, PersonBefore] => [
      id,
      { person, identities: new Set(identities.map((identity) => identity.id)) },
    ]),
  );
}

/** Before the plan is written, in the same transaction. */
export async function noteProfiles(
  tx: Context,
  input: {
    runId: string;
    planned: ReadonlyMap<string, PlannedProfile>;
    before: ReadonlyMap<string, PersonBefore>;
  },
): Promise<void> {
  const touched = [...input.planned.values()].filter(({ isNew, changed }) => isNew || changed.size > 0);
  if (touched.length === 0) return;
  const removed = await removedRows(tx, touched);
  const sealed = touched.map((profile) => {
    const known = input.before.get(profile.id);
    return known === undefined
      ? null
      : tx.vault.seal(JSON.stringify(imageOf(profile, known, removed.get(profile.id) ?? [])));
  });
  await sql`
    insert into import_change (profile_id, id, run_id, created, before)
    select profile_id, id, ${input.runId}, before is null, before
    from unnest(${touched.map(({ id }) => id)}::uuid[], ${touched.map(() => newId())}::uuid[], ${sealed}::text[])
      as change (profile_id, id, before)`.execute(tx.sql);
}

async function removedRows(
  tx: Context,
  touched: readonly PlannedProfile[],
): Promise<Map<string, Record<string, unknown>[]>> {
  const gone = touched.filter((profile) => profile.removed.length > 0);
  if (gone.length === 0) return new Map();
  const ids = gone.flatMap(({ removed }) => removed.map(({ id }) => id));
  const rows = await tx.sql
    .selectFrom('identity')
    .selectAll()
    .where(
      'profile_id',
      'in',
      gone.map(({ id }) => id),
    )
    .where('id', 'in', ids)
    .execute();
  return Map.groupBy(rows, ({ profile_id }) => profile_id);
}

function imageOf(
  { person, identities, changed, consents }: PlannedProfile,
  before: PersonBefore,
  removed: readonly Record<string, unknown>[],
): BeforeImage {
  const fields: Record<string, FieldBefore> = {};
  for (const name of changed) {
    if (name.startsWith('consents.') || name === 'externalId') continue;
    fields[name] = {
      value: valueOf(before.person, name),
      origin: before.person.origins[name] ?? null,
      written: person.origins[name] ?? null,
    };
  }
  const added = identities.filter(({ id }) => !before.identities.has(id)).map(({ id }) => id);
  return { fields, added, removed, consents: consents.length };
}

function valueOf(person: KnownPerson, name: string): unknown {
  const [field, attribute] = name.split(/\.(.*)/s);
  if (field === 'attributes') return person.attributes[attribute ?? ''] ?? null;
  return (person as unknown as Record<string, unknown>)[field ?? ''] ?? null;
}
