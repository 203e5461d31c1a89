import { printSplit } from '../money/index.ts';
import type { Calculation } from './calculation.ts';

/** Last step: the lines as the fiscal printer takes them. */
export function splitForPrinter(calculation: Calculation): Calculation {
  const asPayment = calculation.input.settings?.fiscalMode === 'PAYMENT';
  return {
    ...calculation,
    lines: calculation.lines.map((line) => ({
      ...line,
      printLines: printSplit(asPayment ? line.net : line.toPay, line.quantityMilli),
    })),
  };
}
