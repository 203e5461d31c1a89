import { allocate } from '@clientele/shared/money';
import type { ReturnedLine } from '@clientele/shared/receipt';
import { InputProblems } from '../../../platform/input-problems.ts';
import { MAX_ORDER, parseAmount } from '../../quote/draft.ts';
import type { ReturnedGoods } from './recorded-return.ts';

/** A line of the order, with what of it can come back. Thousandths. */
export interface ReturnableLine {
  readonly number: number;
  readonly sku: string;
  readonly leftMilli: number;
}

/** What of an order's line a line of the record brings back. */
export interface ReturnPart {
  /** Position in the record. */
  readonly index: number;
  readonly number: number;
  readonly quantityMilli: number;
}

/** Goods named by sku are taken from the order's lines of that sku in their order. */
export function partsOf(
  goods: readonly ReturnedGoods[],
  lines: readonly ReturnableLine[],
  problems: InputProblems,
): ReturnPart[] {
  const left = new Map(lines.map(({ number, leftMilli }) => [number, leftMilli]));
  return goods.flatMap((line, index) => {
    const fitting = lines.filter(
      ({ number, sku }) =>
        (line.number === null || number === line.number) && (line.sku === null || sku === line.sku),
    );
    if (fitting.length === 0) {
      const field = line.number === null ? 'sku' : 'number';
      problems.add(['lines', index, field], 'UNKNOWN', 'is no line of this order');
    }
    const parts = take(fitting, line.quantityMilli, left);
    const taken = parts.reduce((sum, part) => sum + part.quantityMilli, 0);
    if (fitting.length > 0 && taken < line.quantityMilli) {
      problems.add(['lines', index, 'quantity'], 'RANGE', 'is more than was sold and not returned yet');
    }
    return parts.map((part) => ({ ...part, index }));
  });
}

function take(
  lines: readonly ReturnableLine[],
  quantityMilli: number,
  left: Map<number, number>,
): Omit<ReturnPart, 'index'>[] {
  let wanted = quantityMilli;
  return lines.flatMap(({ number }) => {
    const taken = Math.min(wanted, left.get(number) ?? 0);
    if (taken === 0) return [];
    wanted -= taken;
    left.set(number, (left.get(number) ?? 0) - taken);
    return [{ number, quantityMilli: taken }];
  });
}

/**
 * The money that was paid back: what the record says of a line is a fact, else what the frozen allocation gives.
 * Minor units.
 */
export function moneyOf(
  goods: readonly ReturnedGoods[],
  parts: readonly ReturnPart[],
  returned: readonly ReturnedLine[],
  currency: string,
  problems: InputProblems,
): number {
  const shares = new Map<number, number>();
  for (const { number, moneyBack } of returned) {
    const ofLine = parts.filter((part) => part.number === number);
    const split = allocate(
      moneyBack,
      ofLine.map(({ quantityMilli }) => quantityMilli),
    );
    for (const [place, { index }] of ofLine.entries()) {
      shares.set(index, (shares.get(index) ?? 0) + (split[place] ?? 0));
    }
  }
  const money = goods.reduce((sum, { amount }, index) => {
    if (amount === null) return sum + (shares.get(index) ?? 0);
    return sum + (parseAmount(amount, currency, ['lines', index, 'amount'], problems) ?? 0);
  }, 0);
  if (money > MAX_ORDER) problems.add(['lines'], 'RANGE', 'come to more than an order can');
  return money;
}
