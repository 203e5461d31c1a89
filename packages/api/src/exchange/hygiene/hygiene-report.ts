import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

/** What may be wrong with a base of people, and what is missing in it; each counts people unless it says otherwise. */
export const HYGIENE_CODES = [
  'NO_PHONE',
  'NO_EMAIL',
  'NO_CONTACT',
  'NO_GIVEN_NAME',
  'NO_FAMILY_NAME',
  'NO_BIRTH_DATE',
  'NO_GENDER',
  'NO_CONSENT',
  'PHONE_NOT_VERIFIED',
  'NAME_DOUBTFUL',
  'BIRTH_DATE_DOUBTFUL',
] as const;
export type HygieneCode = (typeof HYGIENE_CODES)[number];

export interface HygieneFact {
  code: HygieneCode;
  count: number;
}

export interface HygieneSource {
  /** Whose numbers these people have. */
  source: string;
  people: number;
  facts: HygieneFact[];
}

/** Records that wait, refused, by what is wrong with them. */
export interface HygieneRefused {
  source: string;
  records: number;
  invalidPhones: number;
  invalidEmails: number;
}

export interface HygieneReport {
  people: number;
  facts: HygieneFact[];
  /** Pairs that look like one person and nobody decided about; and people in them. */
  duplicates: { pairs: number; people: number };
  sources: HygieneSource[];
  refused: HygieneRefused[];
}

/** One row a person: what of the list above is true of them. */
const PEOPLE = sql`
  with contact as (
    select profile_id, bool_or(kind = 'PHONE') as phone, bool_or(kind = 'EMAIL') as email,
      bool_or(kind = 'PHONE' and verified_at is not null) as verified
    from public.identity group by 1
  ), consenting as (
    select distinct profile_id from public.consent where granted
  ), person as (
    select p.id,
      coalesce(c.phone, false) as phone, coalesce(c.email, false) as email, coalesce(c.verified, false) as verified,
      p.given_name, p.family_name, p.birth_date, p.gender, a.profile_id is not null as consent
    from public.profile p left join contact c on c.profile_id = p.id left join consenting a on a.profile_id = p.id
    where p.kind = 'PERSON' and p.merged_into is null and p.erased_at is null
  )`;

/** A name of one letter, with figures, or what is typed where a name has to be. */
const DOUBTFUL_NAME = sql`(given_name ~ '[0-9@_]' or length(trim(given_name)) = 1
  or lower(trim(given_name)) in ('тест', 'test', 'клиент', 'покупатель', 'аноним', 'гость', 'нет', 'имя', 'n/a', 'unknown'))`;

/** The code of each aggregate. */
const COUNTS = (today: string) => sql`
  count(*)::int as people,
  count(*) filter (where not phone)::int as "NO_PHONE",
  count(*) filter (where not email)::int as "NO_EMAIL",
  count(*) filter (where not phone and not email)::int as "NO_CONTACT",
  count(*) filter (where given_name is null)::int as "NO_GIVEN_NAME",
  count(*) filter (where family_name is null)::int as "NO_FAMILY_NAME",
  count(*) filter (where birth_date is null)::int as "NO_BIRTH_DATE",
  count(*) filter (where gender is null)::int as "NO_GENDER",
  count(*) filter (where not consent)::int as "NO_CONSENT",
  count(*) filter (where phone and not verified)::int as "PHONE_NOT_VERIFIED",
  count(*) filter (where ${DOUBTFUL_NAME})::int as "NAME_DOUBTFUL",
  count(*) filter (where birth_date < ${today}::date - interval '100 years'
    or birth_date > ${today}::date - interval '14 years')::int as "BIRTH_DATE_DOUBTFUL"`;

type Counts = Record<HygieneCode, number> & { people: number };

/**
 * Looks over the whole base before the program is opened to it.
 * @param onStep after each of its four steps
 */
export async function hygieneReport(
  ctx: Context,
  onStep: (done: number, of: number) => void,
): Promise<HygieneReport> {
  const today = ctx.clock.now().toISOString().slice(0, 10);
  const whole = await sql<Counts>`${PEOPLE} select ${COUNTS(today)} from person`.execute(ctx.sql);
  onStep(1, 4);
  const bySource = await sql<Counts & { source: string }>`${PEOPLE}
    select e.source, ${COUNTS(today)} from (
      select distinct profile_id, source from public.identity where kind = 'EXTERNAL') e
    join person on person.id = e.profile_id group by 1 order by count(*) desc, 1 limit 50`.execute(ctx.sql);
  onStep(2, 4);
  const duplicates = await sql<{ pairs: number; people: number }>`
    select count(*)::int as pairs, (select count(*)::int from (
      select low_id from public.duplicate_candidate where state = 'OPEN'
      union select high_id from public.duplicate_candidate where state = 'OPEN') both_sides) as people
    from public.duplicate_candidate where state = 'OPEN'`.execute(ctx.sql);
  onStep(3, 4);
  const refused = await sql<HygieneRefused>`
    select source, count(*)::int as records,
      count(*) filter (where problems @> '[{"code":"FORMAT"}]' and problems::text ~ '"path": \\["(profile", ")?phone')::int
        as "invalidPhones",
      count(*) filter (where problems @> '[{"code":"FORMAT"}]' and problems::text ~ '"path": \\["(profile", ")?email')::int
        as "invalidEmails"
    from public.rejected_record where state = 'OPEN' group by 1 order by 2 desc, 1 limit 50`.execute(ctx.sql);
  onStep(4, 4);
  return {
    people: whole.rows[0]?.people ?? 0,
    facts: factsOf(whole.rows[0]),
    duplicates: duplicates.rows[0] ?? { pairs: 0, people: 0 },
    sources: bySource.rows.map((row) => ({ source: row.source, people: row.people, facts: factsOf(row) })),
    refused: refused.rows,
  };
}

function factsOf(counts: Counts | undefined): HygieneFact[] {
  return HYGIENE_CODES.map((code) => ({ code, count: counts?.[code] ?? 0 }));
}
