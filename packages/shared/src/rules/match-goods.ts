import type { GoodsFacts, GoodsFilter, GoodsSelection } from './goods.ts';

/** Whether goods are meant; made once for a rule, asked for every line. */
export type GoodsTest = (goods: GoodsFacts) => boolean;

/** Goods of which any criterion of the filter is true; an empty filter names nothing. */
export function filterTest(filter: GoodsFilter): GoodsTest {
  const tests = [
    among(filter.skus, (goods) => goods.sku),
    anyAmong(filter.categories, (goods) => goods.categories),
    among(filter.brands, (goods) => goods.brand),
    anyAmong(filter.tags, (goods) => goods.tags),
    among(filter.priceTypes, (goods) => goods.priceType),
    ...Object.entries(filter.attributes ?? {}).map(([name, values]) => attributeTest(name, values)),
  ].filter((test) => test !== null);
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (goods) => tests.some((test) => test(goods));
}

/** Goods of which everything named is true, each by any of its values; a list of nothing fits no goods. */
export function everyTest(facts: GoodsFilter): GoodsTest {
  const { attributes, ...lists } = facts;
  const parts: GoodsFilter[] = Object.entries(lists).map(([key, values]) => ({ [key]: values }));
  const tests = [
    ...parts.map(filterTest),
    ...Object.entries(attributes ?? {}).map(([name, values]) => attributeTest(name, values)),
  ];
  return (goods) => tests.every((test) => test(goods));
}

/** Goods of a selection: of `only`, or of everything where it is absent, all but `except`. */
export function selectionTest(selection: GoodsSelection): GoodsTest {
  const only = selection.only === undefined ? null : filterTest(selection.only);
  const except = selection.except === undefined ? null : filterTest(selection.except);
  return (goods) => (only === null || only(goods)) && (except === null || !except(goods));
}

/** Goods that have the attribute with any of the values. */
export function attributeTest(name: string, values: readonly string[]): GoodsTest {
  const wanted = new Set(values);
  return ({ attributes }) =>
    attributes !== undefined &&
    Object.hasOwn(attributes, name) &&
    (attributes[name] ?? []).some((value) => wanted.has(value));
}

function among(
  values: readonly string[] | undefined,
  fact: (goods: GoodsFacts) => string | undefined,
): GoodsTest | null {
  if (values === undefined || values.length === 0) return null;
  const wanted = new Set(values);
  return (goods) => {
    const value = fact(goods);
    return value !== undefined && wanted.has(value);
  };
}

function anyAmong(
  values: readonly string[] | undefined,
  facts: (goods: GoodsFacts) => readonly string[] | undefined,
): GoodsTest | null {
  if (values === undefined || values.length === 0) return null;
  const wanted = new Set(values);
  return (goods) => facts(goods)?.some((value) => wanted.has(value)) ?? false;
}
