import type { PointTables } from './point-tables.ts';
import { copyTime, NULL } from '../bulk/row-text.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';

export interface OpenedLot {
  readonly points: number;
  readonly at: number;
  /** null: never. */
  readonly expireAt: number | null;
}

interface Lot extends OpenedLot {
  readonly id: string;
  readonly activateAt: number;
  active: number;
  pending: number;
}

interface Entry {
  readonly account: string;
  readonly lotId: string | null;
  readonly amount: number;
}

const DAY = 86_400_000;
const FREEZE_DAYS = 14;

/** One account as the ledger would have posted it: every lot has its journal, and sums add up. */
export class AccountRows {
  readonly #tables: PointTables;
  readonly #whose: { readonly profileId: string; readonly programId: string; readonly ids: TimeOrderedIds };
  readonly #lots: Lot[] = [];
  #active = 0;
  #pending = 0;
  #debt = 0;
  #revision = 0;
  #openedAt: number | null = null;

  constructor(
    tables: PointTables,
    whose: { readonly profileId: string; readonly programId: string; readonly ids: TimeOrderedIds },
  ) {
    this.#tables = tables;
    this.#whose = whose;
  }

  /** Points that can be spent at once. @returns the lot */
  grant(lot: OpenedLot): string {
    const id = this.#open({ ...lot, activateAt: lot.at, active: lot.points, pending: 0 });
    this.#active += lot.points;
    this.#post('EARN', { at: lot.at, points: lot.points, reason: null }, [
      { account: 'program.issued', lotId: id, amount: -lot.points },
      { account: 'member.active', lotId: id, amount: lot.points },
    ]);
    return id;
  }

  /** Points of the last days, not active yet. */
  promise(points: number, at: number, now: number): void {
    const activateAt = now + (1 + (points % FREEZE_DAYS)) * DAY;
    const id = this.#open({
      points,
      at,
      expireAt: activateAt + 365 * DAY,
      activateAt,
      active: 0,
      pending: points,
    });
    this.#pending += points;
    this.#post('EARN', { at, points, reason: null }, [
      { account: 'program.issued', lotId: id, amount: -points },
      { account: 'member.pending', lotId: id, amount: points },
    ]);
  }

  takeDown(lotId: string, { at, points, reason }: { at: number; points: number; reason: string }): void {
    const lot = this.#lots.find(({ id }) => id === lotId);
    if (lot === undefined || lot.active < points) throw new RangeError('there are not so many points');
    lot.active -= points;
    this.#active -= points;
    this.#post('ADJUST', { at, points: -points, reason }, [
      { account: 'member.active', lotId, amount: -points },
      { account: 'program.adjusted', lotId, amount: points },
    ]);
  }

  owe({ at, points, reason }: { at: number; points: number; reason: string }): void {
    this.#debt -= points;
    this.#post('ADJUST', { at, points: -points, reason }, [
      { account: 'member.debt', lotId: null, amount: -points },
      { account: 'program.adjusted', lotId: null, amount: points },
    ]);
  }

  close(tier: { readonly code: string; readonly since: number } | null): void {
    const { profileId, programId } = this.#whose;
    for (const lot of this.#lots)
      this.#tables.lot.add(
        `${profileId}\t${lot.id}\t${programId}\tIMPORT\t${lot.points}\t${lot.pending}\t${lot.active}\t${copyTime(lot.at)}\t${copyTime(lot.activateAt)}\t${time(lot.expireAt)}\n`,
      );
    const due = this.#lots.flatMap(({ pending, activateAt, active, expireAt }) =>
      pending > 0 ? [activateAt] : active > 0 && expireAt !== null ? [expireAt] : [],
    );
    this.#tables.account.add(
      `${profileId}\t${programId}\t${this.#active}\t${this.#pending}\t${this.#debt}\t${tier?.code ?? NULL}\t${time(
        tier?.since ?? null,
      )}\t${this.#revision}\t${due.length === 0 ? NULL : copyTime(Math.min(...due))}\t${time(this.#openedAt)}\n`,
    );
  }

  #open(lot: Omit<Lot, 'id'>): string {
    const id = this.#whose.ids.next(lot.at);
    this.#lots.push({ ...lot, id });
    return id;
  }

  #post(
    kind: string,
    { at, points, reason }: { at: number; points: number; reason: string | null },
    entries: readonly Entry[],
  ): void {
    const { profileId, programId, ids } = this.#whose;
    const journal = ids.next(at);
    this.#revision += 1;
    this.#openedAt ??= at;
    this.#tables.journal.add(
      `${profileId}\t${journal}\t${programId}\t${this.#revision}\t${kind}\t${points}\t${copyTime(at)}\t${copyTime(at)}\tsystem\t${reason ?? NULL}\t${this.#active}\t${this.#pending}\t0\t${this.#debt}\n`,
    );
    for (const [index, { account, lotId, amount }] of entries.entries())
      this.#tables.entry.add(
        `${profileId}\t${journal}\t${index + 1}\t${account}\t${lotId ?? NULL}\t${amount}\n`,
      );
  }
}

function time(at: number | null): string {
  return at === null ? NULL : copyTime(at);
}
