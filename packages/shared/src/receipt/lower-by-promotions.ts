import { applyPromotions } from '../promotions/index.ts';
import type { LinePromotions } from '../promotions/index.ts';
import type { Calculation } from './calculation.ts';
import type { DraftLine, LineDiscount, QuoteLine, ReceiptInput } from './quote.ts';
import { redemptionPolicy } from './spending/redemption-policy.ts';

/** Steps 2 and 3: what promotions take off; without a place none is tried. */
export function lowerByPromotions(calculation: Calculation): Calculation {
  const { input, lines } = calculation;
  const { currency, place, shopper, occurredAt } = input;
  const codes = input.promotionFacts?.codes ?? [];
  if (place === undefined || (!input.promotions?.length && codes.length === 0)) return calculation;
  const promotions = applyPromotions({
    currency,
    place,
    shopper,
    occurredAt,
    lines: lines.map((line) => ({ ...line, price: line.net })),
    facts: { uses: input.promotionFacts?.uses ?? {}, codes },
    promotions: input.promotions ?? [],
    groups: input.promotionGroups ?? [],
  });
  return {
    ...calculation,
    promotions,
    lines: lines.map((line, index) => lowered(line, promotions.lines[index], input.lines[index])),
    pointsCaps: lines.map((line, index) => ownCap(line, promotions.lines[index], input)),
  };
}

/** A permission counts where it is more than the program gives the line anyway. */
function ownCap(line: QuoteLine, by: LinePromotions | undefined, input: ReceiptInput): number | null {
  const { settings, shopper } = input;
  const capBp = by?.pointsCapBp ?? null;
  if (capBp === null || settings === null) return null;
  return line.redeemable && capBp <= redemptionPolicy(settings, shopper).capBp ? null : capBp;
}

function lowered(line: QuoteLine, by: LinePromotions | undefined, draft: DraftLine | undefined): QuoteLine {
  if (by === undefined) return line;
  const off = by.discounts.reduce((sum, { amount }) => sum + amount, 0);
  const discounts = by.discounts.map((discount): LineDiscount => ({ source: 'PROMOTION', ...discount }));
  // What the catalogue forbids for a product no promotion permits: the law may stand behind it.
  const permitted = by.pointsCapBp !== null && draft?.redeemable !== false;
  return {
    ...line,
    discounts: off === 0 ? line.discounts : [...line.discounts, ...discounts],
    net: line.net - off,
    toPay: line.net - off,
    redeemable: (line.redeemable || permitted) && by.allowsPoints,
  };
}
