import { sql, type RawBuilder } from 'kysely';
import { findsByContact } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { identityIndex } from '../identities/identity.ts';
import { TAIL } from '../identities/identity.entity.ts';
import { LISTED, searchable, type ContactChannel } from '../profile.entity.ts';
import { beginning, readSearch } from './search-terms.ts';

/** Whom a list shows; every condition given holds. Moments: from inclusive, to exclusive. */
export interface CustomerFilter {
  search?: string | null | undefined;
  tag?: string | null | undefined;
  storeCode?: string | null | undefined;
  hasPhone?: boolean | null | undefined;
  hasEmail?: boolean | null | undefined;
  /** Agreed to advertising by this channel, by their latest answer to any brand. */
  consentChannel?: ContactChannel | null | undefined;
  doNotDisturb?: boolean | null | undefined;
  gender?: 'FEMALE' | 'MALE' | 'OTHER' | null | undefined;
  /** 1–12 */
  birthMonth?: number | null | undefined;
  createdFrom?: Date | null | undefined;
  createdTo?: Date | null | undefined;
  lastOrderFrom?: Date | null | undefined;
  lastOrderTo?: Date | null | undefined;
  /** Members of this segment; and nobody who is a member of that one. Ids of the API. */
  segmentId?: string | null | undefined;
  notSegmentId?: string | null | undefined;
  /** In every one of these, and in none of those. */
  segmentIds?: readonly string[] | null | undefined;
  notSegmentIds?: readonly string[] | null | undefined;
}

/** What a filter needs to know of the rows it names. */
export interface FilterFacts {
  /** Where searched phones are from. */
  country: string;
  /** Numbers of the segments to be in, and not to be in. */
  within: readonly number[];
  without: readonly number[];
}

type Condition = RawBuilder<unknown>;

/**
 * The conditions of a filter on `profile p`. Purchases and segments are of rooms above: their tables are named here
 * because a page of the list is one statement.
 */
export function customerConditions(ctx: Context, filter: CustomerFilter, facts: FilterFacts): Condition {
  const { country } = facts;
  const all = [
    sql.raw(LISTED),
    ...searchConditions(ctx, filter.search, country),
    ...ownConditions(filter),
    ...contactConditions(filter),
    ...orderConditions(filter),
    ...segmentConditions(facts),
    ...ofCallersStores(ctx, filter, country),
  ];
  return sql.join(all, sql` and `);
}

function ownConditions(filter: CustomerFilter): Condition[] {
  const { tag, storeCode, doNotDisturb, gender, birthMonth, createdFrom, createdTo } = filter;
  return [
    ...(tag ? [sql`p.tags @> array[${tag}]::text[]`] : []),
    ...(storeCode
      ? [sql`p.preferred_store_id = (select id from public.store where code = ${storeCode})`]
      : []),
    ...(typeof doNotDisturb === 'boolean' ? [sql`p.do_not_disturb = ${doNotDisturb}`] : []),
    ...(gender ? [sql`p.gender = ${gender}`] : []),
    ...(birthMonth ? [sql`extract(month from p.birth_date) = ${birthMonth}`] : []),
    ...(createdFrom ? [sql`p.created_at >= ${createdFrom}`] : []),
    ...(createdTo ? [sql`p.created_at < ${createdTo}`] : []),
  ];
}

function has(kind: 'PHONE' | 'EMAIL', wanted: boolean): Condition {
  return sql`${wanted} = exists (select from public.identity i where i.profile_id = p.id and i.kind = ${kind})`;
}

function contactConditions({ hasPhone, hasEmail, consentChannel }: CustomerFilter): Condition[] {
  return [
    ...(typeof hasPhone === 'boolean' ? [has('PHONE', hasPhone)] : []),
    ...(typeof hasEmail === 'boolean' ? [has('EMAIL', hasEmail)] : []),
    ...(consentChannel
      ? [
          sql`(select c.granted from public.consent c
            where (c.profile_id = p.id or c.profile_id in (select m.id from public.profile m where m.merged_into = p.id))
              and c.purpose = 'ADVERTISING' and c.topic is null
              and (c.channel is null or c.channel = ${consentChannel})
            order by c.given_at desc, c.id desc limit 1)`,
        ]
      : []),
  ];
}

const BOUGHT = sql`o.state in ('COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED')`;

/**
 * The last purchase lies between two moments: there is one, and none later. Named through the stores, whose index is in
 * order of time: few found are found fast.
 */
function orderConditions({ lastOrderFrom: from, lastOrderTo: to }: CustomerFilter): Condition[] {
  if (!from && !to) return [];
  const bought = sql`p.id in (select o.profile_id from public.orders o
    where o.store_id in (select id from public.store) and ${BOUGHT}
      and o.occurred_at >= ${from ?? new Date(0)} and o.occurred_at < ${to ?? new Date('9999-01-01')})`;
  if (!to) return [bought];
  return [
    bought,
    sql`not exists (select from public.orders o
      where o.profile_id = p.id and ${BOUGHT} and o.occurred_at >= ${to})`,
  ];
}

/** By the lists of the members' own rows: one index, no row for each segment and person. */
function segmentConditions({ within, without }: FilterFacts): Condition[] {
  return [
    ...(within.length === 0
      ? []
      : [
          sql`p.id in (
            select m.profile_id from public.profile_segment m where m.segments @> ${[...within]}::smallint[])`,
        ]),
    ...(without.length === 0
      ? []
      : [
          sql`not exists (select from public.profile_segment m
            where m.profile_id = p.id and m.segments && ${[...without]}::smallint[])`,
        ]),
  ];
}

/**
 * Staff of some stores browse the people of those stores; by a whole phone, e-mail or card they find anybody, as a till
 * does.
 */
function ofCallersStores(ctx: Context, { search }: CustomerFilter, country: string): Condition[] {
  const { storeIds } = ctx.actor;
  if (storeIds === 'ALL') return [];
  const terms = readSearch(search ?? '', country);
  if (terms.by === 'IDENTITY' && terms.identities.length > 0 && terms.tail === null) return [];
  const stores = sql`${[...storeIds]}::uuid[]`;
  return [
    sql`(p.preferred_store_id = any(${stores})
      or exists (select from public.orders o where o.profile_id = p.id and o.store_id = any(${stores})))`,
  ];
}

function searchConditions(ctx: Context, search: string | null | undefined, country: string): Condition[] {
  if (search === null || search === undefined || search.trim() === '') return [];
  const terms = readSearch(search, country);
  if (terms.by === 'NOTHING') return [sql`false`];
  if (terms.by === 'NAME') return [nameCondition(terms.names)];
  if (!findsByContact(ctx.actor)) return [externalCondition(terms.external)];
  const indexes = terms.identities.map((one) => identityIndex(ctx.vault, one));
  return [
    sql`p.id in (
      select k.profile_id from public.identity_key k where k.blind_index = any(${indexes}::text[])
      union select i.profile_id from public.identity i
        where i.kind in ('PHONE', 'CARD') and ${sql.raw(TAIL)} = ${terms.tail}
      union select i.profile_id from public.identity i where i.kind = 'EXTERNAL' and i.masked = ${terms.external})`,
  ];
}

function externalCondition(number: string | null): Condition {
  return sql`p.id in (
    select i.profile_id from public.identity i where i.kind = 'EXTERNAL' and i.masked = ${number})`;
}

const FAMILY = sql.raw(searchable('family_name'));
const GIVEN = sql.raw(searchable('given_name'));
const PATRONYMIC = sql.raw(searchable('patronymic'));

function nameCondition(names: readonly string[]): Condition {
  const [one = '', two, three] = names.map(beginning);
  const whole = beginning(names.join(' '));
  if (two === undefined) return sql`(${FAMILY} like ${one} or ${GIVEN} like ${one})`;
  const either = sql`(${FAMILY} like ${whole} or ${GIVEN} like ${whole}`;
  if (three === undefined)
    return sql`${either} or (${FAMILY} like ${one} and ${GIVEN} like ${two})
      or (${GIVEN} like ${one} and (${FAMILY} like ${two} or ${PATRONYMIC} like ${two})))`;
  return sql`${either} or (${FAMILY} like ${one} and ${GIVEN} like ${two} and ${PATRONYMIC} like ${three})
    or (${GIVEN} like ${one} and ${PATRONYMIC} like ${two} and ${FAMILY} like ${three})
    or (${FAMILY} like ${one} and ${GIVEN} like ${beginning(`${names[1]} ${names[2]}`)}))`;
}
