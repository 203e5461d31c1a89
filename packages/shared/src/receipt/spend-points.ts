import { minorToPoints } from '../points/index.ts';
import { total } from './calculation.ts';
import type { Calculation } from './calculation.ts';
import { capsOf, payableLines } from './spending/payable-lines.ts';
import type { PayableLine } from './spending/payable-lines.ts';
import type { RedemptionPolicy } from './program-settings.ts';
import type { PointsLimit, PointsLimitCode, QuoteLine, QuotePoints, ReceiptInput } from './quote.ts';
import { pointsWithoutCode, redemptionPolicy } from './spending/redemption-policy.ts';
import { spreadPoints } from './spending/spread-points.ts';
import type { Spread } from './spending/spread-points.ts';

/** Whether this shopper must confirm a code before points can be spent (or more of them than now), or earned. */
export function needsVerification({ input, points }: Calculation): boolean {
  const { settings, shopper, mode } = input;
  if (settings === null || shopper === null || mode === 'OFF' || shopper.blocked || shopper.verified)
    return false;
  if (!settings.earnWithoutCode) return true;
  const free = pointsWithoutCode(input);
  if (mode !== 'LIVE' || free === null) return false;
  return free === 0 || points.limits.some(({ code }) => code === 'NOT_VERIFIED');
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
  const policy = redemptionPolicy(settings, input.shopper);
  const payable = payableLines(lines, calculation.pointsCaps, policy);
  const caps = capsOf(payable, policy, pointValue);
  if (closed.length > 0) return { ...calculation, points: nothing(input, closed, caps) };
  const spread = (points: number): Spread =>
    spreadPoints(points, payable, pointValue, settings.fiscalMode === 'DISCOUNT');
  const limits = limitsOf(input, payable, { policy, pointValue, caps });
  const { points, applied } = choose(input, { limits, minRedeem: policy.minRedeem }, spread);
  return {
    ...calculation,
    lines: lines.map((line, index) => withPoints(line, applied.shares[index] ?? 0)),
    points: { ...points, caps },
  };
}

/** Reasons for which nothing at all can be spent here. */
function closedReasons(input: ReceiptInput, pointValue: number | undefined): PointsLimitCode[] {
  const { shopper, mode } = input;
  const reasons: PointsLimitCode[] = [];
  if (mode !== 'LIVE' || pointValue === undefined) reasons.push('PROGRAM_NOT_LIVE');
  if (shopper === null || !shopper.known) reasons.push('NO_SHOPPER');
  else if (shopper.blocked) reasons.push('ACCOUNT_BLOCKED');
  else if (pointsWithoutCode(input) === 0) reasons.push('NOT_VERIFIED');
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

function limitsOf(
  input: ReceiptInput,
  lines: readonly PayableLine[],
  terms: {
    readonly policy: RedemptionPolicy;
    readonly pointValue: number;
    readonly caps: QuotePoints['caps'];
  },
): PointsLimit[] {
  const { policy, pointValue, caps } = terms;
  const { perReceiptMax, capBase } = policy;
  const eligible = lines.filter(({ line }) => line.redeemable);
  if (eligible.length === 0) return [{ code: 'EXCLUDED_GOODS', max: 0 }];
  const headroom = total(lines, (line) => line.headroom);
  const payable = total(eligible, (line) => line.net);
  const withoutCode = pointsWithoutCode(input);
  return [
    { code: 'BALANCE', max: Math.max(0, input.shopper?.available ?? 0) },
    ...(withoutCode === null ? [] : [{ code: 'NOT_VERIFIED' as const, max: withoutCode }]),
    { code: 'SHARE_OF_ORDER', max: capBase === 'RECEIPT' ? caps.receipt : caps.eligible },
    ...(perReceiptMax === null ? [] : [{ code: 'PER_RECEIPT' as const, max: perReceiptMax }]),
    { code: 'MINIMUM_PRICE', max: minorToPoints(headroom, pointValue) },
    ...(eligible.length === lines.length
      ? []
      : [{ code: 'EXCLUDED_GOODS' as const, max: minorToPoints(payable, pointValue) }]),
  ];
}

/** The points to spend: what is wished, within every limit, in a number that can be printed. */
function choose(
  input: ReceiptInput,
  { limits, minRedeem }: { readonly limits: readonly PointsLimit[]; readonly minRedeem: number },
  spread: (points: number) => Spread,
): { points: Omit<QuotePoints, 'caps'>; applied: Spread } {
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

function withPoints(line: QuoteLine, share: number): QuoteLine {
  return { ...line, pointsDiscount: share, toPay: line.net - share };
}
