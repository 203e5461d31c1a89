import { lineGross } from '../money/index.ts';
import type { Calculation } from './calculation.ts';
import { isFiltered, takesPart } from './matching.ts';
import type { ProgramSettings } from './program-settings.ts';
import type { DraftLine, QuoteLine, ReceiptInput } from './quote.ts';

/** A line of a draft that cannot be calculated. */
export interface DraftLineProblem {
  readonly number: number;
  readonly field: 'quantityMilli' | 'unitPrice' | 'amount' | 'discount' | 'minUnitPrice';
  readonly code: 'RANGE' | 'MISMATCH';
}

/** What keeps lines from being calculated; empty when all is well. The caller turns it into a refusal. */
export function draftLineProblems(lines: readonly DraftLine[]): DraftLineProblem[] {
  return lines.flatMap((line) => {
    const problem = (field: DraftLineProblem['field'], code: DraftLineProblem['code'] = 'RANGE') => ({
      number: line.number,
      field,
      code,
    });
    if (!isAmount(line.quantityMilli) || line.quantityMilli === 0) return [problem('quantityMilli')];
    if (!isAmount(line.unitPrice)) return [problem('unitPrice')];
    const exact = BigInt(line.quantityMilli) * BigInt(line.unitPrice);
    if (exact > BigInt(Number.MAX_SAFE_INTEGER)) return [problem('unitPrice')];
    if (!isAmount(line.amount ?? 0)) return [problem('amount')];
    if (Math.abs(grossOf(line) - lineGross(line.quantityMilli, line.unitPrice)) > 1) {
      return [problem('amount', 'MISMATCH')];
    }
    if (!isAmount(line.discount ?? 0) || (line.discount ?? 0) > grossOf(line)) return [problem('discount')];
    return isAmount(line.minUnitPrice ?? 0) ? [] : [problem('minUnitPrice')];
  });
}

/**
 * Step 1: base prices and what the till has already taken off.
 * @throws RangeError for lines with `draftLineProblems`
 */
export function priceLines(calculation: Calculation): Calculation {
  const { input } = calculation;
  const problem = draftLineProblems(input.lines)[0];
  if (problem !== undefined) throw new RangeError(`line ${problem.number}: ${problem.field} ${problem.code}`);
  return { ...calculation, lines: input.lines.map((line) => priceLine(line, input)) };
}

function priceLine(line: DraftLine, input: ReceiptInput): QuoteLine {
  const gross = grossOf(line);
  const discount = line.discount ?? 0;
  const { settings } = input;
  return {
    number: line.number,
    sku: line.sku,
    categories: line.categories,
    brand: line.brand,
    tags: line.tags,
    priceType: line.priceType,
    attributes: line.attributes,
    kind: line.kind,
    quantityMilli: line.quantityMilli,
    unitPrice: line.unitPrice,
    minUnitPrice: line.minUnitPrice ?? settings?.redemption.minUnitPriceMinor[input.currency] ?? 0,
    gross,
    discounts: discount === 0 ? [] : [{ source: 'TILL', amount: discount }],
    net: gross - discount,
    pointsDiscount: 0,
    toPay: gross - discount,
    printLines: [],
    earnable: takesPartAt(line, line.earnable, settings?.earningExclusions, settings),
    redeemable: takesPartAt(line, line.redeemable, settings?.redemption.exclusions, settings),
    earnBase: 0,
    earnShare: 0,
    earns: [],
  };
}

function takesPartAt(
  line: DraftLine,
  productSays: boolean | undefined,
  exclusions: ProgramSettings['earningExclusions'] | undefined,
  settings: ProgramSettings | null,
): boolean {
  return settings !== null && takesPart(line.kind, productSays) && !isFiltered(line, exclusions ?? {});
}

function grossOf(line: DraftLine): number {
  return line.amount ?? lineGross(line.quantityMilli, line.unitPrice);
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
