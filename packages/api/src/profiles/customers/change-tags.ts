import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, InvalidInput } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { applyPatch } from '../person/apply-patch.ts';
import { lockPerson, tellChanged, writePerson } from '../person/patch-profile.ts';
import { distinctTags, MOST_TAGS, readTag } from '../person/person-values.ts';
import { ADMIN } from './update-customer.ts';

export interface ChangeTags {
  /** Of the API. */
  profileIds: readonly string[];
  add: readonly string[];
  remove: readonly string[];
}

export interface TagsChanged {
  __typename: 'TagsChanged';
  profileIds: string[];
  /** How many have other tags now. */
  changed: number;
}

const MOST_AT_ONCE = 100;

/**
 * Adds and removes tags of some people; whoever has them already, or has them not, is left alone. Capitals mean
 * nothing.
 * @throws InvalidInput
 */
export async function changeTags(ctx: Context, input: ChangeTags): Promise<TagsChanged> {
  if (input.profileIds.length > MOST_AT_ONCE)
    throw invalid('profileIds', 'TOO_MANY', `at most ${MOST_AT_ONCE} at once`);
  const tags = readTags(input);
  const ids = input.profileIds.map((opaque) => localId(opaque, 'Profile'));
  const found = ids.filter((id) => id !== null);
  if (found.length < ids.length) throw invalid('profileIds', 'UNKNOWN', 'one of them is nobody');
  const persons = await ctx.sql
    .selectFrom('profile')
    .select('id')
    .where((eb) => eb('id', '=', eb.fn.any(eb.val(found))))
    .where('kind', '=', 'PERSON')
    .where('merged_into', 'is', null)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .execute();
  let changed = 0;
  for (const { id } of persons) if (await changeOne(ctx, id, tags)) changed += 1;
  return { __typename: 'TagsChanged', profileIds: persons.map(({ id }) => id), changed };
}

export interface TagsToChange {
  add: string[];
  remove: string[];
}

/** @throws InvalidInput FORMAT, REQUIRED where nothing is to be changed */
export function readTags({ add, remove }: Pick<ChangeTags, 'add' | 'remove'>): TagsToChange {
  const problems = (['add', 'remove'] as const).flatMap((field) =>
    (field === 'add' ? add : remove).flatMap((tag, index) =>
      readTag(tag) === null
        ? [{ path: [field, String(index)], code: 'FORMAT' as const, message: 'is no tag' }]
        : [],
    ),
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  if (add.length + remove.length === 0) throw invalid('add', 'REQUIRED', 'say which tags');
  if (add.length + remove.length > MOST_TAGS) throw invalid('add', 'TOO_MANY', `at most ${MOST_TAGS}`);
  return { add: kept(add), remove: kept(remove) };
}

function kept(tags: readonly string[]): string[] {
  return tags.map(readTag).filter((tag) => tag !== null);
}

/** @returns whether anything is different now; nothing, where the profile would hold too many */
export async function changeOne(ctx: Context, profileId: string, tags: TagsToChange): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const { version: _, ...known } = await lockPerson(tx, profileId);
    const wanted = changedTags(known.tags, tags);
    if (wanted.length > MOST_TAGS) return false;
    const origin = { source: ADMIN, at: tx.clock.now().toISOString() };
    const { person, changed } = applyPatch(known, { tags: wanted }, origin, 'DECIDED');
    if (changed.length === 0) return false;
    await writePerson(tx, profileId, person);
    await tellChanged(tx, profileId, changed, ADMIN);
    await audit(tx, {
      action: 'profile.tags-changed',
      subject: `profile:${profileId}`,
      facts: { before: known.tags, after: person.tags },
    });
    return true;
  });
}

function changedTags(known: readonly string[], { add, remove }: TagsToChange): string[] {
  const gone = new Set(remove.map((tag) => tag.toLowerCase()));
  return distinctTags([...known.filter((tag) => !gone.has(tag.toLowerCase())), ...add]);
}
