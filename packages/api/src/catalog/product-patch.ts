import { parseMoney } from '@clientele/shared/money';
import { InputProblems } from '../platform/input-problems.ts';
import { forbiddenPath } from '../platform/json-names.ts';
import type { InputProblem } from '../platform/errors.ts';

/** As GraphQL gives it: absent = leave, null = clear, lists replace. */
export interface ProductInput {
  sku: string;
  name?: string | null | undefined;
  barcodes?: readonly string[] | null | undefined;
  categoryPath?: readonly string[] | null | undefined;
  brand?: string | null | undefined;
  price?: string | null | undefined;
  oldPrice?: string | null | undefined;
  currency?: string | null | undefined;
  url?: string | null | undefined;
  imageUrl?: string | null | undefined;
  attributes?: unknown;
  earnable?: boolean | null | undefined;
  redeemable?: boolean | null | undefined;
  minUnitPrice?: string | null | undefined;
  available?: boolean | null | undefined;
}

/** A product input after parsing: keys that are absent change nothing. Money in minor units of `currency`. */
export interface ProductPatch {
  sku: string;
  currency: string;
  name?: string | null;
  barcodes?: string[];
  categoryPath?: string[];
  brand?: string | null;
  price?: number | null;
  oldPrice?: number | null;
  url?: string | null;
  imageUrl?: string | null;
  attributes?: Record<string, unknown>;
  earnable?: boolean | null;
  redeemable?: boolean | null;
  minUnitPrice?: number | null;
  available?: boolean;
}

const MAX_TEXT = 300;
const MAX_SKU = 100;
const MAX_URL = 2_000;
const MAX_LIST = 50;
const MAX_MONEY = 10_000_000_000_000;
const MAX_ATTRIBUTES = 20_000;

/** @param currency of money where the product names none */
export function parseProduct(
  input: ProductInput,
  currency: string,
): { patch: ProductPatch; problems: InputProblem[] } {
  const problems = new InputProblems();
  const patch: ProductPatch = {
    sku: problems.text(input.sku, ['sku'], MAX_SKU) ?? '',
    currency: currencyOf(input.currency ?? currency, problems),
  };
  for (const key of ['name', 'brand', 'url', 'imageUrl'] as const) {
    const max = key === 'url' || key === 'imageUrl' ? MAX_URL : MAX_TEXT;
    const value = input[key];
    if (value !== undefined) patch[key] = value === null ? null : (problems.text(value, [key], max) ?? null);
  }
  for (const key of ['price', 'oldPrice', 'minUnitPrice'] as const) {
    const value = input[key];
    if (value !== undefined)
      patch[key] = value === null ? null : moneyOf(value, key, patch.currency, problems);
  }
  for (const key of ['earnable', 'redeemable'] as const) {
    const value = input[key];
    if (value !== undefined) patch[key] = value;
  }
  if (input.available !== undefined) patch.available = input.available ?? true;
  if (input.barcodes !== undefined) patch.barcodes = textsOf(input.barcodes, 'barcodes', problems);
  if (input.categoryPath !== undefined) patch.categoryPath = categoriesOf(input.categoryPath, problems);
  if (input.attributes !== undefined) patch.attributes = attributesOf(input.attributes, problems);
  return { patch, problems: problems.list };
}

function currencyOf(currency: string, problems: InputProblems): string {
  if (/^[A-Z]{3}$/.test(currency)) return currency;
  problems.add(['currency'], 'FORMAT', 'is an ISO 4217 code, e.g. RUB');
  return 'XXX';
}

function moneyOf(text: string, key: string, currency: string, problems: InputProblems): number | null {
  const minor = parseMoney(text, currency);
  if (minor === null)
    problems.add([key], 'FORMAT', `is a decimal string with exactly the digits of ${currency}`);
  else if (minor < 0 || minor > MAX_MONEY)
    problems.add([key], 'RANGE', 'may not be negative or beyond reason');
  return minor;
}

function textsOf(values: readonly string[] | null, key: string, problems: InputProblems): string[] {
  if (values === null) return [];
  if (values.length > MAX_LIST) problems.add([key], 'TOO_MANY', `may have ${MAX_LIST} values at most`);
  const texts = values.map((value, index) => problems.text(value, [key, index], MAX_SKU) ?? '');
  return [...new Set(texts)];
}

/** A `/` inside a name would read as one more level. */
function categoriesOf(values: readonly string[] | null, problems: InputProblems): string[] {
  if (values === null) return [];
  if (values.length > 10) problems.add(['categoryPath'], 'TOO_MANY', 'may have 10 levels at most');
  return values.map((value, index) =>
    (problems.text(value, ['categoryPath', index], MAX_TEXT) ?? '').replaceAll('/', '∕'),
  );
}

function attributesOf(value: unknown, problems: InputProblems): Record<string, unknown> {
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    problems.add(['attributes'], 'FORMAT', 'is an object');
    return {};
  }
  const forbidden = forbiddenPath(value);
  if (forbidden !== null)
    problems.add(['attributes', ...forbidden], 'FORMAT', 'has a name or a text that cannot be used');
  if (JSON.stringify(value).length > MAX_ATTRIBUTES) problems.add(['attributes'], 'RANGE', 'is too large');
  return value as Record<string, unknown>;
}
