import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promotionRulesProblems } from '../promotions/index.ts';
import { calculateReceipt, calculateReturn, programSettingsProblems } from './index.ts';
import { aReturn } from './testing-basket.ts';
import { randomPromotedReceipt, randomPromotion } from './testing-random.ts';

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    1,
    0.5,
    10_001,
    1e9,
    1e9 + 1,
    1e13,
    1e13 + 1,
    2 ** 53,
    1e308,
    -1e308,
    Infinity,
    NaN,
  ),
  fc.constantFrom('', ' ', '1', 'x'.repeat(201), '24:00', '2026-02-30', 'toString', '__proto__', '\u0000'),
  fc.constantFrom(null, undefined, true, [], {}, [[]], { RUB: -1 }, { rub: 1 }, { only: {} }, { skus: [] }),
  fc.jsonValue(),
);

describe('rules in bad shape', { timeout: 60_000 }, () => {
  it('are told, whatever they are: a check never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(Array.isArray(promotionRulesProblems(json))).toBe(true);
        expect(Array.isArray(programSettingsProblems(json))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a promotion that passes its check can be calculated, with any value anywhere', () => {
    fc.assert(
      fc.property(
        randomPromotion(),
        randomPromotedReceipt,
        fc.nat(),
        junk,
        (promotion, receipt, place, value) => {
          const rules = changed(promotion.rules, place, value);
          if (promotionRulesProblems(rules).length > 0) return;
          const promotions = [{ ...promotion, id: 'p', rules: rules as typeof promotion.rules }];
          const [verdict] = calculateReceipt({ ...receipt, promotions }).promotions;
          expect(verdict?.reason?.code).not.toBe('FAILED');
        },
      ),
      { numRuns: 700 },
    );
  });

  it('a promotion that does not pass leaves the sale alone', () => {
    fc.assert(
      fc.property(
        randomPromotion(),
        randomPromotedReceipt,
        fc.nat(),
        junk,
        (promotion, receipt, place, value) => {
          const rules = changed(promotion.rules, place, value) as typeof promotion.rules;
          const quote = calculateReceipt({ ...receipt, promotions: [{ ...promotion, id: 'p', rules }] });
          expect(quote.toPay + quote.pointsDiscount + quote.discount).toBe(quote.gross);
          expect(quote.lines.every(({ toPay }) => Number.isSafeInteger(toPay) && toPay >= 0)).toBe(true);
          expect(sum(quote.earning.rules.map(({ points }) => points))).toBe(quote.earning.points);
          const back = calculateReturn(
            aReturn(receipt, quote, null, { frozenPromotions: quote.frozenPromotions }),
          );
          expect('moneyBack' in back && [back.moneyBack, back.clawTarget]).toEqual([
            quote.toPay,
            quote.earning.points,
          ]);
        },
      ),
      { numRuns: 700 },
    );
  });

  it('settings that pass their check can be calculated, with any value anywhere', () => {
    fc.assert(
      fc.property(randomPromotedReceipt, fc.nat(), junk, (receipt, place, value) => {
        const settings = changed(receipt.settings, place, value);
        if (programSettingsProblems(settings).length > 0) return;
        const quote = calculateReceipt({ ...receipt, settings: settings as typeof receipt.settings });
        expect(quote.toPay + quote.pointsDiscount + quote.discount).toBe(quote.gross);
      }),
      { numRuns: 700 },
    );
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}

/** A copy with one of its values, at any depth, replaced. */
function changed(json: unknown, place: number, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(json));
  const places = placesIn(copy);
  const chosen = places[place % Math.max(1, places.length)];
  if (chosen !== undefined) chosen.owner[chosen.key] = value;
  return copy;
}

interface Place {
  readonly owner: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}
