import type { ActionGrant } from './operations.ts';

export type Why = 'TAKEN_BACK' | 'CUT' | NonNullable<ActionGrant['reason']>;

/** Why an action brought less than its rule gives; null: it brought it all. Words stand below `tiers.why`. */
export function whyOf({
  reason,
  points,
  takenBack,
}: Pick<ActionGrant, 'reason' | 'points' | 'takenBack'>): Why | null {
  if (takenBack > 0) return 'TAKEN_BACK';
  return reason === 'LIMIT' && points > 0 ? 'CUT' : reason;
}
