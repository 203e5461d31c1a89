import { DEMO_RULES } from '../../loyalty-rules.ts';
import type { Sale } from './sale.ts';

const YEAR = 365 * 86_400_000;

/** What everybody paid, as points and tiers follow from it; a few bytes each. */
export interface Spending {
  note(person: number, sale: Sale, moneyBack: number): void;
  /** Of all time, in roubles. */
  paid(person: number): number;
  /** Code of the tier a year of purchases makes, and since when; null: none. */
  tier(person: number): { readonly code: string; readonly since: number } | null;
}

const LEVELS = DEMO_RULES.tiers?.levels ?? [];

/** A tenge is counted as what the ladder of tiers makes of it. */
const TENGE = 5;

export function countSpending(count: number, now: number): Spending {
  const paid = new Float64Array(count);
  const year = { RUB: new Float64Array(count), KZT: new Float64Array(count) };
  const level = new Uint8Array(count);
  const since = new Float64Array(count);
  return {
    note: (person, { lines, store, at }, moneyBack) => {
      const money = lines.reduce((sum, line) => sum + line.gross - line.discount, 0) - moneyBack;
      paid[person] = (paid[person] ?? 0) + money / 100 / (store.currency === 'KZT' ? TENGE : 1);
      if (at < now - YEAR) return;
      const sums = year[store.currency];
      sums[person] = (sums[person] ?? 0) + money;
      const reached = LEVELS.filter(
        ({ from }) => (sums[person] ?? 0) >= (from[store.currency] ?? Infinity),
      ).length;
      if (reached <= (level[person] ?? 0)) return;
      level[person] = reached;
      since[person] = at;
    },
    paid: (person) => paid[person] ?? 0,
    tier: (person) => {
      const reached = LEVELS[(level[person] ?? 0) - 1];
      return reached === undefined ? null : { code: reached.code, since: since[person] ?? now };
    },
  };
}
