import { isTimeZone } from '@clientele/shared/time';
import { getCountries, type CountryCode } from 'libphonenumber-js/max';
import type { Context } from '../../platform/context.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';
import { readBrands } from '../brands/read-brands.ts';

export interface StoreFields {
  /** Of one company no two are equal. */
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

export interface NewStore extends StoreFields {
  brandId: string;
}

/** @returns its id @throws InvalidInput */
export async function createStore(ctx: Context, { brandId, ...input }: NewStore): Promise<string> {
  const problems = problemsOf(input);
  if (!(await isBrandInUse(ctx, brandId))) problems.add(['brandId'], 'UNKNOWN', 'there is no such brand');
  problems.refuseAny();
  const { timeZone, ...store } = input;
  const id = newId();
  await refuseTaken(STORE_UNIQUES, () =>
    ctx.sql
      .insertInto('store')
      .values({
        ...store,
        id,
        brand_id: brandId,
        time_zone: timeZone,
        walk_in_profile_id: null,
        created_at: ctx.clock.now(),
      })
      .execute(),
  );
  await audit(ctx, {
    action: 'store.created',
    subject: `store:${id}`,
    facts: { after: { brandId, ...input } },
  });
  return id;
}

export const STORE_UNIQUES = { store_code_unique: 'code' };

const LONGEST_CODE = 100;
const LONGEST_NAME = 200;

export function problemsOf({
  code,
  name,
  timeZone,
  currency,
  country,
  language,
}: StoreFields): InputProblems {
  const problems = new InputProblems();
  problems.exact(code, ['code'], { max: LONGEST_CODE });
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  if (!isTimeZone(timeZone)) problems.add(['timeZone'], 'UNKNOWN', 'is no IANA time zone');
  if (!isCurrency(currency)) problems.add(['currency'], 'UNKNOWN', 'is no ISO 4217 code');
  if (!getCountries().includes(country as CountryCode))
    problems.add(['country'], 'UNKNOWN', 'is no ISO 3166 code');
  if (language !== 'ru' && language !== 'en') problems.add(['language'], 'UNKNOWN', 'is ru or en');
  return problems;
}

/** And the caller sees it. */
async function isBrandInUse(ctx: Context, brandId: string): Promise<boolean> {
  const [brand] = await readBrands(ctx, { ids: [brandId] });
  return brand !== undefined && brand.archivedAt === null;
}

function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** What this runtime knows of ISO 4217: any three letters would do for its formatter. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
