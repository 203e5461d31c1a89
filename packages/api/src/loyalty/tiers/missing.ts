import type { TierLadder, TierLevel } from '@clientele/shared/receipt';
import type { Progress } from './tier-rules.ts';

/** What is still to be bought for a level, in the currency where least of it is missing, or in points. */
export type Missing = { readonly currency: string; readonly amount: number } | { readonly points: number };

/**
 * Null: nothing is missing, or no purchase leads there.
 * @param here currency of the till it is asked at: spoken of there, where the level has it
 */
export function missingTo(
  level: TierLevel,
  { basis }: TierLadder,
  progress: Progress,
  here: string | null = null,
): Missing | null {
  if (basis === 'POINTS') {
    const points = level.fromPoints - progress.points;
    return points > 0 ? { points } : null;
  }
  const open = Object.entries(level.from).map(([currency, from]) => {
    const spent = progress.spent.get(currency) ?? 0;
    return { currency, amount: from - spent, share: from > 0 ? spent / from : 1 };
  });
  // What a level asks for in its first currency, until something is spent in another.
  const asked = open.find(({ currency }) => currency === here);
  const nearest = asked ?? open.toSorted((one, other) => other.share - one.share)[0];
  if (nearest === undefined || nearest.amount <= 0) return null;
  return { currency: nearest.currency, amount: nearest.amount };
}
