import type { PriceByCurrency } from './product.entity.ts';
import type { ProductPatch } from './product-patch.ts';

/** A product as it is stored, with what belongs to it. */
export interface ProductRecord {
  id: string;
  sku: string;
  name: string;
  /** Code of its category; null: none. */
  category: string | null;
  brand: string | null;
  price: PriceByCurrency;
  oldPrice: PriceByCurrency;
  url: string | null;
  imageUrl: string | null;
  earnable: boolean | null;
  redeemable: boolean | null;
  minUnitPrice: PriceByCurrency;
  available: boolean;
  attributes: Record<string, unknown>;
  barcodes: string[];
}

/** What a product is before anything was told of it. */
export function newProduct(id: string, sku: string): ProductRecord {
  return {
    id,
    sku,
    name: sku,
    category: null,
    brand: null,
    price: {},
    oldPrice: {},
    url: null,
    imageUrl: null,
    earnable: null,
    redeemable: null,
    minUnitPrice: {},
    available: true,
    attributes: {},
    barcodes: [],
  };
}

/** Code of a category: the names from the root joined by `/`. */
export function categoryCode(path: readonly string[]): string | null {
  return path.length === 0 ? null : path.join('/');
}

/** The product after the patch: absent keys leave, null clears, lists replace. */
export function patchProduct(product: ProductRecord, patch: ProductPatch): ProductRecord {
  const { currency } = patch;
  return {
    ...product,
    name: patch.name === undefined ? product.name : (patch.name ?? product.sku),
    category: patch.categoryPath === undefined ? product.category : categoryCode(patch.categoryPath),
    brand: kept(patch.brand, product.brand),
    price: withAmount(product.price, currency, patch.price),
    oldPrice: withAmount(product.oldPrice, currency, patch.oldPrice),
    minUnitPrice: withAmount(product.minUnitPrice, currency, patch.minUnitPrice),
    url: kept(patch.url, product.url),
    imageUrl: kept(patch.imageUrl, product.imageUrl),
    earnable: kept(patch.earnable, product.earnable),
    redeemable: kept(patch.redeemable, product.redeemable),
    available: kept(patch.available, product.available),
    attributes: kept(patch.attributes, product.attributes),
    barcodes: kept(patch.barcodes, product.barcodes),
  };
}

function kept<T>(told: T | undefined, before: T): T {
  return told === undefined ? before : told;
}

function withAmount(
  amounts: PriceByCurrency,
  currency: string,
  told: number | null | undefined,
): PriceByCurrency {
  if (told === undefined) return amounts;
  const { [currency]: _before, ...others } = amounts;
  return told === null ? others : { ...others, [currency]: told };
}
