import type { InputPath, InputProblems } from '../../platform/input-problems.ts';
import { parseAmount } from '../quote/draft.ts';

/** A fiscal document as GraphQL gives it. */
export interface ReceiptInput {
  fiscalDrive: string;
  fiscalDocument: string;
  fiscalSign?: string | null | undefined;
  issuedAt?: Date | null | undefined;
  total?: string | null | undefined;
}

export interface ParsedReceipt {
  fiscalDrive: string;
  fiscalDocument: string;
  fiscalSign: string | null;
  issuedAt: Date | null;
  /** Minor units. */
  total: number | null;
}

const MAX_RECEIPTS = 50;
const MAX_TEXT = 64;

/** @param currency of the order's store */
export function parseReceipts(
  inputs: readonly ReceiptInput[],
  currency: string,
  path: InputPath,
  problems: InputProblems,
): ParsedReceipt[] {
  if (inputs.length > MAX_RECEIPTS) problems.add(path, 'TOO_MANY', `has ${MAX_RECEIPTS} receipts at most`);
  const seen = new Set<string>();
  return inputs.slice(0, MAX_RECEIPTS).map((input, index) => {
    const at = [...path, index];
    const receipt = {
      fiscalDrive: problems.text(input.fiscalDrive, [...at, 'fiscalDrive'], MAX_TEXT) ?? '',
      fiscalDocument: problems.text(input.fiscalDocument, [...at, 'fiscalDocument'], MAX_TEXT) ?? '',
      fiscalSign: input.fiscalSign
        ? (problems.text(input.fiscalSign, [...at, 'fiscalSign'], MAX_TEXT) ?? null)
        : null,
      issuedAt: input.issuedAt ?? null,
      total: totalOf(input, currency, at, problems),
    };
    const key = `${receipt.fiscalDrive}:${receipt.fiscalDocument}`;
    if (seen.has(key)) problems.add(at, 'DUPLICATE', 'is given twice');
    seen.add(key);
    return receipt;
  });
}

/** Nothing said is nothing known; an empty text is no money. */
function totalOf(
  { total }: ReceiptInput,
  currency: string,
  path: InputPath,
  problems: InputProblems,
): number | null {
  if (total === null || total === undefined) return null;
  return parseAmount(total, currency, [...path, 'total'], problems) ?? null;
}
