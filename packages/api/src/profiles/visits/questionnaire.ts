import type { Context } from '../../platform/context.ts';
import { InvalidInput, invalid, type InputProblem } from '../../platform/errors.ts';
import {
  consentTexts,
  readConsents,
  recordConsents,
  type ConsentInput,
  type ConsentTextRecord,
  type ParsedConsent,
} from '../consents/record-consents.ts';
import { emailIdentity, identityIndex, type IdentityValue } from '../identities/identity.ts';
import { resolveProfiles } from '../identities/resolve-profile.ts';
import { tellConflict } from '../identities/tell-conflict.ts';
import { patchProfile, tellChanged } from '../person/patch-profile.ts';
import { readPersonValues, type PersonInput, type PersonPatch } from '../person/person-values.ts';
import { replaceEmail } from '../person/replace-email.ts';

/** What a shopper says about themselves at the till: at enrolment or later. */
export interface QuestionnaireInput extends Pick<
  PersonInput,
  'givenName' | 'familyName' | 'birthDate' | 'gender'
> {
  /** undefined: nothing said, null: forget it. */
  email?: string | null | undefined;
  consents: readonly ConsentInput[];
}

export interface Questionnaire {
  patch: PersonPatch;
  email: IdentityValue | null | undefined;
  consents: ParsedConsent[];
  /** What could be agreed to. */
  texts: ConsentTextRecord[];
  /** Whether the caller is of one brand: only then it is clear which agreement is needed. */
  oneBrand: boolean;
}

/**
 * Reads the answers; nothing is written.
 * @param path of the answers inside the input, empty at the top
 * @throws InvalidInput
 */
export async function readQuestionnaire(
  ctx: Context,
  input: QuestionnaireInput,
  path: readonly string[],
): Promise<Questionnaire> {
  const brandIds = await brandsOf(ctx);
  const texts = await consentTexts(ctx, brandIds);
  const today = ctx.clock.now().toISOString().slice(0, 10);
  const { patch, problems } = readPersonValues(input, { today, ...NOTHING_DEFINED });
  const { consents, problems: consentProblems } = readConsents(input.consents, texts);
  const all: InputProblem[] = [...problems, ...consentProblems];
  const email = typeof input.email === 'string' ? emailIdentity(input.email) : input.email;
  if (email === null && input.email !== null)
    all.push({ path: ['email'], code: 'FORMAT', message: 'is no e-mail address' });
  if (all.length > 0) throw new InvalidInput(all.map((one) => ({ ...one, path: [...path, ...one.path] })));
  return { patch, email, consents, texts, oneBrand: brandIds.length === 1 };
}

/** A questionnaire asks for neither. */
const NOTHING_DEFINED = { attributes: new Map(), stores: new Map() };

/** An empty list is no SQL. */
const NO_STORE = '00000000-0000-0000-0000-000000000000';

/** The brands the caller's stores are of. */
async function brandsOf(ctx: Context): Promise<string[]> {
  const { till, storeIds } = ctx.actor;
  if (till !== null) return [till.brandId];
  const stores = ctx.sql.selectFrom('store').select('brand_id').distinct();
  const rows = await (
    storeIds === 'ALL' ? stores : stores.where('id', 'in', [...storeIds, NO_STORE])
  ).execute();
  return rows.map(({ brand_id }) => brand_id);
}

/**
 * Writes the answers into a profile, in the caller's transaction, and tells who listens.
 * @throws InvalidInput DUPLICATE when the e-mail is another person's
 */
export async function keepQuestionnaire(
  ctx: Context,
  profileId: string,
  { patch, email, consents }: Questionnaire,
  path: readonly string[],
): Promise<void> {
  const source = ctx.actor.ownSource;
  const changed = await patchProfile(ctx, profileId, patch, source);
  if (email !== undefined) {
    const outcome = await replaceEmail(ctx, profileId, email);
    if (outcome === 'TAKEN') {
      if (email) await tellTaken(ctx, profileId, email);
      throw invalid([...path, 'email'].join('.'), 'DUPLICATE', 'is the address of another shopper');
    }
    if (outcome === 'CHANGED') changed.push('email');
  }
  changed.push(...(await recordConsents(ctx, profileId, consents, source)));
  await tellChanged(ctx, profileId, changed, source);
}

/** Told beside the transaction that is rolled back: both may be one person. */
async function tellTaken(ctx: Context, profileId: string, email: IdentityValue): Promise<void> {
  const outside = { ...ctx, sql: ctx.database.sql };
  const blindIndex = identityIndex(ctx.vault, email);
  const [owner] = await resolveProfiles(outside, [{ by: 'IDENTITY', identity: email, blindIndex }]);
  if (owner)
    await tellConflict(outside, {
      profileIds: [profileId, owner.id],
      kinds: ['EMAIL'],
      source: ctx.actor.ownSource,
    });
}
