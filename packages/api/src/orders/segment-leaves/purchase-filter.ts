import { selectionTest } from '@clientele/shared/rules';
import { isWithin, type PurchaseFilter } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { allOf, type Fragment } from '../../segments/index.ts';
import { wantColumns, type Purchase, type PurchaseLine, type PurchaseWant } from './purchase.ts';

/** What of a purchase is meant by a filter: the filter's goods, or all where it names none. */
export interface MeantPurchase {
  readonly paid: number;
  readonly lines: readonly PurchaseLine[];
}

/**
 * @param since before which purchases cannot matter; null: all may
 * @param money whether `paidSql` is asked for
 */
export function wantsOf(
  { goods, codePools }: PurchaseFilter,
  since: Date | null = null,
  money = false,
): PurchaseWant[] {
  return [
    { since },
    ...(goods === undefined ? [] : [{ goods, money }]),
    ...(codePools === undefined ? [] : [{ codePools }]),
  ];
}

/** Whether a row `r` of purchases is meant. */
export function meantSql(filter: PurchaseFilter): Fragment {
  const { goods, stores, channels, codePools, paid } = filter;
  return allOf([
    ...(goods === undefined ? [] : [sql`r.${wantColumns({ goods }).has}`]),
    ...(codePools === undefined ? [] : [sql`r.${wantColumns({ codePools }).has}`]),
    ...(stores === undefined ? [] : [sql`r.store = any(${[...stores]}::text[])`]),
    ...(channels === undefined ? [] : [sql`r.channel = any(${[...channels]}::text[])`]),
    ...(paid === undefined ? [] : [sql`r.currency = ${paid.currency}`]),
    ...(paid?.least === undefined ? [] : [sql`r.paid >= ${paid.least}`]),
    ...(paid?.most === undefined ? [] : [sql`r.paid <= ${paid.most}`]),
  ]);
}

/** What the goods of the filter cost in a row `r`. */
export function paidSql({ goods }: PurchaseFilter): Fragment {
  return goods === undefined ? sql`r.paid` : sql`r.${wantColumns({ goods }).paid}`;
}

/** Null: another purchase is meant. */
export function meantPurchase(filter: PurchaseFilter): (purchase: Purchase) => MeantPurchase | null {
  const { goods, stores, channels, codePools, paid } = filter;
  const isWanted = goods === undefined ? () => true : selectionTest(goods);
  return (purchase) => {
    if (stores !== undefined && !stores.includes(purchase.store)) return null;
    if (channels !== undefined && !channels.includes(purchase.channel)) return null;
    if (codePools !== undefined && !codePools.some((id) => purchase.codePools.includes(id))) return null;
    if (paid !== undefined && !(purchase.currency === paid.currency && isWithin(purchase.paid, paid)))
      return null;
    const lines = purchase.lines.filter((line) => isWanted(line.goods));
    if (goods !== undefined && lines.length === 0) return null;
    return {
      paid: goods === undefined ? purchase.paid : lines.reduce((sum, line) => sum + line.paid, 0),
      lines,
    };
  };
}
