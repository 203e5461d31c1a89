import type { DraftLine, GoodsFacts } from '@clientele/shared/receipt';
import {
  viewAccount,
  type AccountFacts,
  type AccountStatus,
  type ProgramRecord,
} from '../../loyalty/index.ts';
import type { PromotionsRead } from './asked-promotions.ts';
import type { ParsedLine } from './draft.ts';
import { attributeTexts } from './rule-attributes.ts';

/** What the catalogue says of goods; absent: it does not say. */
export interface BasketProduct {
  sku: string;
  name: string;
  brand: string | null;
  categories: string[];
  tags: unknown;
  priceType: unknown;
  earnable: boolean | null;
  redeemable: boolean | null;
  minUnitPrice: Record<string, number>;
  /** Those that were asked for. */
  attributes: Record<string, unknown> | null;
}

export interface BasketStore {
  id: string;
  code: string;
  brandId: string;
  currency: string;
  language: string;
  timeZone: string;
}

/** What of the shopper's account counts for a basket. */
export interface BasketAccount {
  status: AccountStatus;
  tierCode: string | null;
  /** Points that can be spent at any goods; null: something fell due since the last posting, `facts` tell. */
  spendable: number | null;
  facts: AccountFacts | null;
}

export interface BasketShopper {
  id: string;
  kind: string;
  tags: string[];
  /** YYYY-MM-DD */
  birthDate: string | null;
}

/** What `read_basket` answers. */
export interface Basket {
  store: BasketStore | null;
  /** The profile of purchases by nobody known here; null: not made yet. */
  walkInId: string | null;
  /** Null: there is none of this client, or it is over. */
  visit: { id: string; verified: boolean } | null;
  profile: BasketShopper | null;
  accounts: Record<string, BasketAccount | null>;
  products: BasketProduct[];
  /** Null: nothing was asked. */
  promotions: PromotionsRead | null;
  /** The order that has this number already. */
  order: { id: string; profileId: string; state: string; held: number } | null;
  /** The same requestId before. */
  request: { operation: string; hash: string; reply: unknown } | null;
}

/** Lines with what the catalogue knows of their goods; what the till itself says of a line counts first. */
export function withProducts(
  lines: readonly ParsedLine[],
  products: readonly BasketProduct[],
  currency: string,
): (ParsedLine & DraftLine)[] {
  const bySku = new Map(products.map((product) => [product.sku, product]));
  return lines.map((line) => {
    const product = bySku.get(line.sku);
    if (product === undefined) return line;
    return {
      ...line,
      ...goodsFacts(product),
      name: line.name ?? product.name,
      minUnitPrice: line.minUnitPrice ?? product.minUnitPrice[currency],
      earnable: product.earnable ?? undefined,
      redeemable: product.redeemable ?? undefined,
    };
  });
}

export function goodsFacts({
  sku,
  brand,
  categories,
  tags,
  priceType,
  attributes,
}: Pick<BasketProduct, 'sku' | 'brand' | 'categories' | 'tags' | 'priceType' | 'attributes'>): GoodsFacts {
  return {
    sku,
    brand: brand ?? undefined,
    categories,
    tags: Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : undefined,
    priceType: typeof priceType === 'string' ? priceType : undefined,
    attributes: attributeTexts(attributes),
  };
}

/** Points that can be spent at any goods at this moment, whatever jobs have run. */
export function spendablePoints(
  profileId: string,
  program: ProgramRecord,
  account: BasketAccount | null,
  now: Date,
): number {
  if (account === null) return 0;
  if (account.spendable !== null) return account.spendable;
  return viewAccount(profileId, program, account.facts, now)
    .lots.filter((lot) => lot.restricted !== true)
    .reduce((sum, lot) => sum + lot.active, 0);
}
