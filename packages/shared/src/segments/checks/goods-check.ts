import { keysOf, objectOf, optional } from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import { SALES_CHANNELS } from '../leaf-args.ts';
import { oneOf } from '../../rules/index.ts';
import { differentItems } from './list-check.ts';
import { moneyRange } from './range-check.ts';
import { nameOf, problem, referenceOf, shortText } from './text-checks.ts';

const MOST_ATTRIBUTES = 100;
const texts = optional(differentItems(shortText));

const filterShape = objectOf({
  categories: optional(differentItems(referenceOf('CATEGORY'))),
  brands: texts,
  skus: optional(differentItems(referenceOf('PRODUCT'))),
  tags: texts,
  priceTypes: texts,
  attributes: optional(attributes),
});

/** A filter of goods that names something. */
export const goodsFilter: Check = (value, path) => {
  const problems = filterShape(value, path);
  if (problems.length > 0 || Object.values(keysOf(value)).some((part) => part !== undefined)) return problems;
  return [problem(path, 'REQUIRED', 'names no goods: no such filter at all means all goods')];
};

const selection = objectOf({ only: optional(goodsFilter), except: optional(goodsFilter) });

/** Any purchases where nothing narrows them. */
export const purchaseFilter: Check = objectOf({
  goods: optional(selection),
  stores: optional(differentItems(referenceOf('STORE'))),
  channels: optional(differentItems(oneOf(SALES_CHANNELS))),
  codePools: optional(differentItems(referenceOf('POOL'))),
  paid: optional(moneyRange),
});

/** Attributes of goods by name: one at least, each with values. */
function attributes(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [problem(path, 'FORMAT', 'an object')];
  const names = Object.keys(value);
  if (names.length === 0) return [problem(path, 'REQUIRED', 'one attribute or more')];
  if (names.length > MOST_ATTRIBUTES)
    return [problem(path, 'RANGE', `${MOST_ATTRIBUTES} attributes at most`)];
  return Object.entries(value).flatMap(([name, values]) => [
    ...nameOf(name, [...path, name]),
    ...differentItems(shortText)(values, [...path, name]),
  ]);
}
