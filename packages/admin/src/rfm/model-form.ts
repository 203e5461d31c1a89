import { parseMoney } from '@clientele/shared/money';
import type { Moments } from '@clientele/shared/segments';
import { decimalOf, scaleOf } from '../forms/amount-input.ts';
import type { RfmModel } from './operations.ts';

export type WindowKind = 'ALWAYS' | 'ROLLING' | 'ABSOLUTE';
export const WINDOW_KINDS: readonly WindowKind[] = ['ROLLING', 'ALWAYS', 'ABSOLUTE'];

/** Four bounds; empty: not written yet. */
export type Bounds = (number | undefined)[];

/** A model as it is edited; money in minor units. */
export interface ModelValues extends Record<string, unknown> {
  name: string;
  window: Moments;
  method: 'QUINTILES' | 'THRESHOLDS';
  currency: string;
  recency: Bounds;
  frequency: Bounds;
  monetary: Bounds;
}

const YEAR = 365;
const USUAL_DAYS = [30, 90, 180, 365];
const USUAL_ORDERS = [2, 3, 5, 9];
const USUAL_SUMS = [3_000, 10_000, 30_000, 100_000];

/** A new model: fifths of the last year. */
export function newModel(currency: string): ModelValues {
  return {
    name: 'RFM',
    window: { kind: 'ROLLING', days: YEAR },
    method: 'QUINTILES',
    currency,
    recency: [...USUAL_DAYS],
    frequency: [...USUAL_ORDERS],
    monetary: USUAL_SUMS.map((sum) => sum * scaleOf(currency)),
  };
}

export function valuesOf(
  model: Pick<RfmModel, 'name' | 'window' | 'method' | 'currency' | 'thresholds'>,
): ModelValues {
  const { name, window, method, currency, thresholds } = model;
  const usual = newModel(currency);
  return {
    name,
    window: window as Moments,
    method,
    currency,
    recency: thresholds?.recency ?? usual.recency,
    frequency: thresholds?.frequency ?? usual.frequency,
    monetary: thresholds?.monetary.map((sum) => parseMoney(sum, currency) ?? undefined) ?? usual.monetary,
  };
}

/** As the API takes it; a bound that was not written is 0, and refused where it stands. */
export function inputOf({ recency, frequency, monetary, ...model }: ModelValues) {
  const thresholds = {
    recency: recency.map((days) => days ?? 0),
    frequency: frequency.map((orders) => orders ?? 0),
    monetary: monetary.map((sum) => decimalOf(sum ?? 0, model.currency)),
  };
  return { ...model, name: model.name.trim(), ...(model.method === 'THRESHOLDS' ? { thresholds } : {}) };
}

export function windowAs(kind: Moments['kind'], before: Moments): Moments {
  if (kind === before.kind) return before;
  if (kind === 'ROLLING') return { kind, days: YEAR };
  return kind === 'ABSOLUTE' ? { kind } : { kind: 'ALWAYS' };
}
