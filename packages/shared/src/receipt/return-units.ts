import { divideFloor, isFractional, lineGross, printSplit, toSafeNumber } from '../money/index.ts';
import type { PrintLine } from '../money/index.ts';
import type { ReturnedLine, SoldLine } from './sold-line.ts';
import { total } from './calculation.ts';
import type { ProgramSettings } from './program-settings.ts';

/**
 * The money and points of a part of a sold line. Pieces come back in print-line order; of a weighed line each part
 * takes its proportion rounded down and the last one the rest.
 */
export function returnUnits(
  line: SoldLine,
  earlier: readonly Omit<ReturnedLine, 'printLines'>[],
  quantityMilli: number,
  fiscalMode: ProgramSettings['fiscalMode'],
): ReturnedLine {
  const part = isFractional(line.quantityMilli)
    ? proportion(line, earlier, quantityMilli)
    : pieces(
        line,
        total(earlier, (before) => before.quantityMilli),
        quantityMilli,
        fiscalMode,
      );
  const printed = fiscalMode === 'PAYMENT' ? part.moneyBack + part.pointsDiscount : part.moneyBack;
  const printLines = isFractional(line.quantityMilli)
    ? weighedPrintLines(line, quantityMilli, printed)
    : takePieces(
        line.printLines,
        total(earlier, (before) => before.quantityMilli),
        quantityMilli,
      );
  return { number: line.number, quantityMilli, ...part, printLines };
}

type Part = Pick<ReturnedLine, 'moneyBack' | 'pointsDiscount'>;

function proportion(
  line: SoldLine,
  earlier: readonly Omit<ReturnedLine, 'printLines'>[],
  quantityMilli: number,
): Part {
  const before = total(earlier, (part) => part.quantityMilli);
  const last = before + quantityMilli === line.quantityMilli;
  const share = (whole: number, given: number): number =>
    last
      ? whole - given
      : toSafeNumber(divideFloor(BigInt(whole) * BigInt(quantityMilli), BigInt(line.quantityMilli)));
  return {
    moneyBack: share(
      line.toPay,
      total(earlier, (part) => part.moneyBack),
    ),
    pointsDiscount: share(
      line.pointsDiscount,
      total(earlier, (part) => part.pointsDiscount),
    ),
  };
}

function pieces(
  line: SoldLine,
  fromMilli: number,
  quantityMilli: number,
  fiscalMode: ProgramSettings['fiscalMode'],
): Part {
  const paid = fiscalMode === 'DISCOUNT' ? line.printLines : printSplit(line.toPay, line.quantityMilli);
  const amount = (lines: readonly PrintLine[]): number =>
    total(takePieces(lines, fromMilli, quantityMilli), (taken) => taken.amount);
  const moneyBack = amount(paid);
  return { moneyBack, pointsDiscount: amount(printSplit(line.net, line.quantityMilli)) - moneyBack };
}

/** Pieces `from` … `from + quantity` of the printed lines, in their order. */
function takePieces(lines: readonly PrintLine[], fromMilli: number, quantityMilli: number): PrintLine[] {
  let start = 0;
  return lines.flatMap((line) => {
    const first = Math.max(start, fromMilli);
    start += line.quantityMilli;
    const taken = Math.min(start, fromMilli + quantityMilli) - first;
    if (taken <= 0) return [];
    return [{ quantityMilli: taken, unitPrice: line.unitPrice, amount: (taken / 1000) * line.unitPrice }];
  });
}

/** The price on the refund is that of the sale where it gives the sum within a kopeck. */
function weighedPrintLines(line: SoldLine, quantityMilli: number, amount: number): PrintLine[] {
  const sold = line.printLines[0]?.unitPrice;
  if (sold !== undefined && Math.abs(lineGross(quantityMilli, sold) - amount) <= 1) {
    return [{ quantityMilli, unitPrice: sold, amount }];
  }
  // A whole number of kilogrammes out of a weighed line may need two prices.
  return printSplit(amount, quantityMilli);
}
