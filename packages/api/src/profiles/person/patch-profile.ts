import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { noteChanges } from '../history/note-change.ts';
import type { ValueOrigin } from '../profile.entity.ts';
import { applyPatch, type KnownPerson } from './apply-patch.ts';
import { personColumns } from './create-person.ts';
import type { PersonPatch } from './person-values.ts';

/**
 * What is known of a profile, its row locked until the transaction ends.
 * @throws RequestError BUSY when the person was erased or merged a moment ago
 */
export async function lockPerson(
  ctx: Context,
  profileId: string,
): Promise<KnownPerson & { version: number }> {
  const person = await ctx.sql
    .selectFrom('profile')
    .select(['given_name as givenName', 'family_name as familyName', 'patronymic', 'gender'])
    .select(['birth_date as birthDate', 'tags', 'attributes', 'origins'])
    .select(['preferred_store_id as preferredStoreId', 'preferred_channel as preferredChannel'])
    .select(['do_not_disturb as doNotDisturb', 'version'])
    .where('id', '=', profileId)
    .where('erased_at', 'is', null)
    .where('merged_into', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (person === undefined) throw new RequestError('BUSY', 'This person is being erased or merged.');
  return person;
}

/** Changes a profile by a patch. @returns the names of what changed */
export async function patchProfile(
  ctx: Context,
  profileId: string,
  patch: PersonPatch,
  source: string,
): Promise<string[]> {
  const now = ctx.clock.now();
  const origin: ValueOrigin = { source, at: now.toISOString() };
  const { person, changed } = applyPatch(await lockPerson(ctx, profileId), patch, origin);
  if (changed.length === 0) return changed;
  await writePerson(ctx, profileId, person);
  return changed;
}

export async function writePerson(ctx: Context, profileId: string, person: KnownPerson): Promise<void> {
  await ctx.sql
    .updateTable('profile')
    .set((eb) => ({
      ...personColumns(person),
      updated_at: ctx.clock.now(),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', profileId)
    .execute();
}

/**
 * Keeps which values of a profile changed and by whom, and tells whoever listens; never the values.
 * @param source what they came by
 */
export async function tellChanged(
  ctx: Context,
  profileId: string,
  fields: readonly string[],
  source: string,
): Promise<void> {
  if (fields.length === 0) return;
  await noteChanges(ctx, [{ profileId, fields }], source);
  await writeEvent(ctx, { kind: 'profile.updated', profileId, payload: { fields } });
}
