import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { hashContent } from '../../../platform/database/idempotent.ts';
import { writeEvent } from '../../../platform/outbox/write-event.ts';
import type { BeforeImage, FieldBefore } from './note-profiles.ts';
import type { Telling } from './undone.ts';

interface Change {
  readonly profile_id: string;
  readonly id: string;
  readonly created: boolean;
  readonly before: string | null;
}

/** Columns of the fields a run may have changed; writes the profile's row directly, as its undoing. */
const COLUMNS: Readonly<Record<string, string>> = {
  givenName: 'given_name',
  familyName: 'family_name',
  patronymic: 'patronymic',
  birthDate: 'birth_date',
  gender: 'gender',
  tags: 'tags',
  preferredStoreId: 'preferred_store_id',
  preferredChannel: 'preferred_channel',
  doNotDisturb: 'do_not_disturb',
};

/** Gives people known before a run their values back, each unless somebody changed it since. In the caller's transaction. */
export async function restoreProfiles(
  tx: Context,
  run: { readonly id: string },
  changes: readonly Change[],
  { undone, keep }: Telling,
): Promise<void> {
  for (const { profile_id: profileId, id, created, before } of changes) {
    if (created || before === null) continue;
    const image = JSON.parse(tx.vault.open(before)) as BeforeImage;
    const values = await restoreValues(tx, profileId, image);
    const identities = await restoreIdentities(tx, profileId, image);
    keep('CONSENTS', image.consents);
    keep('CHANGED', values.kept + identities.kept > 0 ? 1 : 0);
    if (values.kept + identities.kept === 0) undone.restored += 1;
    await writeEvent(tx, {
      kind: 'profile.updated',
      profileId,
      payload: { fields: Object.keys(image.fields) },
    });
    await tx.sql
      .deleteFrom('import_change')
      .where('profile_id', '=', profileId)
      .where('id', '=', id)
      .where('run_id', '=', run.id)
      .execute();
  }
}

async function restoreValues(
  tx: Context,
  profileId: string,
  { fields }: BeforeImage,
): Promise<{ kept: number }> {
  const row = await tx.sql
    .selectFrom('profile')
    .selectAll()
    .where('id', '=', profileId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.merged_into !== null) return { kept: Object.keys(fields).length };
  const set: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = { ...row.attributes };
  const origins = { ...row.origins };
  let kept = 0;
  for (const [name, before] of Object.entries(fields)) {
    if (!isOwn(origins[name] ?? null, before)) {
      kept += 1;
      continue;
    }
    if (before.origin === null) delete origins[name];
    else origins[name] = before.origin;
    if (name.startsWith('attributes.')) {
      const attribute = name.slice('attributes.'.length);
      if (before.value === null) delete attributes[attribute];
      else attributes[attribute] = before.value;
    } else if (COLUMNS[name] !== undefined) set[COLUMNS[name]] = before.value;
  }
  await tx.sql
    .updateTable('profile')
    .set({ ...set, attributes, origins, updated_at: tx.clock.now() })
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', profileId)
    .execute();
  return { kept };
}

/** Whether the value is still the one the run wrote. */
function isOwn(now: unknown, { written }: FieldBefore): boolean {
  return hashContent(now) === hashContent(written);
}

async function restoreIdentities(
  tx: Context,
  profileId: string,
  { added, removed }: BeforeImage,
): Promise<{ kept: number }> {
  let kept = 0;
  if (added.length > 0) {
    const { rows } = await sql<{ id: string }>`
      with gone as (
        delete from identity where profile_id = ${profileId} and id = any(${[...added]}::uuid[]) and verified_at is null
        returning id
      ), keys as (
        delete from identity_key using gone where identity_key.profile_id = ${profileId} and identity_key.identity_id = gone.id
      ) select id from gone`.execute(tx.sql);
    kept += added.length - rows.length;
  }
  for (const identity of removed) {
    const { numInsertedOrUpdatedRows } = await tx.sql
      .insertInto('identity_key')
      .values({
        blind_index: String(identity['blind_index']),
        profile_id: profileId,
        identity_id: String(identity['id']),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) {
      // Somebody has it by now.
      kept += 1;
      continue;
    }
    await sql`insert into identity select * from jsonb_populate_record(null::identity, ${JSON.stringify(identity)}::jsonb)`.execute(
      tx.sql,
    );
  }
  return { kept };
}
