import type { Condition } from '@clientele/shared/segments';
import type { Models } from '../models/index.ts';

/** What the answer to a condition depends on besides the shopper's own rows; read once for many shoppers. */
export interface Surroundings {
  readonly now: Date;
  /** The company's: of whatever happened in no store. */
  readonly zone: string;
  /** By code. */
  readonly stores: ReadonlyMap<string, StoreFacts>;
  /** By id: how those that others may name are computed now. */
  readonly segments: ReadonlyMap<string, Condition>;
  readonly models: Models;
  /** Those in use, by code. */
  readonly attributes: ReadonlyMap<string, AttributeFacts>;
}

export interface AttributeFacts {
  /** TEXT, NUMBER, BOOLEAN, DATE, CHOICE or MULTI_CHOICE. */
  readonly type: string;
  /** Its values tell who somebody is, and are not shown. */
  readonly personal: boolean;
}

export interface StoreFacts {
  readonly id: string;
  readonly zone: string;
}

/** All zones in which a business day of the company may begin, its own first. */
export function zonesOf({ zone, stores }: Surroundings): readonly string[] {
  return [...new Set([zone, ...[...stores.values()].map((store) => store.zone)])];
}
