import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, type InputProblem } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import type { ContactChannel } from '../profile.entity.ts';

export interface ConsentInput {
  /** Of the API. */
  textId: string;
  granted: boolean;
  /** Absent: for every channel. */
  channel?: ContactChannel | null | undefined;
  /** Code; absent: for every topic. */
  topic?: string | null | undefined;
}

export interface ConsentTextRecord {
  id: string;
  brandId: string;
  purpose: 'PROCESSING' | 'ADVERTISING';
  version: string;
  text: string;
  required: boolean;
}

/** What people are asked to agree to now, required ones first. @param brandIds null: of every brand */
export async function consentTexts(
  ctx: Pick<Context, 'sql' | 'clock'>,
  brandIds: readonly string[] | null,
): Promise<ConsentTextRecord[]> {
  const now = ctx.clock.now();
  const texts = ctx.sql
    .selectFrom('consent_text')
    .select(['id', 'brand_id as brandId', 'purpose', 'version', 'text', 'required'])
    .where('valid_from', '<=', now)
    .where((eb) => eb.or([eb('retired_at', 'is', null), eb('retired_at', '>', now)]))
    .orderBy('required', 'desc')
    .orderBy('purpose', 'desc')
    .orderBy('id');
  if (brandIds === null) return texts.execute();
  return brandIds.length === 0 ? [] : texts.where('brand_id', 'in', [...brandIds]).execute();
}

/** An answer to a text, understood. */
export interface ParsedConsent {
  text: ConsentTextRecord;
  granted: boolean;
  /** null: every one. */
  channel: ContactChannel | null;
  topic: string | null;
}

/** @returns the answers, and what is wrong with the others, by path */
export function readConsents(
  inputs: readonly ConsentInput[],
  texts: readonly ConsentTextRecord[],
): { consents: ParsedConsent[]; problems: InputProblem[] } {
  const consents: ParsedConsent[] = [];
  const problems: InputProblem[] = [];
  for (const [index, { textId, granted, channel, topic }] of inputs.entries()) {
    const path = ['consents', String(index)];
    const id = localId(textId, 'ConsentText');
    const text = texts.find((known) => known.id === id);
    if (!text)
      problems.push({
        path: [...path, 'textId'],
        code: 'UNKNOWN',
        message: 'is no text people are asked to agree to now',
      });
    else if (typeof topic === 'string' && !TOPIC.test(topic))
      problems.push({ path: [...path, 'topic'], code: 'FORMAT', message: 'is the code of no topic' });
    else consents.push({ text, granted, channel: channel ?? null, topic: topic ?? null });
  }
  return { consents, problems };
}

/** Topics are known by code; which of them are asked for is a setting, an answer to a former one is still an answer. */
const TOPIC = /^[A-Z0-9_]{1,40}$/;

/** @throws InvalidInput REQUIRED when a text nobody can be enrolled without is not agreed to */
export function demandRequired(
  texts: readonly ConsentTextRecord[],
  consents: readonly ParsedConsent[],
  path: readonly string[],
): void {
  const missing = texts.filter(
    ({ id, required }) => required && !consents.some(({ text, granted }) => granted && text.id === id),
  );
  if (missing.length === 0) return;
  throw new InvalidInput(
    missing.map(({ purpose, version }) => ({
      path: [...path],
      code: 'REQUIRED' as const,
      message: `agreement to ${purpose} ${version} is needed`,
    })),
  );
}

/**
 * Adds the answers that differ from those that count now; what was answered before stays on record.
 * @param source till, key or import they came by; `admin`
 * @param note what staff know of how they were given
 * @returns the purposes whose answer is new
 */
export async function recordConsents(
  ctx: Context,
  profileId: string,
  consents: readonly ParsedConsent[],
  source: string,
  note: string | null = null,
): Promise<string[]> {
  if (consents.length === 0) return [];
  const fresh = freshConsents(consents, await lastConsents(ctx, [profileId]));
  if (fresh.length === 0) return [];
  const rows = fresh.map((one) => ({ ...consentRow(ctx, profileId, one, source), note }));
  await ctx.sql.insertInto('consent').values(rows).execute();
  await tellConsents(ctx, rows, fresh);
  return [...new Set(fresh.map(({ text }) => `consents.${text.purpose}`))];
}

/** Those that say something else than the answers that count now. */
export function freshConsents(
  consents: readonly ParsedConsent[],
  last: readonly LastConsent[],
): ParsedConsent[] {
  return consents.filter((consent) => {
    const known = last.find((one) => isAbout(one, consent));
    return known?.textId !== consent.text.id || known.granted !== consent.granted;
  });
}

/** Whether an answer stands in the place of another: same brand, purpose, channel and topic. */
export function isAbout(
  last: Pick<LastConsent, 'brandId' | 'purpose' | 'channel' | 'topic'>,
  { text, channel, topic }: ParsedConsent,
): boolean {
  return (
    last.brandId === text.brandId &&
    last.purpose === text.purpose &&
    last.channel === channel &&
    last.topic === topic
  );
}

export function consentRow(
  ctx: Pick<Context, 'clock'>,
  profileId: string,
  { text, granted, channel, topic }: ParsedConsent,
  source: string,
) {
  return {
    profile_id: profileId,
    id: newId(),
    text_id: text.id,
    purpose: text.purpose,
    version: text.version,
    channel,
    topic,
    granted,
    source,
    given_at: ctx.clock.now(),
  };
}

/** Tells of answers given just now, one `consent.changed` each. @param consents in the order of the rows */
export async function tellConsents(
  ctx: Pick<Context, 'sql' | 'clock'>,
  rows: readonly ReturnType<typeof consentRow>[],
  consents: readonly ParsedConsent[],
): Promise<void> {
  const events = rows.map(({ profile_id, id, ...row }, index) => ({
    profile_id,
    payload: {
      consentId: id,
      purpose: row.purpose,
      granted: row.granted,
      channel: row.channel,
      topic: row.topic,
      brandId: consents[index]?.text.brandId ?? null,
    },
  }));
  await sql`select public.write_event('consent.changed', r.profile_id, r.payload, ${ctx.clock.now()})
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as r(profile_id uuid, payload jsonb)`.execute(
    ctx.sql,
  );
}

export interface LastConsent {
  /** Of the survivor, whoever of the family it was given to. */
  profileId: string;
  brandId: string;
  purpose: 'PROCESSING' | 'ADVERTISING';
  /** null: every one. */
  channel: ContactChannel | null;
  topic: string | null;
  textId: string;
  textVersion: string;
  granted: boolean;
  source: string;
  note: string | null;
  givenAt: Date;
}

/**
 * The answer that counts in each place (brand, purpose, channel, topic) of each person: the newest one, whether it was
 * given to this profile or to one that was merged into it.
 */
export async function lastConsents(
  ctx: Pick<Context, 'sql'>,
  profileIds: readonly string[],
): Promise<LastConsent[]> {
  if (profileIds.length === 0) return [];
  const { rows } = await sql<LastConsent>`
    select distinct on (family.survivor, t.brand_id, c.purpose, c.channel, c.topic)
      family.survivor as "profileId", t.brand_id as "brandId", c.purpose, c.channel, c.topic, c.text_id as "textId",
      c.version as "textVersion", c.granted, c.source, c.note, c.given_at as "givenAt"
    from (
      select id, id as survivor from public.profile where id = any(${[...profileIds]}::uuid[])
      union all
      select id, merged_into from public.profile where merged_into = any(${[...profileIds]}::uuid[])
    ) family
    join public.consent c on c.profile_id = family.id
    join public.consent_text t on t.id = c.text_id
    order by family.survivor, t.brand_id, c.purpose, c.channel, c.topic, c.given_at desc, c.id desc`.execute(
    ctx.sql,
  );
  return rows;
}

/**
 * What counts for one channel and topic: the latest answer that covers them, be it about everything or about just
 * this one. Nobody asked: null.
 */
export function answerFor(
  last: readonly LastConsent[],
  about: Pick<LastConsent, 'brandId' | 'purpose'> & { channel: ContactChannel; topic: string },
): LastConsent | null {
  const covering = last.filter(
    (one) =>
      one.brandId === about.brandId &&
      one.purpose === about.purpose &&
      (one.channel === null || one.channel === about.channel) &&
      (one.topic === null || one.topic === about.topic),
  );
  return covering.toSorted((a, b) => b.givenAt.getTime() - a.givenAt.getTime())[0] ?? null;
}
