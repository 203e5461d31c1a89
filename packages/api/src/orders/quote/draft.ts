import { lineGross, parseMoney, parseQuantity } from '@clientele/shared/money';
import { draftLineProblems } from '@clientele/shared/receipt';
import type { DraftLine, LineKind, SpendPoints } from '@clientele/shared/receipt';
import type { InputPath, InputProblems } from '../../platform/input-problems.ts';

/** A line as GraphQL gives it. */
export interface LineInput {
  sku: string;
  name?: string | null | undefined;
  kind?: LineKind | null | undefined;
  quantity: string;
  unitPrice: string;
  amount?: string | null | undefined;
  discount?: string | null | undefined;
  minUnitPrice?: string | null | undefined;
}

export interface SpendInput {
  max?: boolean | null | undefined;
  exact?: number | null | undefined;
}

/** A line after parsing: without what the catalogue knows. */
export interface ParsedLine extends DraftLine {
  readonly name: string | null;
}

export const MAX_DRAFT_LINES = 500;
export const MAX_RECORDED_LINES = 2_000;
/** Minor units: far below what sums of thousands of lines may reach. */
const MAX_MONEY = 10_000_000_000_000;
/** Of one line: 2,000 of them still sum to a safe integer. */
const MAX_LINE = 1_000_000_000_000;
/** Of all lines: what they earn is told in 32 bits. */
export const MAX_ORDER = 1_000_000_000_000;
const MAX_QUANTITY_MILLI = 1_000_000_000;
const MAX_SKU = 100;
const MAX_NAME = 500;

/** What does not depend on a currency; so that the catalogue can be asked before money is read. */
export function checkLines(
  lines: readonly LineInput[],
  path: InputPath,
  problems: InputProblems,
  most: number,
): string[] {
  if (lines.length === 0) problems.add(path, 'REQUIRED', 'has at least one line');
  if (lines.length > most) problems.add(path, 'TOO_MANY', `has ${most} lines at most`);
  return lines.slice(0, most).map((line) => line.sku.trim());
}

/** Reads the lines in the store's currency; a wrong value is noted by its path and its line left out. */
export function parseLines(
  inputs: readonly LineInput[],
  currency: string,
  path: InputPath,
  problems: InputProblems,
): ParsedLine[] {
  const lines = inputs.flatMap((input, index) => {
    const line = parseLine(input, index + 1, currency, [...path, index], problems);
    return line === undefined ? [] : [line];
  });
  const gross = lines.reduce(
    (sum, line) => sum + (line.amount ?? lineGross(line.quantityMilli, line.unitPrice)),
    0,
  );
  if (gross > MAX_ORDER) problems.add(path, 'RANGE', 'come to more than an order can');
  return lines;
}

function parseLine(
  input: LineInput,
  number: number,
  currency: string,
  path: InputPath,
  problems: InputProblems,
): ParsedLine | undefined {
  const before = problems.list.length;
  const sku = problems.text(input.sku, [...path, 'sku'], MAX_SKU);
  const quantityMilli = parseQuantity(input.quantity);
  if (quantityMilli === null) {
    problems.add(
      [...path, 'quantity'],
      /^-|^0+(\.0*)?$/.test(input.quantity) ? 'RANGE' : 'FORMAT',
      'is a decimal above 0 with up to three digits after the point',
    );
  } else if (quantityMilli > MAX_QUANTITY_MILLI) problems.add([...path, 'quantity'], 'RANGE', 'is too large');
  const money = (field: 'unitPrice' | 'amount' | 'discount' | 'minUnitPrice'): number | undefined => {
    const text = input[field];
    if (text === null || text === undefined) return undefined;
    return parseAmount(text, currency, [...path, field], problems);
  };
  const line = {
    number,
    sku: sku ?? '',
    name: input.name?.slice(0, MAX_NAME) ?? null,
    kind: input.kind ?? 'GOODS',
    quantityMilli: quantityMilli ?? 1,
    unitPrice: money('unitPrice') ?? 0,
    amount: money('amount'),
    discount: money('discount'),
    minUnitPrice: money('minUnitPrice'),
  };
  if (problems.list.length > before) return undefined;
  for (const { field, code } of draftLineProblems([line])) {
    const name = field === 'quantityMilli' ? 'quantity' : field;
    problems.add(
      [...path, name],
      code,
      code === 'MISMATCH' ? 'is not quantity × unit price' : 'is out of range',
    );
  }
  if (problems.list.length > before) return undefined;
  if (BigInt(line.quantityMilli) * BigInt(line.unitPrice) > BigInt(MAX_LINE) * 1_000n) {
    problems.add([...path, 'unitPrice'], 'RANGE', 'makes the line too large');
    return undefined;
  }
  return line;
}

/** Money ≥ 0 in minor units; a wrong one is noted. */
export function parseAmount(
  text: string,
  currency: string,
  path: InputPath,
  problems: InputProblems,
): number | undefined {
  const minor = parseMoney(text, currency);
  if (minor === null) {
    problems.add(path, 'FORMAT', `is a decimal string with exactly the digits of ${currency}`);
    return undefined;
  }
  if (minor < 0 || minor > MAX_MONEY) {
    problems.add(path, 'RANGE', minor < 0 ? 'may not be negative' : 'is too large');
    return undefined;
  }
  return minor;
}

export function parseSpend(
  input: SpendInput | null | undefined,
  path: InputPath,
  problems: InputProblems,
): SpendPoints {
  const exact = input?.exact;
  if (exact !== null && exact !== undefined) {
    if (exact < 0) problems.add([...path, 'exact'], 'RANGE', 'may not be negative');
    return exact > 0 ? { kind: 'EXACT', points: exact } : { kind: 'NONE' };
  }
  return { kind: input?.max === true ? 'MAX' : 'NONE' };
}
