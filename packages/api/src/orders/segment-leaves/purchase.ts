import { createHash } from 'node:crypto';
import type { GoodsFacts, GoodsSelection } from '@clientele/shared/rules';
import { sql } from 'kysely';
import { canonical, type Fragment } from '../../segments/index.ts';

/** A purchase of which something was kept; money in minor units, what came back taken off. */
export interface Purchase {
  occurredAt: Date;
  /** Of the store. */
  zone: string;
  /** Code of the store. */
  store: string;
  channel: string;
  currency: string;
  paid: number;
  /** Ids of series whose codes it was bought with. */
  codePools: string[];
  /** Of which something was kept. */
  lines: PurchaseLine[];
}

export interface PurchaseLine {
  goods: GoodsFacts;
  /** The goods' own category; null: the catalogue knows none. */
  category: string | null;
  paid: number;
  /** Thousandths. */
  keptMilli: number;
}

/** What features want of each purchase besides its own columns. */
export type PurchaseWant = GoodsWant | CodesWant | TimeWant;
/** `money`: also what they cost. */
export type GoodsWant = { readonly goods: GoodsSelection; readonly money?: boolean };
export type CodesWant = { readonly codePools: readonly string[] };
/** Earlier purchases cannot matter to the feature; null: all do. */
export type TimeWant = { readonly since: Date | null };

/** What all features of a statement want together. */
export interface Wanted {
  readonly goods: readonly GoodsWant[];
  readonly codes: readonly CodesWant[];
  readonly since: Date | null;
}

/** Of a purchase or a line: whether it has what is wanted; of goods in a purchase what they cost. */
export function wantColumns(want: GoodsWant | CodesWant): Record<'has' | 'paid', Fragment> {
  const about = 'goods' in want ? want.goods : want.codePools;
  const name = `w_${createHash('sha256').update(canonical(about)).digest('hex').slice(0, 16)}`;
  return { has: sql.raw(name), paid: sql.raw(`${name}_paid`) };
}
