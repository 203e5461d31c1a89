import { spendOrder } from './lots.ts';
import type { Lot } from './lots.ts';
import { minorToPoints, pointsToMinor } from './value.ts';

export type ReturnPolicy = 'DEBT' | 'ONLY_PENDING' | 'WITHIN_BALANCE' | 'FROM_REFUND';

export interface ClawbackTerms {
  readonly policy: ReturnPolicy;
  /** Lots the returned order granted. */
  readonly ownLotIds: readonly string[];
  readonly pointValueMinor: number;
  /** Money the shopper gets back: nothing above it can be withheld. Minor units. */
  readonly moneyBack: number;
}

export interface ClawbackPlan {
  readonly parts: readonly {
    readonly lotId: string;
    readonly from: 'PENDING' | 'ACTIVE';
    readonly points: number;
  }[];
  /** Points that become debt, ≥ 0. */
  readonly debt: number;
  /** Minor units kept back from the refund. */
  readonly withheld: number;
  /** Points nobody pays for: for the report. */
  readonly shortage: number;
}

/**
 * Where the points of a returned purchase are taken (loyalty.md §5 "Returns"): the order's own pending, its own
 * active, then by policy other active lots (nearest expiry first), debt or the refund. ONLY_PENDING stops after the
 * order's own pending points.
 */
export function planClawback(lots: readonly Lot[], target: number, terms: ClawbackTerms): ClawbackPlan {
  const { policy, ownLotIds } = terms;
  const inOrder = spendOrder(lots);
  const own = inOrder.filter((lot) => ownLotIds.includes(lot.id));
  const others = inOrder.filter((lot) => !ownLotIds.includes(lot.id));
  const sources = [
    ...own.map((lot) => ({ lotId: lot.id, from: 'PENDING' as const, points: lot.pending })),
    ...(policy === 'ONLY_PENDING' ? [] : own.map(activePart)),
    ...(policy === 'DEBT' || policy === 'WITHIN_BALANCE' ? others.map(activePart) : []),
  ];
  let left = target;
  const parts = sources.flatMap((source) => {
    const points = Math.min(left, source.points);
    left -= points;
    return points > 0 ? [{ ...source, points }] : [];
  });
  return { parts, ...rest(left, terms) };
}

function activePart(lot: Lot): { lotId: string; from: 'ACTIVE'; points: number } {
  return { lotId: lot.id, from: 'ACTIVE', points: lot.active };
}

function rest(left: number, terms: ClawbackTerms): Omit<ClawbackPlan, 'parts'> {
  if (terms.policy === 'DEBT') return { debt: left, withheld: 0, shortage: 0 };
  if (terms.policy !== 'FROM_REFUND') return { debt: 0, withheld: 0, shortage: left };
  const paid = Math.min(left, minorToPoints(terms.moneyBack, terms.pointValueMinor));
  return { debt: 0, withheld: pointsToMinor(paid, terms.pointValueMinor), shortage: left - paid };
}
