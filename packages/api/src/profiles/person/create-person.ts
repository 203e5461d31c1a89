import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import type { KnownPerson } from './apply-patch.ts';

/** Column names of what is known of a person. */
export function personColumns(person: KnownPerson) {
  return {
    given_name: person.givenName,
    family_name: person.familyName,
    patronymic: person.patronymic,
    birth_date: person.birthDate,
    gender: person.gender,
    tags: person.tags,
    attributes: person.attributes,
    preferred_store_id: person.preferredStoreId,
    preferred_channel: person.preferredChannel,
    do_not_disturb: person.doNotDisturb,
    origins: person.origins,
  };
}

/** A new person; identities are given by the caller. @returns the id */
export async function createPerson(
  ctx: Context,
  person: KnownPerson,
  { id = newId(), preferredStoreId }: { id?: string; preferredStoreId: string | null },
): Promise<string> {
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('profile')
    .values({
      id,
      kind: 'PERSON',
      ...personColumns(person),
      preferred_store_id: person.preferredStoreId ?? preferredStoreId,
      merged_into: null,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await writeEvent(ctx, { kind: 'profile.created', profileId: id, payload: {} });
  return id;
}
