/** What a person wrote in the form of a correction, read. */
export interface CorrectionDraft {
  points: string;
  reasonCode: string;
  reason: string;
  /** Days as the calendar writes them; empty: at once, never. */
  activateOn: string;
  expireOn: string;
}

export interface CorrectionRulesFacts {
  approveAbove: number | null;
  perDay: number | null;
  correctedToday: number;
}

/** «−50», «+20», «1 000»; null: no whole number but 0. */
export function pointsOf(text: string): number | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(/^[−–]/, '-');
  if (!/^[+-]?\d{1,10}$/.test(plain)) return null;
  const points = Number(plain);
  return points === 0 || Math.abs(points) > 2_147_483_647 ? null : points;
}

export interface BalanceAfter {
  active: number;
  /** Points that wait for their day. */
  pending: number;
  /** What a plus repays first. */
  repaid: number;
  /** A minus of more than there is. */
  missing: number;
}

/** What the account would hold. @param account debt ≥ 0 */
export function balanceAfter(
  account: { active: number; pending: number; debt: number },
  points: number,
  later: boolean,
): BalanceAfter {
  if (points < 0) {
    const missing = Math.max(0, -points - account.active);
    return { active: Math.max(0, account.active + points), pending: account.pending, repaid: 0, missing };
  }
  if (later) return { active: account.active, pending: account.pending + points, repaid: 0, missing: 0 };
  const repaid = Math.min(points, account.debt);
  return { active: account.active + points - repaid, pending: account.pending, repaid, missing: 0 };
}

/** Whether a second person will have to approve it, and why. */
export function needOf(rules: CorrectionRulesFacts, points: number): 'SUM' | 'PER_DAY' | null {
  const size = Math.abs(points);
  if (rules.approveAbove !== null && size > rules.approveAbove) return 'SUM';
  return rules.perDay !== null && rules.correctedToday + size > rules.perDay ? 'PER_DAY' : null;
}

/** The beginning of a day here; null: none is named. */
export function startOfDay(day: string): string | null {
  return instantOf(day, 'T00:00:00');
}

/** Its last second: points are good until then. */
export function endOfDay(day: string): string | null {
  return instantOf(day, 'T23:59:59');
}

function instantOf(day: string, time: string): string | null {
  if (day === '') return null;
  const moment = new Date(`${day}${time}`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
