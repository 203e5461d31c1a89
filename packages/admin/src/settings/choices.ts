/** What a browser knows of the world, for fields that take one of many codes. */

export interface Choice {
  value: string;
  title: string;
}

/** Every IANA zone this browser knows, and the one in use even where it does not. */
export function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return current === '' || known.includes(current) ? known : [current, ...known];
}

/** ISO 4217, by code, with the name in the language shown. */
export function currencies(locale: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((value) => ({
    value,
    title: `${value} · ${names.of(value)}`,
  }));
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** ISO 3166-1 alpha-2, by name in the language shown. Codes without a name are no countries. */
export function countries(locale: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .flatMap((value) => {
      const title = names.of(value);
      return title === undefined || NO_COUNTRIES.has(value) ? [] : [{ value, title }];
    })
    .toSorted((a, b) => a.title.localeCompare(b.title, locale));
}

/** Names a browser has besides countries: unions, regions, pseudo-locales. */
const NO_COUNTRIES = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'CP',
  'DG',
  'EA',
  'IC',
  'AN',
  'SU',
  'YU',
  'TP',
  'ZR',
  'BU',
  'DD',
  'FX',
  'NT',
  'RH',
  'VD',
  'YD',
  'CS',
  'HV',
  'NH',
  'DY',
  'CQ',
  'UK',
]);
