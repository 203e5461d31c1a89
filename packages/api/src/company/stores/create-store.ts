import { minorDigits } from '@clientele/shared/money';
import { isTimeZone } from '@clientele/shared/time';
import { getCountries, type CountryCode } from 'libphonenumber-js/max';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, type InputProblem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';

export interface NewStore {
  brandId: string;
  code: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** ISO 4217. */
  currency: string;
  /** ISO 3166-1 alpha-2: of phones dialled without a country code. */
  country: string;
  language: 'ru' | 'en';
}

/** @returns its id @throws InvalidInput */
export async function createStore(ctx: Context, store: NewStore): Promise<string> {
  const problems = problemsOf(store);
  if (problems.length > 0) throw new InvalidInput(problems);
  const id = newId();
  await ctx.sql
    .insertInto('store')
    .values({
      id,
      brand_id: store.brandId,
      code: store.code,
      name: store.name,
      time_zone: store.timeZone,
      currency: store.currency,
      country: store.country,
      language: store.language,
      walk_in_profile_id: null,
      created_at: ctx.clock.now(),
    })
    .execute();
  await audit(ctx, { action: 'store.created', subject: `store:${id}` });
  return id;
}

function problemsOf({ timeZone, currency, country }: NewStore): InputProblem[] {
  const problems: InputProblem[] = [];
  const unknown = (field: string, message: string) =>
    problems.push({ path: [field], code: 'UNKNOWN', message });
  if (!isTimeZone(timeZone)) unknown('timeZone', 'is no IANA time zone');
  if (!isCurrency(currency)) unknown('currency', 'is no ISO 4217 code');
  if (!getCountries().includes(country as CountryCode)) unknown('country', 'is no ISO 3166 code');
  return problems;
}

function isCurrency(code: string): boolean {
  try {
    return minorDigits(code) >= 0;
  } catch {
    return false;
  }
}
