/** A line somebody bought. Quantities in thousandths, money in minor units, times as milliseconds. */
export interface PurchasedLine {
  readonly orderId: string;
  readonly externalId: string;
  readonly occurredAt: number;
  readonly number: number;
  readonly sku: string;
  readonly unitPrice: number;
  /** What is not returned yet. */
  readonly leftMilli: number;
}

/** A line of a return document, of whole pieces or not. */
export interface ReturnedGoods {
  readonly sku: string;
  readonly unitPrice: number;
  readonly quantityMilli: number;
  readonly moneyBack: number;
}

export interface ReturnDocument {
  readonly externalId: string;
  readonly occurredAt: number;
  readonly lines: readonly ReturnedGoods[];
}

export interface MatchedLine {
  /** Of the order's line; null: no purchase of it is known. */
  readonly number: number | null;
  readonly sku: string;
  readonly quantityMilli: number;
  readonly moneyBack: number;
}

/** A return document, or what of it belongs to one order. */
export interface MatchedReturn {
  readonly document: ReturnDocument;
  /** Null: lines whose purchase is not known. */
  readonly orderId: string | null;
  readonly lines: readonly MatchedLine[];
}

/**
 * Finds the purchases of one shopper that the return documents undo: for each line the latest earlier purchase of the
 * same sku at the same price that still has something to return, then the one before it, and so on. Documents are
 * taken in the order of time, so the result does not depend on how they stand in a file. What finds no purchase stays
 * a return without an order.
 */
export function matchReturns(
  purchases: readonly PurchasedLine[],
  documents: readonly ReturnDocument[],
): MatchedReturn[] {
  const byGoods = latestFirst(purchases);
  const inTime = documents.toSorted(
    (a, b) => a.occurredAt - b.occurredAt || compareText(a.externalId, b.externalId),
  );
  return inTime.flatMap((document) => {
    const parts = new Map<string | null, MatchedLine[]>();
    for (const line of document.lines) {
      for (const { orderId, ...matched } of matchLine(byGoods, document, line))
        parts.set(orderId, [...(parts.get(orderId) ?? []), matched]);
    }
    return [...parts].map(([orderId, lines]) => ({ document, orderId, lines }));
  });
}

interface Remaining {
  readonly line: PurchasedLine;
  leftMilli: number;
}

function latestFirst(purchases: readonly PurchasedLine[]): Map<string, Remaining[]> {
  const byGoods = new Map<string, Remaining[]>();
  const ordered = purchases.toSorted(
    (a, b) => b.occurredAt - a.occurredAt || compareText(b.externalId, a.externalId) || a.number - b.number,
  );
  for (const line of ordered) {
    const key = goodsKey(line);
    const same = byGoods.get(key);
    const remaining = { line, leftMilli: line.leftMilli };
    if (same === undefined) byGoods.set(key, [remaining]);
    else same.push(remaining);
  }
  return byGoods;
}

function* matchLine(
  byGoods: ReadonlyMap<string, Remaining[]>,
  document: ReturnDocument,
  goods: ReturnedGoods,
): Generator<MatchedLine & { orderId: string | null }> {
  let left = goods.quantityMilli;
  let money = goods.moneyBack;
  const part = (orderId: string | null, number: number | null, milli: number) => {
    // The last part takes what rounding left over, so that the parts are the whole.
    const moneyBack = milli === left ? money : share(goods, milli);
    left -= milli;
    money -= moneyBack;
    return { orderId, number, sku: goods.sku, quantityMilli: milli, moneyBack };
  };
  for (const purchase of byGoods.get(goodsKey(goods)) ?? []) {
    if (left === 0) return;
    if (purchase.line.occurredAt > document.occurredAt) continue;
    const milli = returnable(Math.min(left, purchase.leftMilli), goods.quantityMilli);
    if (milli === 0) continue;
    purchase.leftMilli -= milli;
    yield part(purchase.line.orderId, purchase.line.number, milli);
  }
  if (left > 0) yield part(null, null, left);
}

/** Of pieces only whole ones come back. */
function returnable(milli: number, askedMilli: number): number {
  return askedMilli % 1000 === 0 ? milli - (milli % 1000) : milli;
}

function share({ moneyBack, quantityMilli }: ReturnedGoods, milli: number): number {
  return Number((BigInt(moneyBack) * BigInt(milli)) / BigInt(quantityMilli));
}

function goodsKey({ sku, unitPrice }: { readonly sku: string; readonly unitPrice: number }): string {
  return `${unitPrice}\t${sku}`;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
