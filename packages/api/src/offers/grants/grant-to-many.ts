import { sql } from 'kysely';
import { demandScope } from '../../company/index.ts';
import {
  placeOf,
  profileRefReader,
  resolveProfiles,
  type ProfileRef,
  type ProfileRefInput,
} from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, invalid } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { startTask, type TaskKind } from '../../platform/tasks/index.ts';
import { checkSegments } from '../promotions/rules/named-segments.ts';
import { postGrants } from './grant-offer-to.ts';
import { readGrantTerms, type GrantTerms, type GrantTermsInput } from './grantable.ts';

export const GRANT_OFFERS = 'offers.grant';

export interface GrantToMany extends GrantTermsInput {
  /** Everybody with any of these tags. */
  tags: readonly string[];
  /** Everybody in any of these, when the task runs; ids of the API. */
  segmentIds: readonly string[];
  /** Lines of a list: phones, e-mails or numbers of cards. */
  contacts: readonly string[];
  /** Those too who hold it open already. */
  again: boolean;
}

export interface GrantingStarted {
  taskId: string;
  /** Contacts nobody has, as they were given. */
  unknown: string[];
}

const MOST_CONTACTS = 10_000;
const AT_ONCE = 1_000;

/**
 * Grants a promotion to a list of people in the background.
 * @throws InvalidInput by the path of each wrong value; a contact nobody has stops nothing
 */
export async function startGrantingOffers(ctx: Context, input: GrantToMany): Promise<GrantingStarted> {
  demandScope(ctx, 'offers.write');
  const terms = await readGrantTerms(ctx, input);
  const tags = [...new Set(input.tags.map((tag) => tag.trim()).filter(Boolean))];
  const contacts = [...new Set(input.contacts.map((contact) => contact.trim()).filter(Boolean))];
  const segmentIds = await readSegments(ctx, input.segmentIds);
  if (tags.length + segmentIds.length + contacts.length === 0)
    throw invalid('tags', 'REQUIRED', 'tags, segments or contacts say whom');
  if (contacts.length > MOST_CONTACTS)
    throw invalid('contacts', 'TOO_MANY', `has ${MOST_CONTACTS} lines at most`);
  const { profileIds, unknown } = await peopleBehind(ctx, contacts);
  const taskId = await startTask(ctx, {
    kind: GRANT_OFFERS,
    // Ids only: no contact is kept in a task.
    facts: {
      ...terms,
      validTo: terms.validTo?.toISOString() ?? null,
      key: `${ctx.actor.client}:${input.requestId}`,
      tags,
      segmentIds,
      profileIds,
      unknown: unknown.length,
      again: input.again,
    },
  });
  return { taskId, unknown };
}

/** @throws InvalidInput for one that is gone, or whose people are not known yet */
async function readSegments(ctx: Context, opaque: readonly string[]): Promise<string[]> {
  const ids = [...new Set(opaque)].map((id) => localId(id, 'Segment') ?? id);
  const problems = new InputProblems();
  await checkSegments(ctx, [{ path: ['segmentIds'], ids }], problems);
  problems.refuseAny();
  return ids;
}

/** Those of them who are known persons. A number may be a phone or that of a card. */
async function peopleBehind(
  ctx: Context,
  contacts: readonly string[],
): Promise<{ profileIds: string[]; unknown: string[] }> {
  const read = profileRefReader(ctx, (await placeOf(ctx)).country);
  const meant = contacts.flatMap((contact) =>
    (contact.includes('@') ? [{ email: contact }] : [{ phone: contact }, { card: contact }]).flatMap(
      (shape) => refIn(read, shape).map((ref) => ({ contact, ref })),
    ),
  );
  const people = await resolveProfiles(
    ctx,
    meant.map(({ ref }) => ref),
  );
  const found = meant.flatMap(({ contact }, index) => {
    const person = people[index];
    return person?.kind === 'PERSON' ? [{ contact, id: person.id }] : [];
  });
  const known = new Set(found.map(({ contact }) => contact));
  return {
    profileIds: [...new Set(found.map(({ id }) => id))],
    unknown: contacts.filter((contact) => !known.has(contact)),
  };
}

function refIn(read: ReturnType<typeof profileRefReader>, shape: ProfileRefInput): ProfileRef[] {
  try {
    return [read(shape, 'contacts')];
  } catch (error) {
    if (error instanceof InvalidInput) return [];
    throw error;
  }
}

type TaskFacts = Omit<GrantTerms, 'validTo'> & {
  validTo: string | null;
  key: string;
  tags: string[];
  segmentIds: string[];
  profileIds: string[];
  unknown: number;
  again: boolean;
};

/** Run again after a cut it grants nobody twice. */
export const grantOffersTask: TaskKind = {
  kind: GRANT_OFFERS,
  scope: 'offers.write',
  run: async (ctx, given, report, signal) => {
    const facts = given as unknown as TaskFacts;
    const { promotionId, reason, uses, key } = facts;
    const validTo = facts.validTo === null ? null : new Date(facts.validTo);
    const { tags, segmentIds } = facts;
    const ids = [...new Set([...facts.profileIds, ...(await chosenPeople(ctx, { tags, segmentIds }))])];
    let granted = 0;
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      signal.throwIfAborted();
      const some = ids.slice(start, start + AT_ONCE);
      const holders = facts.again ? new Set() : await holdersAmong(ctx, promotionId, some);
      const grants = some
        .filter((id) => !holders.has(id))
        .map((profileId) => ({ profileId, dedupeKey: key }));
      const posted = await postGrants(ctx, {
        promotionId,
        source: 'AUDIENCE',
        reason,
        validTo,
        uses,
        grants,
      });
      granted += posted.length;
      report(start + some.length, ids.length);
    }
    return { result: { found: ids.length, granted, unknown: facts.unknown } };
  },
};

/** Who can use the promotion already. */
async function holdersAmong(
  ctx: Context,
  promotionId: string,
  profileIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct profile_id as id from public.offer_grant
    where profile_id = any(${[...profileIds]}::uuid[]) and promotion_id = ${promotionId} and state = 'OPEN'
      and coalesce(valid_to > ${ctx.clock.now()}, true)`.execute(ctx.sql);
  return new Set(rows.map(({ id }) => id));
}

/** Everybody with one of the tags or in one of the segments; each list by an index of its own. */
async function chosenPeople(
  ctx: Context,
  { tags, segmentIds }: Pick<TaskFacts, 'tags' | 'segmentIds'>,
): Promise<string[]> {
  if (tags.length + segmentIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from public.profile
    where kind = 'PERSON' and merged_into is null and erased_at is null
      and id in (
        select id from public.profile where tags && ${tags}::text[]
        union
        select profile_id from public.profile_segment where segments && (
          select coalesce(array_agg(number), '{}') from public.segment
          where id = any(${segmentIds}::uuid[]) and live_condition is not null))
    order by id`.execute(ctx.sql);
  return rows.map(({ id }) => id);
}
