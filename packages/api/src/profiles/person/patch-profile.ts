import type { Context } from '../../platform/context.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import type { ValueOrigin } from '../profile.entity.ts';
import { applyPatch, type KnownPerson } from './apply-patch.ts';
import { personColumns } from './create-person.ts';
import type { PersonPatch } from './person-values.ts';

/** What is known of a profile, its row locked until the transaction ends. */
export async function lockPerson(ctx: Context, profileId: string): Promise<KnownPerson> {
  return ctx.sql
    .selectFrom('profile')
    .select(['given_name as givenName', 'family_name as familyName', 'patronymic', 'gender'])
    .select(['birth_date as birthDate', 'tags', 'attributes', 'origins'])
    .where('id', '=', profileId)
    .forUpdate()
    .executeTakeFirstOrThrow();
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
  await ctx.sql
    .updateTable('profile')
    .set({ ...personColumns(person), updated_at: now })
    .where('id', '=', profileId)
    .execute();
  return changed;
}

/** Tells whoever listens which values of a profile changed; never the values. */
export async function tellChanged(ctx: Context, profileId: string, fields: readonly string[]): Promise<void> {
  if (fields.length === 0) return;
  await writeEvent(ctx, { kind: 'profile.updated', profileId, payload: { fields } });
}
