import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import type { Phone } from './phone.types.ts';
import { plainMobile } from './plain-mobile.ts';

export type { Phone } from './phone.types.ts';

const LONGEST = 60;

/** Marks of writing direction and width that copying brings along. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\u00AD\uFEFF]/gu;

/** Nobody is reached by these, or every call costs. */
const NOBODYS = new Set(['PREMIUM_RATE', 'SHARED_COST', 'TOLL_FREE', 'UAN', 'PAGER', 'VOICEMAIL']);

/**
 * A phone in any dialled form: `8 (912) 345-67-89`, `+7…`, `tel:…`, full-width digits, `8~10 …`. The country is the
 * number's own; only without a country code the given one is assumed.
 * @param country ISO 3166-1 alpha-2
 * @returns null for what is no number of a person
 */
export function parsePhone(text: string, country: string): Phone | null {
  return plainMobile(text, country) ?? parseAnyPhone(text, country);
}

/** The same, by the rules of the whole world. */
export function parseAnyPhone(text: string, country: string): Phone | null {
  if (text.length > LONGEST || /\p{Cc}/u.test(text.trim())) return null;
  const cleaned = text
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll('~', '')
    .trim()
    .replace(/^tel:/i, '');
  const number = parsePhoneNumberFromString(cleaned, {
    defaultCountry: country as CountryCode,
    extract: false,
  });
  if (number === undefined || number.ext !== undefined || !number.isValid()) return null;
  const type = number.getType();
  if (type !== undefined && NOBODYS.has(type)) return null;
  return {
    e164: number.number,
    masked: maskPhone(number),
    takesCodes: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE',
    country: number.country ?? null,
  };
}

function maskPhone(number: PhoneNumber): string {
  const last = number.nationalNumber.slice(-4);
  return `+${number.countryCallingCode} ••• •••-${last.slice(0, 2)}-${last.slice(2)}`;
}
