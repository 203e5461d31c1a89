import {
  formatProblems,
  isCodeKey,
  codeKey,
  LONGEST_CODE,
  READABLE_SIGNS,
} from '@clientele/shared/promo-codes';
import { InputProblems } from '../../../platform/input-problems.ts';
import type { PoolKind } from './promo-code-pool.entity.ts';

/** What staff write of a pool. */
export interface PoolContent {
  name: string;
  /** `SALE-####-####`; null: codes come from a file. SINGLE_USE only. */
  pattern?: string | null | undefined;
  /** Signs that are read in one way only where absent. */
  alphabet?: string | null | undefined;
  validFrom?: Date | null | undefined;
  validTo?: Date | null | undefined;
  /** SINGLE_USE only. */
  validDays?: number | null | undefined;
  /** GENERIC only. */
  usesTotal?: number | null | undefined;
  usesPerShopper?: number | null | undefined;
  freeOnReturn?: boolean | null | undefined;
}

/** As the table holds it. */
export interface CheckedPool {
  name: string;
  pattern: string | null;
  alphabet: string;
  valid_from: Date | null;
  valid_to: Date | null;
  valid_days: number | null;
  uses_total: number | null;
  uses_per_shopper: number | null;
  free_on_return: boolean;
}

const LONGEST_NAME = 200;
const MOST_DAYS = 3_650;
const MOST_USES = 1_000_000_000;
/** Words of a generic pool. */
const MOST_WORDS = 100;

/** Adds what is wrong by its field. */
export function checkPool(kind: PoolKind, content: PoolContent, problems: InputProblems): CheckedPool {
  const { name, pattern = null, alphabet, validFrom = null, validTo = null } = content;
  const { validDays = null, usesTotal = null, usesPerShopper = null } = content;
  const signs = alphabet ?? READABLE_SIGNS;
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  if (validFrom !== null && validTo !== null && validTo <= validFrom)
    problems.add(['validTo'], 'RANGE', 'ends before it begins');
  checkCount(validDays, 'validDays', MOST_DAYS, problems);
  checkCount(usesTotal, 'usesTotal', MOST_USES, problems);
  checkCount(usesPerShopper, 'usesPerShopper', MOST_USES, problems);
  if (kind === 'GENERIC') {
    demandNone({ pattern, alphabet, validDays }, 'is for codes of a single use', problems);
  } else {
    demandNone({ usesTotal, usesPerShopper }, 'is for codes of many uses', problems);
    if (pattern !== null || alphabet)
      for (const problem of formatProblems({ pattern: pattern ?? '###', alphabet: signs }))
        problems.add([problem.field], problem.code, problem.message);
  }
  return {
    name,
    pattern,
    alphabet: signs,
    valid_from: validFrom,
    valid_to: validTo,
    valid_days: validDays,
    uses_total: usesTotal,
    uses_per_shopper: usesPerShopper,
    free_on_return: content.freeOnReturn ?? true,
  };
}

function checkCount(value: number | null, field: string, most: number, problems: InputProblems): void {
  if (value !== null && (!Number.isSafeInteger(value) || value < 1 || value > most))
    problems.add([field], 'RANGE', `is a whole number from 1 to ${most}`);
}

function demandNone(fields: Record<string, unknown>, message: string, problems: InputProblems): void {
  for (const [field, value] of Object.entries(fields))
    if (value !== null && value !== undefined) problems.add([field], 'MISMATCH', message);
}

/** Words people type: `WELCOME10`. @returns each with its key */
export function checkWords(
  words: readonly string[],
  problems: InputProblems,
): { code: string; key: string }[] {
  if (words.length === 0) problems.add(['words'], 'REQUIRED', 'needs at least one');
  if (words.length > MOST_WORDS) problems.add(['words'], 'TOO_MANY', `has ${MOST_WORDS} words at most`);
  const seen = new Set<string>();
  return words.slice(0, MOST_WORDS).map((code, at) => {
    const key = codeKey(code);
    if (code.length > LONGEST_CODE || code !== code.trim() || !isCodeKey(key))
      problems.add(['words', at], 'FORMAT', 'holds 3 to 64 letters and digits');
    else if (seen.has(key)) problems.add(['words', at], 'DUPLICATE', 'reads as another of the words');
    seen.add(key);
    return { code, key };
  });
}
