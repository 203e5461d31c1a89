import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFractional, lineGross } from '../money/index.ts';
import { promotionRulesProblems } from '../promotions/index.ts';
import { aGroup, aPromotion } from '../promotions/testing-promotions.ts';
import { calculateReceipt, calculateReturn } from './index.ts';
import type { Quote, QuoteLine, ReceiptInput, ReturnResult } from './index.ts';
import { aReceipt, aReturn, withPromotions } from './testing-basket.ts';
import {
  randomDiscount,
  randomLine,
  randomPromotedReceipt,
  randomPromotion,
  randomPromotions,
} from './testing-random.ts';

describe('any receipt with promotions (E20)', { timeout: 60_000 }, () => {
  it('sums to the kopeck, on every line, in every promotion and in total (I9)', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, (receipt) => {
        const quote = calculateReceipt(receipt);
        for (const line of quote.lines) {
          const discounts = sum(line.discounts, ({ amount }) => amount);
          expect(line.net).toBe(line.gross - discounts);
          expect(line.toPay).toBe(line.net - line.pointsDiscount);
          expect(line.toPay).toBeGreaterThanOrEqual(0);
          expect(line.discounts.every(({ amount }) => amount > 0)).toBe(true);
          expect(line.discounts.slice(1).every(({ source }) => source === 'PROMOTION')).toBe(true);
        }
        expect(sum(quote.lines, (line) => line.gross - line.net)).toBe(quote.discount);
        expect(quote.toPay + quote.pointsDiscount + quote.discount).toBe(quote.gross);
        for (const { promotionId, amount, lines } of quote.promotions) {
          expect(sum(lines, (line) => line.amount)).toBe(amount);
          expect(sum(quote.lines, (line) => promotionDiscount(line, promotionId))).toBe(amount);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('prints every line it lowered within a kopeck of price × quantity', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, (receipt) => {
        const asPayment = receipt.settings?.fiscalMode === 'PAYMENT';
        for (const line of calculateReceipt(receipt).lines) {
          expect(sum(line.printLines, ({ amount }) => amount)).toBe(asPayment ? line.net : line.toPay);
          expect(sum(line.printLines, ({ quantityMilli }) => quantityMilli)).toBe(line.quantityMilli);
          const lowered = line.discounts.some(({ source }) => source === 'PROMOTION');
          if (!lowered && (asPayment || line.pointsDiscount === 0)) continue;
          for (const { quantityMilli, unitPrice, amount } of line.printLines) {
            const off = Math.abs(lineGross(quantityMilli, unitPrice) - amount);
            expect(off).toBeLessThanOrEqual(isFractional(quantityMilli) ? 1 : 0);
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it('never lets points bring a piece below its minimum price, nor pay what may not be paid', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, (receipt) => {
        const { lines, points } = calculateReceipt(receipt);
        expect(points.applied).toBeLessThanOrEqual(Math.min(points.max, points.available));
        for (const line of lines.filter(({ pointsDiscount }) => pointsDiscount > 0)) {
          expect(line.redeemable).toBe(true);
          expect(receipt.lines[line.number - 1]?.redeemable).not.toBe(false);
          expect(line.toPay * 1000).toBeGreaterThanOrEqual(line.minUnitPrice * line.quantityMilli);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('keeps every promotion within its limits and its budget; none of them fails', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, (receipt) => {
        const quote = calculateReceipt(receipt);
        expect(quote.promotions).toHaveLength(receipt.promotions?.length ?? 0);
        for (const verdict of quote.promotions) {
          const rules = receipt.promotions?.find(({ id }) => id === verdict.promotionId)?.rules;
          const used = receipt.promotionFacts?.uses[verdict.promotionId];
          expect(verdict.reason?.code).not.toBe('FAILED');
          expect(verdict.applied).toBe(verdict.reason === null);
          expect(verdict.applied || verdict.amount + verdict.times + verdict.points === 0).toBe(true);
          if (!verdict.applied) continue;
          const { perOrder, perShopper, total, budget } = rules?.limits ?? {};
          expect(verdict.times).toBeGreaterThan(0);
          expect(verdict.times).toBeLessThanOrEqual(perOrder ?? Infinity);
          expect(verdict.times + (used?.shopperTimes ?? 0)).toBeLessThanOrEqual(
            perShopper?.times ?? Infinity,
          );
          expect(verdict.times + (used?.totalTimes ?? 0)).toBeLessThanOrEqual(total?.times ?? Infinity);
          if (verdict.amount > 0)
            expect(verdict.amount + (used?.spent ?? 0)).toBeLessThanOrEqual(budget?.['RUB'] ?? Infinity);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('spreads what is earned over the lines that earn it, and tells what promotions added', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, (receipt) => {
        const { earning, lines, promotions } = calculateReceipt(receipt);
        expect(sum(lines, (line) => line.earnShare)).toBe(earning.points);
        expect(sum(earning.rules, ({ points }) => points)).toBe(earning.points);
        expect(lines.every((line) => line.earnShare === 0 || line.earnable)).toBe(true);
        const ofRules = sum(earning.verdicts, ({ points }) => points);
        const extra = sum(
          earning.rules.filter(({ rule }) => rule.startsWith('promotion:')),
          ({ points }) => points,
        );
        expect(ofRules + extra).toBe(earning.points);
        const added = sum(promotions, ({ points }) => points);
        const plain = calculateReceipt({
          ...receipt,
          promotions: (receipt.promotions ?? []).map(withoutPoints),
        });
        if (
          plain.toPay === calculateReceipt(receipt).toPay &&
          plain.promotions.every(sameVerdict(promotions))
        )
          expect(plain.earning.points + added).toBe(earning.points);
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order in which promotions and groups are given', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, fc.infiniteStream(fc.nat(1_000)), (receipt, dice) => {
        const shuffled = (list: readonly unknown[] | undefined) =>
          (list ?? []).map((item) => ({ item, at: dice.next().value })).toSorted((a, b) => a.at - b.at);
        const other = calculateReceipt({
          ...receipt,
          promotions: shuffled(receipt.promotions).map(({ item }) => item) as typeof receipt.promotions &
            object,
          promotionGroups: shuffled(receipt.promotionGroups).map(
            ({ item }) => item,
          ) as typeof receipt.promotionGroups & object,
        });
        expect(other).toEqual(calculateReceipt(receipt));
      }),
      { numRuns: 400 },
    );
  });

  it('is the same at the till, where everything came as JSON', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, (receipt) => {
        const atTheTill = calculateReceipt(JSON.parse(JSON.stringify(receipt)));
        expect(JSON.stringify(atTheTill)).toBe(JSON.stringify(calculateReceipt(receipt)));
      }),
      { numRuns: 400 },
    );
  });

  it('takes every rule it can calculate as right', () => {
    fc.assert(
      fc.property(randomPromotion(), ({ rules }) => {
        expect(promotionRulesProblems(JSON.parse(JSON.stringify(rules)))).toEqual([]);
      }),
    );
  });
});

describe('stacking', { timeout: 60_000 }, () => {
  it('BEST: one promotion more never makes a receipt dearer', () => {
    const promotions = randomPromotions(6, randomPromotion(randomDiscount));
    fc.assert(
      fc.property(fc.array(randomLine, { minLength: 1, maxLength: 8 }), promotions, (lines, all) => {
        const best = [aGroup('BEST')];
        const inGroup = all.map((promotion) => ({ ...promotion, groupId: 'g' }));
        const without = calculateReceipt(aReceipt(lines, withPromotions(inGroup.slice(1), best)));
        const withAll = calculateReceipt(aReceipt(lines, withPromotions(inGroup, best)));
        expect(withAll.toPay).toBeLessThanOrEqual(without.toPay);
      }),
      { numRuns: 400 },
    );
  });

  it('N for M: the lines may stand in any order', () => {
    const pieces = randomLine.map((line) => ({ ...line, discount: 0 }));
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat(1_000)),
        (lines, take, pay, dice) => {
          const benefit = { kind: 'N_FOR_M', take, pay: Math.min(pay, take - 1) } as const;
          const facts = withPromotions([aPromotion('p', benefit)]);
          const moved = lines
            .map((line) => ({ line, at: dice.next().value }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ line }) => line);
          const quote = calculateReceipt(aReceipt(moved, facts));
          expect(quote.discount).toBe(calculateReceipt(aReceipt(lines, facts)).discount);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('any order of partial returns of a promoted receipt (E20)', { timeout: 60_000 }, () => {
  it('gives all money back, restores what was spent and claws what was earned, never more on the way', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, fc.infiniteStream(fc.nat(1_000_000)), (receipt, dice) => {
        const quote = calculateReceipt(receipt);
        const done = returnInParts(receipt, quote, () => dice.next().value);
        expect(sum(done, (part) => part.moneyBack)).toBe(quote.toPay);
        expect(sum(done, (part) => part.pointsRestored)).toBe(quote.points.applied);
        expect(sum(done, (part) => part.clawTarget)).toBe(quote.earning.points);
        expect(done.every((part) => part.clawTarget >= 0 && part.moneyBack >= 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('would earn the same again as long as nothing has come back', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, (receipt) => {
        const quote = calculateReceipt(receipt);
        const nothing = calculateReturn(
          aReturn(receipt, quote, [], {
            frozenPromotions: JSON.parse(JSON.stringify(quote.frozenPromotions)),
          }),
        );
        expect('earnedAfter' in nothing && nothing.earnedAfter).toBe(quote.earning.points);
      }),
      { numRuns: 300 },
    );
  });
});

function promotionDiscount({ discounts }: QuoteLine, promotionId: string): number {
  return sum(
    discounts.flatMap((discount) =>
      discount.source === 'PROMOTION' && discount.promotionId === promotionId ? [discount] : [],
    ),
    ({ amount }) => amount,
  );
}

/** The same promotion giving words instead of points. */
function withoutPoints(promotion: NonNullable<ReceiptInput['promotions']>[number]) {
  const benefits = promotion.rules.benefits.map((benefit) =>
    benefit.kind === 'EXTRA_POINTS' || benefit.kind === 'POINTS_FACTOR'
      ? ({ kind: 'TEXT' } as const)
      : benefit,
  );
  return { ...promotion, rules: { ...promotion.rules, benefits } };
}

function sameVerdict(all: Quote['promotions']) {
  return (verdict: Quote['promotions'][number], index: number): boolean =>
    all[index]?.applied === verdict.applied && all[index]?.amount === verdict.amount;
}

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
        frozenPromotions: quote.frozenPromotions,
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
