import { divideFloor, divideHalfUp, toSafeNumber } from '@clientele/shared/money';

/** Open points that expire in one month and become active in one. Months as `2026-11`. */
export interface LiabilityPart {
  /** null: never. */
  expires: string | null;
  /** null: they are active. */
  activates: string | null;
  active: number;
  pending: number;
  held: number;
}

/** Points by the month in which they were booked. */
export interface FlowMonth {
  month: string;
  activated: number;
  captured: number;
  restored: number;
  expired: number;
  /** Frozen points that became active. */
  matured: number;
  /** Frozen points that went back with returned goods. */
  clawed: number;
}

/** Basis points. */
export interface Rates {
  /** q: the share of frozen points that will survive returns. */
  pendingBp: number;
  /** URR: the share of points that will be spent in the end. */
  redemptionBp: number;
}

export interface MeasuredRates extends Rates {
  /** The months they are measured over. */
  from: string;
  to: string;
  /** Too little happened so far to measure it: the share is taken as whole, which owes most. */
  pendingIsCautious: boolean;
  redemptionIsCautious: boolean;
}

const FULL_BP = 10_000;
/** A year, so that every season counts once. */
export const WINDOW_MONTHS = 12;
/** Younger programs have not seen yet how much of their points is spent. */
const LEAST_MONTHS = 6;

/**
 * Shares of the last twelve months, the running one included (reports N11, N13).
 * @param now the running month
 */
export function measureRates(months: readonly FlowMonth[], now: string): MeasuredRates {
  const from = monthsBefore(now, WINDOW_MONTHS - 1);
  const within = months.filter(({ month }) => month >= from && month <= now);
  const sum = (key: keyof Omit<FlowMonth, 'month'>) => within.reduce((total, row) => total + row[key], 0);
  const left = sum('matured') + sum('clawed');
  const first = months.find(({ activated }) => activated > 0)?.month;
  const young = first === undefined || first > monthsBefore(now, LEAST_MONTHS);
  const redeemed = shareBp(sum('captured') - sum('restored'), sum('activated'));
  return {
    from,
    to: now,
    pendingBp: shareBp(sum('matured'), left) ?? FULL_BP,
    pendingIsCautious: left === 0,
    redemptionBp: young || redeemed === null ? FULL_BP : redeemed,
    redemptionIsCautious: young || redeemed === null,
  };
}

/** `part / whole` within 0–100 %; null where there is no whole. */
export function shareBp(part: number, whole: number): number | null {
  if (whole <= 0) return null;
  const share = divideHalfUp(BigInt(part) * BigInt(FULL_BP), BigInt(whole));
  return Math.min(FULL_BP, Math.max(0, toSafeNumber(share)));
}

export function monthsBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = BigInt(year * 12 + number - 1 - count);
  const ofYear = toSafeNumber(index - divideFloor(index, 12n) * 12n) + 1;
  return `${toSafeNumber(divideFloor(index, 12n))}-${String(ofYear).padStart(2, '0')}`;
}

export interface OpenPoints {
  active: number;
  pending: number;
  held: number;
}

/** Minor units. */
export interface OwedMoney {
  /** (active + held + pending · q) · value · URR */
  net: number;
  /** The same with every point spent in the end (URR = 1). */
  gross: number;
}

/** What points are worth to the books (reports N13). @param pointValueMinor of one point */
export function owed(points: OpenPoints, pointValueMinor: number, rates: Rates): OwedMoney {
  const weighed =
    BigInt(points.active + points.held) * BigInt(FULL_BP) + BigInt(points.pending) * BigInt(rates.pendingBp);
  const gross = weighed * BigInt(pointValueMinor);
  const full = BigInt(FULL_BP);
  return {
    net: toSafeNumber(divideHalfUp(gross * BigInt(rates.redemptionBp), full * full)),
    gross: toSafeNumber(divideHalfUp(gross, full)),
  };
}

export function sumOf(parts: readonly OpenPoints[]): OpenPoints {
  const sum = (key: keyof OpenPoints) => parts.reduce((total, part) => total + part[key], 0);
  return { active: sum('active'), pending: sum('pending'), held: sum('held') };
}

export interface MonthOfPoints extends OpenPoints {
  month: string | null;
}

/** Summed by one of the months; null last. */
export function byMonth(parts: readonly LiabilityPart[], key: 'expires' | 'activates'): MonthOfPoints[] {
  const groups = Map.groupBy(parts, (part) => part[key]);
  return [...groups]
    .map(([month, all]) => ({ month, ...sumOf(all) }))
    .toSorted((one, other) => (one.month ?? '9999').localeCompare(other.month ?? '9999'));
}
