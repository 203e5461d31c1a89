import { isFractional } from '../money/index.ts';
import { minorToPoints } from '../points/index.ts';
import type { FrozenPromotion } from '../promotions/index.ts';
import { total } from './calculation.ts';
import { earnBaseOf } from './earn-on-lines.ts';
import { earnPoints } from './earn-points.ts';
import type { EarningCircumstances } from './earn-points.ts';
import type { ProgramSettings } from './program-settings.ts';
import { keptPromotions } from './kept-promotions.ts';
import { returnUnits } from './return-units.ts';
import type { ReturnedLine, SoldLine } from './sold-line.ts';

export interface ReturnInput extends Omit<EarningCircumstances, 'settings' | 'promotions'> {
  /** The version the order was made by; null: the order had no program. */
  readonly settings: ProgramSettings | null;
  readonly lines: readonly SoldLine[];
  /** Every line of every earlier return of this order. */
  readonly earlier: readonly Omit<ReturnedLine, 'printLines'>[];
  /** Null: everything left. */
  readonly returning: readonly { readonly number: number; readonly quantityMilli: number }[] | null;
  readonly earned: number;
  readonly pointsSpent: number;
  readonly restoredBefore: number;
  readonly clawedBefore: number;
  /** `frozenPromotions` of the quote the order was made by; absent: none gave points. */
  readonly frozenPromotions?: readonly FrozenPromotion[];
}

export interface ReturnResult {
  readonly lines: readonly ReturnedLine[];
  readonly moneyBack: number;
  readonly pointsRestored: number;
  /** What the kept lines alone would have earned. */
  readonly earnedAfter: number;
  /** Points to take back; where from is the ledger's business. */
  readonly clawTarget: number;
}

/** A quantity that cannot come back; money and points are untouched. */
export type ReturnRefused =
  | { readonly exceeded: { readonly number: number; readonly returnableMilli: number } }
  /** A part of a piece, or nothing at all, was asked back. */
  | { readonly notWhole: { readonly number: number } };

/**
 * Money per line to give back, points to restore and to claw (loyalty.md §5 "Returns"), by the frozen allocation.
 * A line number that was not sold has nothing returnable.
 */
export function calculateReturn(input: ReturnInput): ReturnResult | ReturnRefused {
  const asked = quantitiesOf(input);
  const refused = refusalOf(input, asked);
  if (refused !== null) return refused;
  const lines = input.lines
    .filter((line) => asked.has(line.number))
    .map((line) => returnUnits(line, earlierOf(input, line), asked.get(line.number) ?? 0, fiscalMode(input)));
  const earnedAfter = recompute(input, lines);
  return {
    lines,
    moneyBack: total(lines, (line) => line.moneyBack),
    pointsRestored: restoredNow(input, lines),
    earnedAfter,
    clawTarget: Math.max(0, input.earned - earnedAfter - input.clawedBefore),
  };
}

/** Thousandths of a sold line that have not come back yet. */
export function returnableMilli(
  line: { readonly number: number; readonly quantityMilli: number },
  earlier: readonly { readonly number: number; readonly quantityMilli: number }[],
): number {
  return line.quantityMilli - total(earlier.filter(sameLine(line)), (part) => part.quantityMilli);
}

function fiscalMode(input: ReturnInput): ProgramSettings['fiscalMode'] {
  return input.settings?.fiscalMode ?? 'DISCOUNT';
}

function sameLine(line: { readonly number: number }): (part: { readonly number: number }) => boolean {
  return (part) => part.number === line.number;
}

function earlierOf(input: ReturnInput, line: SoldLine): ReturnInput['earlier'] {
  return input.earlier.filter(sameLine(line));
}

function quantitiesOf({ lines, earlier, returning }: ReturnInput): Map<number, number> {
  if (returning === null) {
    const left = lines.map((line) => [line.number, returnableMilli(line, earlier)] as const);
    return new Map(left.filter(([, quantityMilli]) => quantityMilli > 0));
  }
  const asked = new Map<number, number>();
  for (const { number, quantityMilli } of returning)
    asked.set(number, (asked.get(number) ?? 0) + quantityMilli);
  return asked;
}

function refusalOf(input: ReturnInput, asked: ReadonlyMap<number, number>): ReturnRefused | null {
  for (const [number, quantityMilli] of asked) {
    const line = input.lines.find((sold) => sold.number === number);
    const left = line === undefined ? 0 : returnableMilli(line, input.earlier);
    if (line === undefined || quantityMilli > left) return { exceeded: { number, returnableMilli: left } };
    const pieces = !isFractional(line.quantityMilli);
    if (quantityMilli <= 0 || (pieces && isFractional(quantityMilli))) return { notWhole: { number } };
  }
  return null;
}

/** Restored points follow the sum of all returns, so that the parts of a point are not lost on the way. */
function restoredNow(input: ReturnInput, lines: readonly ReturnedLine[]): number {
  const value = input.settings?.pointValueMinor[input.currency];
  if (value === undefined) return 0;
  const discount = total([...input.earlier, ...lines], (line) => line.pointsDiscount);
  return Math.min(minorToPoints(discount, value), input.pointsSpent) - input.restoredBefore;
}

function recompute(input: ReturnInput, returned: readonly ReturnedLine[]): number {
  const { settings, currency, shopper, occurredAt, limitsUsed } = input;
  if (settings === null || (settings.earnOnPoints === 'NONE' && input.pointsSpent > 0)) return 0;
  const kept = input.lines.map((line) => {
    const back = [...input.earlier, ...returned].filter(sameLine(line));
    const toPay = line.toPay - total(back, (part) => part.moneyBack);
    const net = line.net - total(back, (part) => part.moneyBack + part.pointsDiscount);
    const quantityMilli = line.quantityMilli - total(back, (part) => part.quantityMilli);
    const earnBase = earnBaseOf({ earnable: line.earnable, net, toPay }, settings);
    return { ...line, quantityMilli, earnBase };
  });
  const promotions = keptPromotions(input.frozenPromotions ?? [], kept);
  return earnPoints({ currency, settings, shopper, occurredAt, limitsUsed, promotions }, kept).points;
}
