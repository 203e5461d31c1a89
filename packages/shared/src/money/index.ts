export { allocate } from './allocate.ts';
export { minorDigits } from './currency.ts';
export { formatMoney, formatQuantity, parseMoney, parseQuantity } from './decimal.ts';
export { isFractional, isPrintable, lineGross, lowerToPrintable, printSplit } from './print-split.ts';
export type { PrintLine } from './print-split.ts';
export { divide, divideCeil, divideFloor, divideHalfUp, toSafeNumber } from './rounding.ts';
export type { Rounding } from './rounding.ts';
export { spreadExactly, spreadPrintable } from './spread-printable.ts';
export type { LoweredLine, PrintableSpread } from './spread-printable.ts';
