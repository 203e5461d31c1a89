import { DAY_MS } from '@clientele/shared/time';
import type { RfmBounds, RfmScale } from '../../segments/index.ts';

/** What a shopper's orders in the window of a model come to. */
export interface RfmFacts {
  readonly last: Date;
  readonly orders: number;
  /** Minor units of the model's currency, returns taken off. */
  readonly sum: number;
}

export interface RfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
}

export type RfmMeasure = keyof RfmScores;

const BEST = 5;

/** 1 to 5, 5 is best. @param at as `scoredAt` tells */
export function rfmScores({ last, orders, sum }: RfmFacts, bounds: RfmBounds, at: Date): RfmScores {
  const days = wholeDays(last, at);
  return {
    recency: BEST - bounds.recency.filter((most) => days > most).length,
    frequency: 1 + bounds.frequency.filter((least) => orders >= least).length,
    monetary: 1 + bounds.monetary.filter((least) => sum >= least).length,
  };
}

/** The three digits of a score, as people write them: 5 of recency, 4 of frequency, 3 of money are 543. */
export function asNumber({ recency, frequency, monetary }: RfmScores): number {
  return recency * 100 + frequency * 10 + monetary;
}

/** Days are counted up to the end of a window that is over, else up to now. */
export function scoredAt({ window }: Pick<RfmScale, 'window'>, now: Date): Date {
  if (window.kind !== 'ABSOLUTE' || window.to === undefined) return now;
  return new Date(Math.min(Date.parse(window.to), now.getTime()));
}

/** When recency falls to the next score by time alone; null: never. */
export function recencyFallsAt(last: Date, { window, bounds }: RfmScale, now: Date): Date | null {
  const days = wholeDays(last, scoredAt({ window }, now));
  const most = bounds.recency.find((bound) => bound >= days);
  if (most === undefined) return null;
  const at = new Date(last.getTime() + (most + 1) * DAY_MS);
  return window.kind === 'ABSOLUTE' && window.to !== undefined && at > new Date(window.to) ? null : at;
}

function wholeDays(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY_MS);
}
