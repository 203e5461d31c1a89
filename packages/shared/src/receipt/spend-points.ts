import { divideCeil, toSafeNumber } from '../money/index.ts';
import type { LoweredLine } from '../money/index.ts';
import { minorToPoints, shareFloor } from '../points/index.ts';
import { total } from './calculation.ts';
import type { Calculation } from './calculation.ts';
import type { ProgramSettings } from './program-settings.ts';
import type { PointsLimit, PointsLimitCode, QuoteLine, QuotePoints, ReceiptInput } from './quote.ts';
import { spreadPoints } from './spread-points.ts';
import type { Spread } from './spread-points.ts';

/** Whether this shopper must confirm a code before points can be spent, whatever the draft asks for. */
export function needsVerification(input: ReceiptInput): boolean {
  const { settings, shopper } = input;
  if (settings === null || shopper === null || input.mode === 'OFF' || shopper.blocked || shopper.verified)
    return false;
  return (input.mode === 'LIVE' && settings.redemption.code.need !== 'NEVER') || !settings.earnWithoutCode;
}

/** Step 4: points pay a part of the lines that may be paid by them. */
export function spendPoints(calculation: Calculation): Calculation {
  const { input, lines } = calculation;
  const { settings } = input;
  const pointValue = settings?.pointValueMinor[input.currency];
  const closed = closedReasons(input, pointValue);
  if (settings === null || pointValue === undefined) {
    return { ...calculation, points: nothing(input, closed, { eligible: 0, receipt: 0 }) };
  }
  const caps = capsOf(lines, settings, pointValue);
  if (closed.length > 0) return { ...calculation, points: nothing(input, closed, caps) };
  const spread = (points: number): Spread =>
    spreadPoints(points, lines.map(spreadLine), pointValue, settings.fiscalMode === 'DISCOUNT');
  const { points, applied } = choose(input, limitsOf(input, lines, settings, pointValue, caps), spread);
  return {
    ...calculation,
    lines: lines.map((line, index) => withPoints(line, applied.shares[index] ?? 0)),
    points: { ...points, caps },
  };
}

/** Reasons for which nothing at all can be spent here. */
function closedReasons(input: ReceiptInput, pointValue: number | undefined): PointsLimitCode[] {
  const { shopper, settings, mode } = input;
  const reasons: PointsLimitCode[] = [];
  if (mode !== 'LIVE' || pointValue === undefined) reasons.push('PROGRAM_NOT_LIVE');
  if (shopper === null || !shopper.known) reasons.push('NO_SHOPPER');
  else if (shopper.blocked) reasons.push('ACCOUNT_BLOCKED');
  else if (!shopper.verified && settings?.redemption.code.need !== 'NEVER') reasons.push('NOT_VERIFIED');
  return reasons;
}

function nothing(
  input: ReceiptInput,
  reasons: readonly PointsLimitCode[],
  caps: QuotePoints['caps'],
): QuotePoints {
  return {
    available: shownBalance(input),
    max: 0,
    applied: 0,
    limits: reasons.map((code) => ({ code, max: 0 })),
    caps,
  };
}

function shownBalance({ shopper, settings }: ReceiptInput): number {
  if (shopper === null || (settings?.hideAccountUntilVerified === true && !shopper.verified)) return 0;
  return Math.max(0, shopper.available);
}

function capsOf(lines: readonly QuoteLine[], settings: ProgramSettings, v: number): QuotePoints['caps'] {
  const { capBp } = settings.redemption;
  const capOf = (counted: readonly QuoteLine[]): number =>
    minorToPoints(
      shareFloor(
        total(counted, (line) => line.net),
        capBp,
      ),
      v,
    );
  return {
    eligible: capOf(lines.filter((line) => line.redeemable)),
    receipt: capOf(lines.filter((line) => line.kind !== 'DELIVERY' && line.kind !== 'FEE')),
  };
}

function limitsOf(
  input: ReceiptInput,
  lines: readonly QuoteLine[],
  settings: ProgramSettings,
  v: number,
  caps: QuotePoints['caps'],
): PointsLimit[] {
  const { perReceiptMax, capBase } = settings.redemption;
  const eligible = lines.filter((line) => line.redeemable);
  if (eligible.length === 0) return [{ code: 'EXCLUDED_GOODS', max: 0 }];
  const headroom = total(lines, (line) => spreadLine(line).headroom);
  const payable = total(eligible, (line) => line.net);
  return [
    { code: 'BALANCE', max: Math.max(0, input.shopper?.available ?? 0) },
    { code: 'SHARE_OF_ORDER', max: capBase === 'RECEIPT' ? caps.receipt : caps.eligible },
    ...(perReceiptMax === null ? [] : [{ code: 'PER_RECEIPT' as const, max: perReceiptMax }]),
    { code: 'MINIMUM_PRICE', max: minorToPoints(headroom, v) },
    ...(eligible.length === lines.length
      ? []
      : [{ code: 'EXCLUDED_GOODS' as const, max: minorToPoints(payable, v) }]),
  ];
}

/** The points to spend: what is wished, within every limit, in a number that can be printed. */
function choose(
  input: ReceiptInput,
  limits: readonly PointsLimit[],
  spread: (points: number) => Spread,
): { points: Omit<QuotePoints, 'caps'>; applied: Spread } {
  const minRedeem = input.settings?.redemption.minRedeem ?? 0;
  const allowed = Math.min(...limits.map((limit) => limit.max));
  const most = spread(allowed);
  const max = most.points < minRedeem ? 0 : most.points;
  const wished = input.spend.kind === 'EXACT' ? input.spend.points : input.spend.kind === 'MAX' ? max : 0;
  const asked = wished < minRedeem ? 0 : Math.min(wished, max);
  const fitting = asked === most.points ? most : spread(asked);
  const applied = fitting.points < minRedeem ? spread(0) : fitting;
  const reasons = [...limits];
  if (most.points < allowed) reasons.push({ code: 'MINIMUM_PRICE', max: most.points });
  else if (applied.points < asked) reasons.push({ code: 'MINIMUM_PRICE', max: applied.points });
  if (most.points < minRedeem || (wished > 0 && applied.points === 0 && max > 0)) {
    reasons.push({ code: 'BELOW_MINIMUM', max: 0 });
  }
  const shown = reasons
    .filter((limit) => limit.max <= most.points || limit.max < wished)
    .toSorted((a, b) => a.max - b.max);
  return {
    points: { available: shownBalance(input), max, applied: applied.points, limits: withoutRepeats(shown) },
    applied,
  };
}

/** The strictest limit of each code. */
function withoutRepeats(limits: readonly PointsLimit[]): PointsLimit[] {
  return limits.filter((limit, index) => limits.findIndex((other) => other.code === limit.code) === index);
}

function spreadLine(line: QuoteLine): LoweredLine {
  const floor = toSafeNumber(divideCeil(BigInt(line.quantityMilli) * BigInt(line.minUnitPrice), 1000n));
  const headroom = line.redeemable ? Math.max(0, line.net - floor) : 0;
  return { net: line.redeemable ? line.net : 0, headroom, quantityMilli: line.quantityMilli };
}

function withPoints(line: QuoteLine, share: number): QuoteLine {
  return { ...line, pointsDiscount: share, toPay: line.net - share };
}
