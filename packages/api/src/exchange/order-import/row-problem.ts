import type { ImportProblemCode } from '../imports/import-problem.ts';
import type { OrderMapping } from './mapping.ts';

interface ProblemKind {
  readonly code: ImportProblemCode;
  /** The column it is about; null: the row or the order as a whole. */
  readonly column: keyof OrderMapping['columns'] | null;
  /** English, behind the number of the order. */
  readonly words: (value: string) => string;
}

/** What can be wrong with a row of an order, or with an order. The value is what stands there. */
const KINDS = {
  COLUMNS: { code: 'COLUMNS', column: null, words: (value) => `has ${value}` },
  NO_NUMBER: { code: 'REQUIRED', column: 'externalId', words: () => 'has no order number' },
  NO_SKU: { code: 'REQUIRED', column: 'sku', words: () => 'has no sku' },
  LONG_TEXT: {
    code: 'TEXT',
    column: null,
    words: (value) => `holds a text of more than ${value} characters`,
  },
  NO_TEXT: { code: 'TEXT', column: null, words: () => 'holds a character that is no text' },
  STORE: {
    code: 'UNKNOWN',
    column: 'storeCode',
    words: (value) => `names the store "${value}", which is not there`,
  },
  TIME: { code: 'DATE_TIME', column: 'occurredAt', words: (value) => `"${value}" is no date with time` },
  QUANTITY: { code: 'NUMBER', column: 'quantity', words: (value) => `"${value}" is no quantity` },
  FINE_QUANTITY: {
    code: 'RANGE',
    column: 'quantity',
    words: (value) => `the quantity "${value}" has more than three decimals`,
  },
  HUGE_QUANTITY: {
    code: 'RANGE',
    column: 'quantity',
    words: (value) => `the quantity "${value}" is more than can be`,
  },
  PURCHASE_QUANTITY: {
    code: 'RANGE',
    column: 'quantity',
    words: (value) => `a purchase has the quantity "${value}"`,
  },
  RETURN_QUANTITY: {
    code: 'RANGE',
    column: 'quantity',
    words: (value) => `a return has the quantity "${value}"`,
  },
  PRICE: { code: 'MONEY', column: 'unitPrice', words: (value) => `"${value}" is no price` },
  NEGATIVE_PRICE: { code: 'RANGE', column: 'unitPrice', words: () => 'has a negative price' },
  COST: { code: 'RANGE', column: 'unitPrice', words: () => 'costs more than can be' },
  DISCOUNT: { code: 'MONEY', column: 'discount', words: (value) => `"${value}" is no discount of this line` },
  SHOPPER: {
    code: 'UNKNOWN_PROFILE',
    column: 'shopper',
    words: (value) => `the shopper is no valid ${value}`,
  },
  STORES_DIFFER: {
    code: 'STORES_DIFFER',
    column: 'storeCode',
    words: () => 'its lines name different stores',
  },
  SHOPPERS_DIFFER: {
    code: 'SHOPPERS_DIFFER',
    column: 'shopper',
    words: () => 'its lines name different shoppers',
  },
  LINES: { code: 'TOO_MANY', column: null, words: (value) => `has ${value}` },
  ERASED: { code: 'ERASED', column: 'shopper', words: () => 'its shopper was erased' },
  CARD: { code: 'UNKNOWN_PROFILE', column: 'shopper', words: () => 'nobody has this card' },
} as const satisfies Record<string, ProblemKind>;

export type RowProblemKind = keyof typeof KINDS;

const SEPARATOR = '\u001f';

/** As it stands in the tables of the import. */
export function keptProblem(kind: RowProblemKind, value = ''): string {
  return value === '' ? kind : `${kind}${SEPARATOR}${value}`;
}

export interface RowProblem {
  readonly code: ImportProblemCode;
  readonly column: ProblemKind['column'];
  readonly value: string;
  /** English, behind the number of the order. */
  readonly words: string;
}

export function readProblem(kept: string): RowProblem {
  const [kind = '', value = ''] = kept.split(SEPARATOR);
  const { code, column, words }: ProblemKind = KINDS[kind as RowProblemKind];
  return { code, column, value, words: words(value) };
}
