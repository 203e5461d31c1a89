import type { Phone } from './phone.types.ts';

/** Spaces, dashes, brackets and dots between the digits: how people and exports write a number. */
const WRITTEN = /^\+?[\d ().-]{10,20}$/;
const SIGNS = /[ ().-]/g;
/** With the country code, with the trunk 8, or the ten digits alone; the code without its plus where numbers begin so. */
const DIALLED: Readonly<Record<string, RegExp>> = {
  RU: /^(?:\+7|7|8)?([79]\d{9})$/,
  KZ: /^(?:\+7|8)?([79]\d{9})$/,
};
const ABROAD = /^\+7([79]\d{9})$/;

/** Mobile ranges of libphonenumber's metadata; a test holds them against it. */
const RUSSIAN =
  /^9(?:[0-24-9]\d{4}|3(?:0(?:0(?:05|[124579]\d|3[0-7]|6[0-49]|8[04-9])|[1-9]\d\d)|[1-9]\d{3}))\d{4}$/;
const KAZAKH = /^7(?:0[0-25-8]|47|6[0-4]|7[15-8]|85)\d{7}$/;

/**
 * A mobile of Russia or Kazakhstan in one of its usual spellings, read thirty times as fast as any number of the world.
 * @param country of numbers without a country code
 * @returns null: it must be looked at properly
 */
export function plainMobile(text: string, country: string): Phone | null {
  if (!WRITTEN.test(text)) return null;
  const digits = text.replace(SIGNS, '');
  const national = (DIALLED[country] ?? ABROAD).exec(digits)?.[1];
  if (national === undefined) return null;
  const isRussian = RUSSIAN.test(national);
  if (!isRussian && !KAZAKH.test(national)) return null;
  return {
    e164: `+7${national}`,
    masked: `+7 ••• •••-${national.slice(6, 8)}-${national.slice(8)}`,
    takesCodes: true,
    country: isRussian ? 'RU' : 'KZ',
  };
}
