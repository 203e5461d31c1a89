import type { EarningLimit } from '../program-settings.ts';
import type { EarningCut } from '../quote.ts';

const SCOPE_ORDER: readonly EarningLimit['scope'][] = ['RULE', 'SHOPPER', 'PROGRAM'];

/** Limits fill in the order of the rules, so what is cut is cut from the last ones. */
export function cutByLimits(
  earnings: readonly { readonly rule: string; readonly points: number }[],
  limits: readonly EarningLimit[],
  used: Readonly<Record<string, number>>,
): { granted: number[]; cuts: EarningCut[] } {
  const granted = earnings.map((earning) => earning.points);
  const cuts: EarningCut[] = [];
  const inOrder = limits.toSorted((a, b) => SCOPE_ORDER.indexOf(a.scope) - SCOPE_ORDER.indexOf(b.scope));
  for (const limit of inOrder) {
    const before = limit.window === 'RECEIPT' ? 0 : (used[limit.code] ?? 0);
    let room = Math.max(0, limit.max - before);
    earnings.forEach(({ rule }, index) => {
      if (limit.scope === 'RULE' && limit.rule !== rule) return;
      const points = granted[index] ?? 0;
      const kept = Math.min(points, room);
      room -= kept;
      granted[index] = kept;
      if (kept < points) cuts.push({ limit: limit.code, rule, points: points - kept });
    });
  }
  return { granted, cuts };
}
