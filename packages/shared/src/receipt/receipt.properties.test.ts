import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFractional, isPrintable, lineGross } from '../money/index.ts';
import { calculateReceipt, calculateReturn } from './index.ts';
import type { DraftLine, LineKind, Quote, QuoteLine, ReceiptInput, ReturnResult } from './index.ts';
import { aReceipt, aReturn, aShopper, EVENING, settingsWith } from './testing-basket.ts';

const kinds: LineKind[] = ['GOODS', 'GOODS', 'GOODS', 'SERVICE', 'DELIVERY', 'GIFT_CARD', 'FEE'];

const aRandomLine: fc.Arbitrary<DraftLine> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    quantityMilli: fc.oneof(
      fc.integer({ min: 1, max: 12 }).map((pieces) => pieces * 1000),
      fc.integer({ min: 1, max: 25_000 }),
    ),
    unitPrice: fc.oneof(fc.nat(2_000), fc.nat(1_500_000)),
    discountBp: fc.oneof(fc.constant(0), fc.nat(10_000)),
    minUnitPrice: fc.option(fc.nat(30_000), { nil: undefined }),
    categories: fc.subarray(['shoes', 'wine', 'bread']),
  })
  .map(({ discountBp, ...line }) => ({
    ...line,
    number: 1,
    sku: 'SKU',
    discount: Math.floor((lineGross(line.quantityMilli, line.unitPrice) * discountBp) / 10_000),
  }));

const randomSettings = fc
  .record({
    fiscalMode: fc.constantFrom('DISCOUNT' as const, 'PAYMENT' as const),
    pointValue: fc.constantFrom(1, 50, 100, 100, 250),
    percent: fc.boolean(),
    multipliers: fc.subarray([
      { code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } },
      { code: 'shoes', factorBp: 20_000, match: { categories: ['shoes'] } },
      { code: 'slow', factorBp: 7_000, match: { weekdays: [5] } },
    ]),
    multiplierMode: fc.constantFrom('ADDITIVE' as const, 'PRODUCT' as const),
    earnOnPoints: fc.constantFrom('NET' as const, 'NONE' as const, 'GROSS' as const),
    limit: fc.option(fc.nat(300), { nil: null }),
    capBp: fc.constantFrom(5_000, 5_000, 9_999, 10_000),
    capBase: fc.constantFrom('ELIGIBLE' as const, 'RECEIPT' as const),
    perReceiptMax: fc.option(fc.nat(20_000), { nil: null }),
    minRedeem: fc.constantFrom(0, 0, 100),
    exclusions: fc.constantFrom({}, { categories: ['wine'] }),
    minPrice: fc.constantFrom(0, 100, 100),
  })
  .map(
    ({
      pointValue,
      percent,
      limit,
      minPrice,
      capBp,
      capBase,
      perReceiptMax,
      minRedeem,
      exclusions,
      ...rest
    }) =>
      settingsWith(
        {
          ...rest,
          pointValueMinor: { RUB: pointValue },
          ...(percent ? { earningRules: [{ code: 'percent', type: 'PERCENT' as const, rateBp: 700 }] } : {}),
          earningLimits: limit === null ? [] : [{ code: 'day', scope: 'PROGRAM', window: 'DAY', max: limit }],
        },
        { capBp, capBase, perReceiptMax, minRedeem, exclusions, minUnitPriceMinor: { RUB: minPrice } },
      ),
  );

const aRandomReceipt: fc.Arbitrary<ReceiptInput> = fc
  .record({
    lines: fc.array(aRandomLine, { minLength: 1, maxLength: 12 }),
    settings: randomSettings,
    available: fc.nat(50_000),
    wish: fc.oneof(fc.constant(null), fc.nat(60_000)),
    used: fc.nat(200),
  })
  .map(({ lines, settings, available, wish, used }) =>
    aReceipt(lines, {
      settings,
      shopper: aShopper(available, { tierCode: 'gold' }),
      spend: wish === null ? { kind: 'MAX' } : { kind: 'EXACT', points: wish },
      occurredAt: EVENING,
      limitsUsed: { day: used },
    }),
  );

describe('any receipt (E20)', () => {
  it('sums to the kopeck, on every line and in total (I9)', () => {
    fc.assert(
      fc.property(aRandomReceipt, (receipt) => {
        const quote = calculateReceipt(receipt);
        for (const line of quote.lines) {
          const discounts = sum(line.discounts, ({ amount }) => amount);
          expect(line.toPay + line.pointsDiscount + discounts).toBe(line.gross);
          expect(line.toPay).toBeGreaterThanOrEqual(0);
          expect(line.pointsDiscount).toBeGreaterThanOrEqual(0);
          expect(sum(line.printLines, ({ amount }) => amount)).toBe(printedTotal(receipt, line));
          expect(sum(line.printLines, ({ quantityMilli }) => quantityMilli)).toBe(line.quantityMilli);
        }
        expect(sum(quote.lines, (line) => line.pointsDiscount)).toBe(quote.pointsDiscount);
        expect(quote.pointsDiscount).toBe(quote.points.applied * valueOfPoint(receipt));
        expect(quote.toPay + quote.pointsDiscount + quote.discount).toBe(quote.gross);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps points within every limit and no piece below its minimum price', () => {
    fc.assert(
      fc.property(aRandomReceipt, (receipt) => {
        const { points, lines } = calculateReceipt(receipt);
        const { redemption } = receipt.settings ?? settingsWith({});
        expect(points.applied).toBeLessThanOrEqual(points.max);
        const most = redemption.capBase === 'RECEIPT' ? points.caps.receipt : points.caps.eligible;
        expect(points.max).toBeLessThanOrEqual(
          Math.min(most, points.available, redemption.perReceiptMax ?? most),
        );
        expect(points.applied === 0 || points.applied >= redemption.minRedeem).toBe(true);
        for (const line of lines.filter((each) => each.pointsDiscount > 0)) {
          expect(line.redeemable).toBe(true);
          for (const { unitPrice } of line.printLines)
            expect(unitPrice).toBeGreaterThanOrEqual(line.minUnitPrice);
          expect(line.toPay * 1000).toBeGreaterThanOrEqual(line.minUnitPrice * line.quantityMilli);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('prints every line within a kopeck of price × quantity', () => {
    fc.assert(
      fc.property(aRandomReceipt, (receipt) => {
        for (const line of calculateReceipt(receipt).lines) {
          // What the till itself made unprintable stays as it was given.
          if (line.pointsDiscount === 0 && !isPrintable(line.net, line.quantityMilli)) continue;
          if (receipt.settings?.fiscalMode === 'PAYMENT') continue;
          for (const { quantityMilli, unitPrice, amount } of line.printLines) {
            const off = Math.abs(lineGross(quantityMilli, unitPrice) - amount);
            expect(off).toBeLessThanOrEqual(isFractional(quantityMilli) ? 1 : 0);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('spreads what is earned over the lines that earn it', () => {
    fc.assert(
      fc.property(aRandomReceipt, (receipt) => {
        const { earning, lines } = calculateReceipt(receipt);
        expect(sum(lines, (line) => line.earnShare)).toBe(earning.points);
        expect(sum(earning.rules, ({ points }) => points)).toBe(earning.points);
        expect(lines.every((line) => line.earnShare === 0 || line.earnable)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('gives a wish within the maximum exactly, where everything is sold by the piece', () => {
    const pieces = aRandomLine.map((line) => ({ ...line, quantityMilli: 2000, discount: 0 }));
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), fc.nat(5_000), (lines, wish) => {
        const receipt = aReceipt(lines, { spend: { kind: 'EXACT', points: wish } });
        const { points } = calculateReceipt(receipt);
        expect(points.applied).toBe(Math.min(wish, points.max));
      }),
      { numRuns: 200 },
    );
  });
});

describe('any order of partial returns (E20)', () => {
  it('restores exactly the points spent, claws exactly those earned and gives back exactly the money', () => {
    fc.assert(
      fc.property(aRandomReceipt, fc.infiniteStream(fc.nat(1_000_000)), (receipt, dice) => {
        const quote = calculateReceipt(receipt);
        const done = returnInParts(receipt, quote, () => dice.next().value);
        expect(sum(done, (part) => part.moneyBack)).toBe(quote.toPay);
        expect(sum(done, (part) => part.pointsRestored)).toBe(quote.points.applied);
        expect(sum(done, (part) => part.clawTarget)).toBe(quote.earning.points);
        expect(done.every((part) => part.pointsRestored >= 0 && part.moneyBack >= 0)).toBe(true);
        for (const line of quote.lines) {
          const parts = done.flatMap((part) => part.lines).filter(({ number }) => number === line.number);
          expect(sum(parts, (part) => part.moneyBack)).toBe(line.toPay);
          expect(sum(parts, (part) => part.pointsDiscount)).toBe(line.pointsDiscount);
          expect(parts.every((part) => part.moneyBack >= 0 && part.pointsDiscount >= 0)).toBe(true);
          for (const part of parts) {
            const printed = receipt.settings?.fiscalMode === 'PAYMENT' ? part.pointsDiscount : 0;
            expect(sum(part.printLines, ({ amount }) => amount)).toBe(part.moneyBack + printed);
            expect(sum(part.printLines, ({ quantityMilli }) => quantityMilli)).toBe(part.quantityMilli);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Returns random parts of random lines until nothing is left. */
function returnInParts(receipt: ReceiptInput, quote: Quote, dice: () => number): ReturnResult[] {
  const left = new Map(quote.lines.map((line) => [line.number, line.quantityMilli]));
  const done: ReturnResult[] = [];
  while (left.size > 0) {
    const numbers = [...left.keys()];
    const number = numbers[dice() % numbers.length] ?? 0;
    const rest = left.get(number) ?? 0;
    const step = isFractional(quote.lines[number - 1]?.quantityMilli ?? 0) ? Math.ceil(rest / 3) : 1000;
    const quantityMilli = Math.min(rest, step * (1 + (dice() % 4)));
    const result = calculateReturn(
      aReturn(receipt, quote, [{ number, quantityMilli }], {
        earlier: done.flatMap((part) => part.lines),
        restoredBefore: sum(done, (part) => part.pointsRestored),
        clawedBefore: sum(done, (part) => part.clawTarget),
      }),
    );
    if (!('lines' in result)) throw new Error(JSON.stringify(result));
    done.push(result);
    if (rest === quantityMilli) left.delete(number);
    else left.set(number, rest - quantityMilli);
  }
  return done;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((so, item) => so + value(item), 0);
}

function printedTotal(receipt: ReceiptInput, line: QuoteLine): number {
  return receipt.settings?.fiscalMode === 'PAYMENT' ? line.net : line.toPay;
}

function valueOfPoint(receipt: ReceiptInput): number {
  return receipt.settings?.pointValueMinor[receipt.currency] ?? 0;
}
