import { planSpend, projectLots, spendOrder } from '@clientele/shared/points';
import type { Lot } from '@clientele/shared/points';
import { addDays, endOfDay } from '@clientele/shared/time';

/**
 * What the ledger means, without a database: a few accounts in memory, every rule in its plainest form. Property tests
 * hold the posting functions against it.
 */
export type LedgerAction =
  | {
      kind: 'EARN';
      account: number;
      points: number;
      activateAt: number;
      expireAt: number | null;
      order: string;
    }
  | { kind: 'HOLD'; account: number; order: string; points: number; expiresAt: number }
  | { kind: 'RELEASE'; account: number; order: string }
  | { kind: 'COMMIT'; account: number; order: string; points: number }
  | { kind: 'RESTORE'; account: number; order: string; points: number }
  | { kind: 'CLAWBACK'; account: number; order: string; points: number }
  | { kind: 'ADJUST'; account: number; points: number; allowDebt: boolean }
  | { kind: 'LOOK'; account: number }
  | { kind: 'MERGE'; account: number; into: number };

/** Points only the model's own rules know where to find again. */
interface ModelLot extends Lot {
  /** The order that granted it. */
  readonly order: string | null;
}

interface ModelHold {
  readonly expiresAt: number;
  readonly lots: readonly { lotId: string; points: number }[];
}

interface ModelAccount {
  lots: ModelLot[];
  debt: number;
  holds: Map<string, ModelHold>;
  mergedInto: number | null;
}

interface ModelOrder {
  /** In the order of consumption; a null lot is what was overdrawn. */
  captured: { lotId: string | null; account: number; points: number }[];
  earned: number;
}

const GRACE_HOURS = 24;
const RESTORE_DAYS = 14;
const ZONE = 'Europe/Moscow';

export class LedgerModel {
  readonly accounts: ModelAccount[];
  readonly #orders = new Map<string, ModelOrder>();
  /** Where every lot there ever was is, and when it ends. */
  readonly #expiry = new Map<string, number | null>();
  #lots = 0;

  constructor(accounts: number) {
    this.accounts = Array.from({ length: accounts }, () => ({
      lots: [],
      debt: 0,
      holds: new Map(),
      mergedInto: null,
    }));
  }

  order(id: string): ModelOrder {
    const order = this.#orders.get(id) ?? { captured: [], earned: 0 };
    this.#orders.set(id, order);
    return order;
  }

  restorable(order: string): number {
    return this.order(order).captured.reduce((sum, part) => sum + part.points, 0);
  }

  account(index: number): ModelAccount {
    const account = this.accounts[index];
    if (account === undefined) throw new Error(`no account ${index}`);
    return account;
  }

  /** @returns false where the ledger refuses; then nothing but the passing of time has happened */
  apply(action: LedgerAction, now: number): boolean {
    const account = this.account(action.account);
    this.#bringTo(account, now);
    switch (action.kind) {
      case 'LOOK':
        return true;
      case 'EARN':
        return this.#earn(account, action, now);
      case 'HOLD':
        return this.#hold(account, action, now);
      case 'RELEASE':
        this.#release(account, action.order, now);
        return true;
      case 'COMMIT':
        return this.#commit(account, action);
      case 'RESTORE':
        return this.#restore(account, action, now);
      case 'CLAWBACK':
        return this.#clawBack(account, action);
      case 'ADJUST':
        return this.#adjust(account, action, now);
      case 'MERGE':
        return this.#merge(account, action.account, action.into, now);
    }
  }

  #bringTo(account: ModelAccount, now: number): void {
    const holds = [...account.holds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, hold]) => hold);
    const { lots, debt } = projectLots({ lots: account.lots, debt: account.debt, holds }, now, GRACE_HOURS);
    account.lots = (lots as ModelLot[]).map((lot) =>
      lot.id.endsWith(':released') ? this.#opened({ ...lot, order: null }) : lot,
    );
    account.debt = debt;
    for (const [order, hold] of account.holds) if (hold.expiresAt <= now) account.holds.delete(order);
  }

  #opened(facts: Omit<ModelLot, 'id'>): ModelLot {
    this.#lots += 1;
    const lot = { ...facts, id: String(this.#lots).padStart(6, '0') };
    this.#expiry.set(lot.id, lot.expireAt);
    return lot;
  }

  #open(account: ModelAccount, facts: Partial<ModelLot>, now: number): void {
    account.lots.push(
      this.#opened({
        pending: 0,
        active: 0,
        held: 0,
        activateAt: now,
        expireAt: null,
        order: null,
        ...facts,
      }),
    );
  }

  #change(account: ModelAccount, id: string, change: (lot: ModelLot) => Partial<ModelLot>): void {
    account.lots = account.lots.map((lot) => (lot.id === id ? { ...lot, ...change(lot) } : lot));
  }

  #repay(account: ModelAccount): void {
    for (const part of planSpend(account.lots, -account.debt).parts) {
      this.#change(account, part.lotId, (lot) => ({ active: lot.active - part.points }));
      account.debt += part.points;
    }
  }

  #earn(account: ModelAccount, action: LedgerAction & { kind: 'EARN' }, now: number): boolean {
    const { points, activateAt, expireAt, order } = action;
    const pending = activateAt > now ? points : 0;
    this.#open(account, { pending, active: points - pending, activateAt, expireAt, order }, now);
    this.order(order).earned += points;
    this.#repay(account);
    this.#bringTo(account, now);
    return true;
  }

  #hold(account: ModelAccount, action: LedgerAction & { kind: 'HOLD' }, now: number): boolean {
    const { lots, debt, holds } = account;
    const before = { lots, debt, holds: new Map(holds) };
    this.#release(account, action.order, now);
    const plan = planSpend(account.lots, action.points);
    if (plan.shortage > 0) {
      Object.assign(account, before);
      return false;
    }
    this.#take(account, plan.parts);
    account.holds.set(action.order, { expiresAt: action.expiresAt, lots: plan.parts });
    return true;
  }

  #take(account: ModelAccount, parts: readonly { lotId: string; points: number }[]): void {
    for (const { lotId, points } of parts) {
      this.#change(account, lotId, (lot) => ({ active: lot.active - points, held: lot.held + points }));
    }
  }

  #release(account: ModelAccount, order: string, now: number): void {
    const hold = account.holds.get(order);
    if (hold === undefined) return;
    // As if its time had come.
    const due = { ...hold, expiresAt: now };
    const { lots, debt } = projectLots(
      { lots: account.lots, debt: account.debt, holds: [due] },
      now,
      GRACE_HOURS,
    );
    account.lots = (lots as ModelLot[]).map((lot) =>
      lot.id.endsWith(':released') ? this.#opened({ ...lot, order: null }) : lot,
    );
    account.debt = debt;
    account.holds.delete(order);
  }

  #commit(account: ModelAccount, action: LedgerAction & { kind: 'COMMIT' }): boolean {
    const { captured } = this.order(action.order);
    if (captured.length > 0) return true;
    let hold = account.holds.get(action.order);
    if (hold === undefined) {
      const late = planSpend(account.lots, action.points);
      this.#take(account, late.parts);
      hold = { expiresAt: 0, lots: late.parts };
      if (late.shortage > 0) captured.push({ lotId: null, account: action.account, points: late.shortage });
      account.debt -= late.shortage;
    }
    for (const { lotId, points } of hold.lots) {
      this.#change(account, lotId, (lot) => ({ held: lot.held - points }));
    }
    captured.unshift(...hold.lots.map((part) => ({ ...part, account: action.account })));
    account.holds.delete(action.order);
    return true;
  }

  #restore(account: ModelAccount, action: LedgerAction & { kind: 'RESTORE' }, now: number): boolean {
    let left = action.points;
    for (const part of this.order(action.order).captured.toReversed()) {
      const points = Math.min(left, part.points);
      if (points === 0) continue;
      left -= points;
      part.points -= points;
      this.#giveBack(account, action.account, { ...part, points }, now);
    }
    this.#repay(account);
    return true;
  }

  #giveBack(
    account: ModelAccount,
    index: number,
    part: { lotId: string | null; account: number; points: number },
    now: number,
  ): void {
    const { lotId, points } = part;
    const expireAt = (lotId === null ? null : this.#expiry.get(lotId)) ?? null;
    const dead = expireAt !== null && expireAt <= now;
    if (lotId !== null && !dead && part.account === index) {
      this.#change(account, lotId, (lot) => ({ active: lot.active + points }));
    } else {
      const end = dead ? endOfDay(addDays(now, RESTORE_DAYS), ZONE) : expireAt;
      this.#open(account, { active: points, expireAt: end, activateAt: 0 }, now);
    }
  }

  #clawBack(account: ModelAccount, action: LedgerAction & { kind: 'CLAWBACK' }): boolean {
    const own = account.lots.filter((lot) => lot.order === action.order).map((lot) => lot.id);
    const inOrder = spendOrder(account.lots);
    const [its, others] = [true, false].map((wanted) =>
      inOrder.filter(({ id }) => own.includes(id) === wanted),
    );
    let left = action.points;
    const take = (lots: readonly Lot[] = [], from: 'pending' | 'active'): void => {
      for (const { id, [from]: there } of lots) {
        const points = Math.min(left, there);
        left -= points;
        this.#change(account, id, (lot) => ({ [from]: lot[from] - points }));
      }
    };
    take(its, 'pending');
    take(its, 'active');
    take(others, 'active');
    account.debt -= left;
    this.order(action.order).earned -= action.points;
    return true;
  }

  #adjust(account: ModelAccount, action: LedgerAction & { kind: 'ADJUST' }, now: number): boolean {
    if (action.points > 0) {
      this.#open(account, { active: action.points }, now);
      this.#repay(account);
      return true;
    }
    const { parts, shortage } = planSpend(account.lots, -action.points);
    if (shortage > 0 && !action.allowDebt) return false;
    for (const { lotId, points } of parts)
      this.#change(account, lotId, (lot) => ({ active: lot.active - points }));
    account.debt -= shortage;
    return true;
  }

  #merge(account: ModelAccount, index: number, into: number, now: number): boolean {
    const survivor = this.account(into);
    this.#bringTo(survivor, now);
    const moved = new Map<string, string>();
    for (const lot of account.lots.filter(
      (candidate) => candidate.pending + candidate.active + candidate.held > 0,
    )) {
      const arrived = this.#opened(lot);
      moved.set(lot.id, arrived.id);
      survivor.lots.push(arrived);
    }
    for (const [order, hold] of account.holds) {
      const lots = hold.lots.map((part) => ({ ...part, lotId: moved.get(part.lotId) ?? '' }));
      survivor.holds.set(order, { ...hold, lots });
    }
    survivor.debt += account.debt;
    Object.assign(account, { lots: [], debt: 0, holds: new Map(), mergedInto: into });
    this.#repay(survivor);
    return index !== into;
  }

  /** Points by their dates, as a database row and the model can both tell them. */
  standing(index: number): { debt: number; lots: string[] } {
    const account = this.account(index);
    return { debt: account.debt === 0 ? 0 : account.debt, lots: standingOf(account.lots) };
  }
}

interface Standing {
  pending: number;
  active: number;
  held: number;
  expireAt: number | null;
}

/** Sums by expiry; lots with nothing left count for nothing. */
export function standingOf(lots: readonly Standing[]): string[] {
  const sums = new Map<string, { pending: number; active: number; held: number }>();
  for (const { pending, active, held, expireAt } of lots) {
    if (pending + active + held === 0) continue;
    const key = expireAt === null ? 'never' : new Date(expireAt).toISOString();
    const sum = sums.get(key) ?? { pending: 0, active: 0, held: 0 };
    sums.set(key, { pending: sum.pending + pending, active: sum.active + active, held: sum.held + held });
  }
  return [...sums]
    .map(([key, { pending, active, held }]) => `${key} pending ${pending} active ${active} held ${held}`)
    .toSorted();
}
