import type { Moments } from '@clientele/shared/segments';
import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

export const RFM_METHODS = ['QUINTILES', 'THRESHOLDS'] as const;
export type RfmMethod = (typeof RFM_METHODS)[number];

/** Which orders a model looks at. */
export type RfmWindow = Extract<Moments, { kind: 'ALWAYS' | 'ROLLING' | 'ABSOLUTE' }>;

/** Four bounds each, ascending; 5 is best. Equal values always have equal scores. */
export interface RfmBounds {
  /** Whole days since the last order: the most of score 5, 4, 3 and 2. */
  recency: readonly number[];
  /** Orders: the least of score 2, 3, 4 and 5. */
  frequency: readonly number[];
  /** Minor units: the least of score 2, 3, 4 and 5. */
  monetary: readonly number[];
}

/** All that a score depends on besides the shopper's own orders. */
export interface RfmScale {
  window: RfmWindow;
  currency: string;
  bounds: RfmBounds;
}

/** People with the same three scores when the model was last computed. */
export interface RfmCell {
  r: number;
  f: number;
  m: number;
  people: number;
  /** What they bought in the window, minor units. */
  sum: number;
}

/** How a company scores its buyers by recency, frequency and money. */
export const RfmModel = defineEntity({
  name: 'RfmModel',
  tableName: 'rfm_model',
  properties: {
    id: p.uuid().primary(),
    name: p.string().columnType('text'),
    method: p.enum(RFM_METHODS).columnType('text'),
    /** As it was last saved. */
    window: p.json<RfmWindow>().columnType('jsonb'),
    currency: p.string().columnType('text'),
    /** Of THRESHOLDS; null: they are counted. */
    thresholds: p.json<RfmBounds>().columnType('jsonb').nullable(),
    /** What people are scored by now; null: it was never computed. */
    scale: p.json<RfmScale>().columnType('jsonb').nullable(),
    cells: p.json<RfmCell[]>().columnType('jsonb').defaultRaw("'[]'"),
    computedAt: p.datetime().nullable(),
    /** That computes it now. */
    taskId: p.uuid().nullable(),
    version: p.integer().default(1),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    updatedBy: p.uuid().nullable(),
  },
  indexes: [
    { name: 'rfm_model_name', expression: 'create unique index rfm_model_name on rfm_model (lower(name))' },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    rfm_model: InferKyselyTable<typeof RfmModel>;
  }
}
