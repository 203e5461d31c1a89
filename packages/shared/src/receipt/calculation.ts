import type { PromotionsApplied } from '../promotions/index.ts';
import type { Quote, QuoteEarning, QuoteLine, QuotePoints, ReceiptInput } from './quote.ts';

/** What the steps of the calculation hand to each other. */
export interface Calculation {
  readonly input: ReceiptInput;
  readonly lines: readonly QuoteLine[];
  /** Null: none was tried. */
  readonly promotions: PromotionsApplied | null;
  /** By line: share that a promotion permits to pay by points on its own, basis points; absent or null: none. */
  readonly pointsCaps: readonly (number | null)[];
  readonly points: QuotePoints;
  readonly earning: QuoteEarning;
}

export type Step = (calculation: Calculation) => Calculation;

/** Nothing priced, spent or earned yet. */
export function startOf(input: ReceiptInput): Calculation {
  return {
    input,
    lines: [],
    promotions: null,
    pointsCaps: [],
    points: { available: 0, max: 0, applied: 0, limits: [], caps: { eligible: 0, receipt: 0 } },
    earning: { points: 0, activateAt: null, expireAt: null, rules: [], cuts: [], verdicts: [], reason: null },
  };
}

/** The sums of a finished calculation. */
export function quoteOf(calculation: Calculation, verificationRequired: boolean): Quote {
  const { input, lines, promotions, points, earning } = calculation;
  const gross = total(lines, (line) => line.gross);
  const net = total(lines, (line) => line.net);
  const pointsDiscount = total(lines, (line) => line.pointsDiscount);
  return {
    currency: input.currency,
    lines,
    gross,
    discount: gross - net,
    pointsDiscount,
    toPay: net - pointsDiscount,
    points,
    earning,
    verificationRequired,
    promotions: promotions?.verdicts ?? [],
    refusedCodes: promotions?.refusedCodes ?? [],
    frozenPromotions: promotions?.frozen ?? [],
  };
}

/** Σ of a number over lines. @throws RangeError when the sum is not a safe integer */
export function total<T>(lines: readonly T[], value: (line: T) => number): number {
  const sum = lines.reduce((so, line) => so + value(line), 0);
  if (!Number.isSafeInteger(sum)) throw new RangeError('the sum of the lines is beyond safe integers');
  return sum;
}
