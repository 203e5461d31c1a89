/**
 * What is left of a code when it does not matter how somebody typed it: case, spaces and dashes are nothing, a Cyrillic
 * letter is the Latin one it looks like, O is 0, I and L are 1. Two codes with one key are one code. The same as
 * `promo_code_key` in SQL, which the till's round trip uses; a test holds them equal.
 */
export function codeKey(typed: string): string {
  if (typed.length > LONGEST_TYPED) return '';
  // As our own are printed: by far the most.
  const plain = typed.replaceAll('-', '');
  if (PLAIN.test(plain)) return plain;
  let key = '';
  for (const sign of typed.normalize('NFKC')) if (!IGNORED.test(sign)) key += SAME_AS.get(sign) ?? sign;
  return key;
}

/** A key a code may have. */
export function isCodeKey(key: string): boolean {
  return CODE_KEY.test(key);
}

/** Characters of a code; typed with spaces and dashes it may be longer. */
export const LONGEST_CODE = 64;
export const SHORTEST_CODE = 3;

const LONGEST_TYPED = 200;
const CODE_KEY = /^[\p{L}\p{N}]{3,64}$/u;

/** Nothing in it has a twin. */
const PLAIN = /^[0-9A-HJKMNP-Z]*$/;

/** Spaces, dashes, and marks nobody sees. */
const IGNORED =
  /[\t-\r \u0085\u00A0\u00AD\u061C\u1680\u2000-\u2015\u2028-\u202F\u205F-\u2069\u2212\u3000\uFEFF-]/;

const FROM = 'abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіјѕ';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІЈЅ';
const TWINS = 'АВЕЁКМНОРСТУХІЈЅOIL';
const TWIN_OF = 'ABEEKMH0PCTYX1JS011';

const SAME_AS = sameAs();

function sameAs(): ReadonlyMap<string, string> {
  const twins = new Map([...TWINS].map((sign, at) => [sign, TWIN_OF.charAt(at)]));
  const lower = [...FROM].map((sign, at): [string, string] => {
    const upper = UPPER.charAt(at);
    return [sign, twins.get(upper) ?? upper];
  });
  return new Map([...twins, ...lower]);
}
