import { READABLE_SIGNS } from '@clientele/shared/promo-codes';

export type PoolKind = 'GENERIC' | 'SINGLE_USE';

/** A pool as a person fills it in; numbers are texts until they are sent. */
export interface PoolValues {
  kind: PoolKind;
  promotionId: string;
  name: string;
  words: string[];
  /** Codes come by a pattern, else from a file. */
  made: boolean;
  pattern: string;
  validFrom: string | null;
  validTo: string | null;
  validDays: string;
  usesTotal: string;
  usesPerShopper: string;
  freeOnReturn: boolean;
  [field: string]: unknown;
}

export interface KnownPool {
  kind: PoolKind;
  name: string;
  promotion: { id: string } | null;
  words: readonly string[];
  pattern: string | null;
  validFrom: string | null;
  validTo: string | null;
  validDays: number | null;
  usesTotal: number | null;
  usesPerShopper: number | null;
  freeOnReturn: boolean;
}

export function newPool(promotionId: string): PoolValues {
  return {
    kind: 'SINGLE_USE',
    promotionId,
    name: '',
    words: [],
    made: true,
    pattern: 'SALE-####-####',
    validFrom: null,
    validTo: null,
    validDays: '30',
    usesTotal: '',
    usesPerShopper: '',
    freeOnReturn: true,
  };
}

export function valuesOf(pool: KnownPool): PoolValues {
  return {
    kind: pool.kind,
    promotionId: pool.promotion?.id ?? '',
    name: pool.name,
    words: [...pool.words],
    made: pool.pattern !== null,
    pattern: pool.pattern ?? 'SALE-####-####',
    validFrom: pool.validFrom,
    validTo: pool.validTo,
    validDays: textOf(pool.validDays),
    usesTotal: textOf(pool.usesTotal),
    usesPerShopper: textOf(pool.usesPerShopper),
    freeOnReturn: pool.freeOnReturn,
  };
}

/** What both inputs share. What is no whole number goes as 0: the server says at its field what it wants. */
export function inputOf(values: PoolValues) {
  const generic = values.kind === 'GENERIC';
  return {
    promotionId: values.promotionId,
    name: values.name.trim(),
    pattern: !generic && values.made ? values.pattern.trim() : null,
    validFrom: values.validFrom,
    validTo: values.validTo,
    validDays: generic ? null : countOf(values.validDays),
    usesTotal: generic ? countOf(values.usesTotal) : null,
    usesPerShopper: generic ? countOf(values.usesPerShopper) : null,
    freeOnReturn: values.freeOnReturn,
  };
}

/** What such a code looks like; always the same for the same pattern, so that nobody takes it for a real one. */
export function sampleCode(pattern: string, alphabet: string = READABLE_SIGNS): string {
  let at = 0;
  return pattern.replaceAll('#', () => {
    at += 7;
    return alphabet.charAt(at % alphabet.length);
  });
}

/** Whether a promotion with these rules asks for a code: others would never read it. */
export function isByCode(rules: unknown): boolean {
  const { conditions } = (rules ?? {}) as { conditions?: unknown };
  return (
    Array.isArray(conditions) &&
    conditions.some((condition: { kind?: unknown } | null) => condition?.kind === 'PROMO_CODE')
  );
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

function countOf(text: string): number | null {
  const plain = text.replaceAll(/\s/g, '');
  if (plain === '') return null;
  return /^\d{1,9}$/.test(plain) ? Number(plain) : 0;
}
