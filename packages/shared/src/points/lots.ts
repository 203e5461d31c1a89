import type { Instant } from '../time/index.ts';

/** Points of one origin with one expiry. Of what was granted, these are still pending, active and held. */
export interface Lot {
  readonly id: string;
  readonly pending: number;
  readonly active: number;
  readonly held: number;
  readonly activateAt: Instant;
  /** Null: never. */
  readonly expireAt: Instant | null;
  /** Points for certain goods only. Give such a lot only where it fits: it is spent first. */
  readonly restricted?: boolean;
}

/** Points promised to a begun order until `expiresAt`. */
export interface HoldOfLots {
  readonly expiresAt: Instant;
  readonly lots: readonly { readonly lotId: string; readonly points: number }[];
}

export interface AccountLots {
  readonly lots: readonly Lot[];
  /** ≤ 0 */
  readonly debt: number;
  /** Holds with status HELD; absent = whatever is held stays held. */
  readonly holds?: readonly HoldOfLots[];
}

export interface Moment {
  readonly at: Instant;
  readonly points: number;
}

/** An account as it is at a moment, whether or not any job has run. */
export interface Projection {
  readonly lots: readonly Lot[];
  readonly pending: number;
  /** What can be spent. */
  readonly active: number;
  readonly held: number;
  readonly debt: number;
  readonly nextActivation: Moment | null;
  readonly nextExpiry: Moment | null;
}

const HOUR_MS = 3_600_000;

/**
 * Brings an account to `now` as every operation does before anything else (loyalty.md §5 "Time never waits"). Things
 * happen in the order of time, each as of its own moment: holds past their time release (what comes back to an expired
 * lot lives `releaseGraceHours` more), lots due are activated, debt is repaid from both, lots past their expiry lose
 * what is active. So the result does not depend on who looked in between. Writes nothing.
 */
export function projectLots(account: AccountLots, now: Instant, releaseGraceHours = 24): Projection {
  let state: Balance = { lots: account.lots, debt: account.debt, holds: account.holds ?? [] };
  for (let due = nextDue(state); due !== null && due <= now; due = nextDue(state)) {
    state = passMoment(state, due, releaseGraceHours);
  }
  const { lots, debt } = state;
  return {
    lots,
    pending: sumOf(lots, (lot) => lot.pending),
    active: sumOf(lots, (lot) => lot.active),
    held: sumOf(lots, (lot) => lot.held),
    debt,
    nextActivation: nextMoment(lots, (lot) => (lot.pending > 0 ? lot.activateAt : null), 'pending'),
    nextExpiry: nextMoment(lots, (lot) => (lot.active > 0 ? lot.expireAt : null), 'active'),
  };
}

/**
 * Lots in the order in which points leave them: restricted ones (given only where they fit), then the nearest
 * expiry, never last, then the earlier activation, then the id.
 */
export function spendOrder<T extends Lot>(lots: readonly T[]): T[] {
  return lots.toSorted(
    (a, b) =>
      Number(b.restricted ?? false) - Number(a.restricted ?? false) ||
      compareExpiry(a.expireAt, b.expireAt) ||
      a.activateAt - b.activateAt ||
      (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

type Balance = Required<AccountLots>;

function nextDue({ lots, holds }: Balance): Instant | null {
  const moments = [
    ...lots.filter((lot) => lot.pending > 0).map((lot) => lot.activateAt),
    ...lots.filter((lot) => lot.active > 0).map((lot) => lot.expireAt),
    ...holds.map((hold) => hold.expiresAt),
  ].filter((at) => at !== null);
  return moments.length === 0 ? null : moments.reduce((first, at) => Math.min(first, at));
}

function passMoment(state: Balance, at: Instant, releaseGraceHours: number): Balance {
  let { lots, debt } = state;
  for (const hold of state.holds.filter((candidate) => candidate.expiresAt <= at)) {
    ({ lots, debt } = repayDebt(releaseHold(lots, hold, at, at + releaseGraceHours * HOUR_MS), debt));
  }
  const activated = lots.map((lot) => activate(lot, at));
  ({ lots, debt } = repayDebt(activated, debt));
  return {
    lots: lots.map((lot) => (isExpired(lot, at) ? { ...lot, active: 0 } : lot)),
    debt,
    holds: state.holds.filter((hold) => hold.expiresAt > at),
  };
}

function activate(lot: Lot, at: Instant): Lot {
  return lot.activateAt <= at ? { ...lot, pending: 0, active: lot.active + lot.pending } : lot;
}

function isExpired(lot: Lot, at: Instant): boolean {
  return lot.expireAt !== null && lot.expireAt <= at;
}

function repayDebt(lots: readonly Lot[], debt: number): { lots: readonly Lot[]; debt: number } {
  const parts = new Map(planSpend(lots, -debt).parts.map((part) => [part.lotId, part.points]));
  const paid = lots.map((lot) => ({ ...lot, active: lot.active - (parts.get(lot.id) ?? 0) }));
  const repaid = [...parts.values()].reduce((sum, points) => sum + points, 0);
  return { lots: paid, debt: repaid === 0 ? debt : debt + repaid };
}

function releaseHold(lots: readonly Lot[], hold: HoldOfLots, at: Instant, graceEnd: Instant): Lot[] {
  const released = new Map(hold.lots.map((part) => [part.lotId, part.points]));
  return lots.flatMap((lot) => {
    const points = released.get(lot.id) ?? 0;
    if (points === 0) return [lot];
    const rest = { ...lot, held: lot.held - points };
    if (!isExpired(lot, at)) return [{ ...rest, active: lot.active + points }];
    return [
      rest,
      {
        ...lot,
        id: `${lot.id}:released`,
        active: points,
        pending: 0,
        held: 0,
        activateAt: at,
        expireAt: graceEnd,
      },
    ];
  });
}

/** Points taken lot by lot; `shortage` is what the lots do not cover. */
export interface SpendPlan {
  readonly parts: readonly { readonly lotId: string; readonly points: number }[];
  readonly shortage: number;
}

/** Which lots pay `points`, by `spendOrder`, from what is active. */
export function planSpend(lots: readonly Lot[], points: number): SpendPlan {
  let left = Math.max(0, points);
  const parts: { lotId: string; points: number }[] = [];
  for (const lot of spendOrder(lots)) {
    const taken = Math.min(left, lot.active);
    if (taken <= 0) continue;
    parts.push({ lotId: lot.id, points: taken });
    left -= taken;
  }
  return { parts, shortage: left };
}

function compareExpiry(a: Instant | null, b: Instant | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

function nextMoment(
  lots: readonly Lot[],
  momentOf: (lot: Lot) => Instant | null,
  kind: 'pending' | 'active',
): Moment | null {
  const moments = lots.map(momentOf).filter((at) => at !== null);
  if (moments.length === 0) return null;
  const at = Math.min(...moments);
  return { at, points: sumOf(lots, (lot) => (momentOf(lot) === at ? lot[kind] : 0)) };
}

function sumOf(lots: readonly Lot[], value: (lot: Lot) => number): number {
  return lots.reduce((sum, lot) => sum + value(lot), 0);
}
