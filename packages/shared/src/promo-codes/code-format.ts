import { codeKey, isCodeKey } from './code-key.ts';

/** How codes of a pool look. */
export interface CodeFormat {
  /** `SALE-####-####`: each # becomes a sign of the alphabet; the rest is printed as it stands. */
  readonly pattern: string;
  readonly alphabet: string;
}

export interface FormatProblem {
  readonly field: 'pattern' | 'alphabet';
  readonly code: 'REQUIRED' | 'FORMAT' | 'RANGE' | 'DUPLICATE';
  readonly message: string;
}

/** Latin capitals and digits without those that look alike: no 0 and O, no 1, I and L. */
export const READABLE_SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** At least so many combinations for each code there is: what somebody who guesses has to try. */
export const LEAST_ODDS = 1_000n;

/** Codes made at once. */
export const LARGEST_BATCH = 1_000_000;

const LEAST_SIGNS = 2;
const MOST_PLACES = 32;
const LONGEST_PATTERN = 64;
const PATTERN = /^[\p{L}\p{N}# -]+$/u;

/** What keeps codes from being made so; empty: nothing. */
export function formatProblems({ pattern, alphabet }: CodeFormat): FormatProblem[] {
  return [...patternProblems(pattern), ...alphabetProblems(alphabet)];
}

function patternProblems(pattern: string): FormatProblem[] {
  const field = 'pattern';
  if (pattern === '') return [{ field, code: 'REQUIRED', message: 'may not be empty' }];
  if (pattern.length > LONGEST_PATTERN)
    return [{ field, code: 'RANGE', message: `may have ${LONGEST_PATTERN} characters at most` }];
  if (!PATTERN.test(pattern) || pattern !== pattern.trim())
    return [{ field, code: 'FORMAT', message: 'holds letters, digits, dashes, spaces and # only' }];
  const places = placesOf(pattern);
  if (places === 0) return [{ field, code: 'FORMAT', message: 'needs at least one #' }];
  if (places > MOST_PLACES) return [{ field, code: 'RANGE', message: `may have ${MOST_PLACES} # at most` }];
  // Any one of them stands for all: they differ in signs of the alphabet only.
  if (!isCodeKey(codeKey(pattern.replaceAll('#', '2'))))
    return [{ field, code: 'RANGE', message: 'makes codes of less than 3 signs' }];
  return [];
}

function alphabetProblems(alphabet: string): FormatProblem[] {
  const field = 'alphabet';
  const signs = new Set(alphabet);
  if (signs.size < LEAST_SIGNS || alphabet.length > 36)
    return [{ field, code: 'RANGE', message: 'has 2 to 36 signs' }];
  if (signs.size !== alphabet.length) return [{ field, code: 'DUPLICATE', message: 'names a sign twice' }];
  // O is read as 0, I and L as 1, small letters as capitals: such a sign would be another one's twin.
  const twin = [...alphabet].find((sign) => !/^[0-9A-Z]$/.test(sign) || codeKey(sign) !== sign);
  if (twin === undefined) return [];
  return [{ field, code: 'FORMAT', message: 'holds digits and Latin capitals but O, I and L' }];
}

function placesOf(pattern: string): number {
  return pattern.split('#').length - 1;
}

/** How many different codes there can be. */
export function capacityOf({ pattern, alphabet }: CodeFormat): bigint {
  return BigInt(alphabet.length) ** BigInt(placesOf(pattern));
}

/** Of how many guesses one hits, with so many codes in the pool; rounded down. */
export function guessOdds(format: CodeFormat, codes: number): bigint {
  return capacityOf(format) / BigInt(Math.max(1, codes));
}

/** Whether a pool of so many codes is large enough for them, and none of them is found by trying. */
export function isSafeToGuess(format: CodeFormat, codes: number): boolean {
  return guessOdds(format, codes) >= LEAST_ODDS;
}

/** The largest pool that is safe. */
export function mostCodes(format: CodeFormat): bigint {
  return capacityOf(format) / LEAST_ODDS;
}
