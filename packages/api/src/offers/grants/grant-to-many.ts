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
import { startTask, type TaskKind } from '../../platform/tasks/index.ts';
import { postGrants } from './grant-offer-to.ts';
import { readGrantTerms, type GrantTerms, type GrantTermsInput } from './grantable.ts';

export const GRANT_OFFERS = 'offers.grant';

export interface GrantToMany extends GrantTermsInput {
  /** Everybody with any of these tags. */
  tags: readonly string[];
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
  if (tags.length + contacts.length === 0) throw invalid('tags', 'REQUIRED', 'tags or contacts say whom');
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
      profileIds,
      unknown: unknown.length,
      again: input.again,
    },
  });
  return { taskId, unknown };
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
    const ids = [...new Set([...facts.profileIds, ...(await taggedPeople(ctx, facts.tags))])];
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

async function taggedPeople(ctx: Context, tags: readonly string[]): Promise<string[]> {
  if (tags.length === 0) return [];
  const rows = await ctx.sql
    .selectFrom('profile')
    .select('id')
    .where('kind', '=', 'PERSON')
    .where('merged_into', 'is', null)
    .where('erased_at', 'is', null)
    .where(sql<boolean>`tags && ${[...tags]}::text[]`)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
