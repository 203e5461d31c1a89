import type { Context } from '../../platform/context.ts';
import { InvalidInput, type InputProblem } from '../../platform/errors.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';

export interface ConsentInput {
  /** Of the API. */
  textId: string;
  granted: boolean;
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
}

/** @returns the answers, and what is wrong with the others, by path */
export function readConsents(
  inputs: readonly ConsentInput[],
  texts: readonly ConsentTextRecord[],
): { consents: ParsedConsent[]; problems: InputProblem[] } {
  const consents: ParsedConsent[] = [];
  const problems: InputProblem[] = [];
  for (const [index, { textId, granted }] of inputs.entries()) {
    const id = localId(textId, 'ConsentText');
    const text = texts.find((known) => known.id === id);
    if (text) consents.push({ text, granted });
    else
      problems.push({
        path: ['consents', String(index), 'textId'],
        code: 'UNKNOWN',
        message: 'is no text people are asked to agree to now',
      });
  }
  return { consents, problems };
}

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
 * Adds the answers that differ from the last ones; what was answered before stays on record.
 * @param source till, key or import they came by
 * @returns the purposes whose answer is new
 */
export async function recordConsents(
  ctx: Context,
  profileId: string,
  consents: readonly ParsedConsent[],
  source: string,
): Promise<string[]> {
  if (consents.length === 0) return [];
  const last = await lastConsents(ctx, [profileId]);
  const fresh = consents.filter(({ text, granted }) => {
    const known = last.find((one) => one.brandId === text.brandId && one.purpose === text.purpose);
    return known?.textId !== text.id || known.granted !== granted;
  });
  if (fresh.length === 0) return [];
  await ctx.sql
    .insertInto('consent')
    .values(fresh.map(({ text, granted }) => consentRow(ctx, profileId, { text, granted }, source)))
    .execute();
  return fresh.map(({ text }) => `consents.${text.purpose}`);
}

export function consentRow(
  ctx: Pick<Context, 'clock'>,
  profileId: string,
  { text, granted }: ParsedConsent,
  source: string,
) {
  return {
    profile_id: profileId,
    id: newId(),
    text_id: text.id,
    purpose: text.purpose,
    version: text.version,
    granted,
    source,
    given_at: ctx.clock.now(),
  };
}

export interface LastConsent {
  profileId: string;
  brandId: string;
  purpose: 'PROCESSING' | 'ADVERTISING';
  textId: string;
  granted: boolean;
}

/** The answer that counts of each profile, brand and purpose. */
export async function lastConsents(
  ctx: Pick<Context, 'sql'>,
  profileIds: readonly string[],
): Promise<LastConsent[]> {
  if (profileIds.length === 0) return [];
  return ctx.sql
    .selectFrom('consent')
    .innerJoin('consent_text', 'consent_text.id', 'consent.text_id')
    .distinctOn(['consent.profile_id', 'consent_text.brand_id', 'consent.purpose'])
    .select(['consent.profile_id as profileId', 'consent_text.brand_id as brandId', 'consent.purpose'])
    .select(['consent.text_id as textId', 'consent.granted'])
    .where('consent.profile_id', 'in', [...profileIds])
    .orderBy('consent.profile_id')
    .orderBy('consent_text.brand_id')
    .orderBy('consent.purpose')
    .orderBy('consent.given_at', 'desc')
    .orderBy('consent.id', 'desc')
    .execute();
}
