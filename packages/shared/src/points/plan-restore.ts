import { addDays, endOfDay } from '../time/index.ts';
import type { Instant } from '../time/index.ts';

/** Points an order took from a lot; the list is in the order of consumption. */
export interface ConsumedPart {
  readonly lotId: string;
  readonly points: number;
  readonly expireAt: Instant | null;
}

/**
 * Where restored points go. SAME_LOT: back where they came from; GRACE_LOT: a new lot under it that ends at
 * `expireAt`; EXPIRE: back into the lot and expired at once.
 */
export interface RestorePart {
  readonly lotId: string;
  readonly points: number;
  readonly into: 'SAME_LOT' | 'GRACE_LOT' | 'EXPIRE';
  readonly expireAt: Instant | null;
}

export interface RestoreTerms {
  readonly now: Instant;
  readonly timezone: string;
  readonly policy: { readonly kind: 'GRACE'; readonly days: number } | { readonly kind: 'ORIGINAL' };
}

/**
 * Gives points of a return back in the reverse order of their consumption (loyalty.md §5 "Returns").
 * @param restoredBefore points of the order restored by earlier returns
 * @throws RangeError when more would be restored than was consumed
 */
export function planRestore(
  consumed: readonly ConsumedPart[],
  points: number,
  restoredBefore: number,
  terms: RestoreTerms,
): RestorePart[] {
  let skip = restoredBefore;
  let left = points;
  const parts: RestorePart[] = [];
  for (const part of consumed.toReversed()) {
    const skipped = Math.min(skip, part.points);
    const taken = Math.min(left, part.points - skipped);
    skip -= skipped;
    left -= taken;
    if (taken > 0) parts.push(restorePart(part, taken, terms));
  }
  if (left > 0 || skip > 0) throw new RangeError('more points restored than the order consumed');
  return parts;
}

function restorePart({ lotId, expireAt }: ConsumedPart, points: number, terms: RestoreTerms): RestorePart {
  if (expireAt === null || expireAt > terms.now) return { lotId, points, into: 'SAME_LOT', expireAt };
  if (terms.policy.kind === 'ORIGINAL') return { lotId, points, into: 'EXPIRE', expireAt };
  const end = endOfDay(addDays(terms.now, terms.policy.days), terms.timezone);
  return { lotId, points, into: 'GRACE_LOT', expireAt: end };
}
