import type { GoodsFilter, GoodsSelection } from '@clientele/shared/rules';

export type Side = 'only' | 'except';
export type ListKind = 'categories' | 'brands' | 'skus' | 'tags';

/** One thing goods are chosen by. */
export type GoodsName =
  | { readonly kind: ListKind; readonly value: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string };

export function isChosen(filter: GoodsFilter | undefined, name: GoodsName): boolean {
  if (name.kind === 'attribute') return filter?.attributes?.[name.name]?.includes(name.value) ?? false;
  return filter?.[name.kind]?.includes(name.value) ?? false;
}

/** Puts it on a side, or takes it away where it stands there; it never stands on both. */
export function toggled(selection: GoodsSelection, side: Side, name: GoodsName): GoodsSelection {
  const here = selection[side] ?? {};
  const other: Side = side === 'only' ? 'except' : 'only';
  if (isChosen(here, name)) return cleaned({ ...selection, [side]: without(here, name) });
  return cleaned({
    ...selection,
    [side]: withName(here, name),
    [other]: without(selection[other] ?? {}, name),
  });
}

/** Without lists and sides that name nothing. */
export function cleaned({ only, except }: GoodsSelection): GoodsSelection {
  const [included, left] = [cleanedFilter(only), cleanedFilter(except)];
  return { ...(included && { only: included }), ...(left && { except: left }) };
}

/** Everything a side names, in the order it is shown. */
export function namesOf(filter: GoodsFilter | undefined): GoodsName[] {
  const lists = (['categories', 'brands', 'skus', 'tags'] as const).flatMap((kind) =>
    (filter?.[kind] ?? []).map((value): GoodsName => ({ kind, value })),
  );
  const attributes = Object.entries(filter?.attributes ?? {}).flatMap(([name, values]) =>
    values.map((value): GoodsName => ({ kind: 'attribute', name, value })),
  );
  return [...lists, ...attributes];
}

function withName(filter: GoodsFilter, name: GoodsName): GoodsFilter {
  if (name.kind !== 'attribute')
    return { ...filter, [name.kind]: [...(filter[name.kind] ?? []), name.value] };
  const values = [...(filter.attributes?.[name.name] ?? []), name.value];
  return { ...filter, attributes: { ...filter.attributes, [name.name]: values } };
}

function without(filter: GoodsFilter, name: GoodsName): GoodsFilter {
  const left = (values: readonly string[] | undefined) =>
    (values ?? []).filter((value) => value !== name.value);
  if (name.kind !== 'attribute') return { ...filter, [name.kind]: left(filter[name.kind]) };
  return {
    ...filter,
    attributes: { ...filter.attributes, [name.name]: left(filter.attributes?.[name.name]) },
  };
}

function cleanedFilter(filter: GoodsFilter | undefined): GoodsFilter | null {
  if (filter === undefined) return null;
  const attributes = Object.fromEntries(
    Object.entries(filter.attributes ?? {}).filter(([, values]) => values.length > 0),
  );
  const parts = Object.entries({ ...filter, attributes }).filter(([, part]) =>
    Array.isArray(part) ? part.length > 0 : part !== undefined && Object.keys(part as object).length > 0,
  );
  return parts.length === 0 ? null : Object.fromEntries(parts);
}

export interface CategoryRow {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly products: number;
}

export interface ShownCategory extends CategoryRow {
  readonly depth: number;
  /** Has others below. */
  readonly opens: boolean;
}

/**
 * The rows of the tree that are to be seen: below an open one its own, and everything on the way to what was searched for.
 */
export function shownCategories(
  categories: readonly CategoryRow[],
  open: ReadonlySet<string>,
  search: string,
): ShownCategory[] {
  const wanted = search.trim().toLowerCase();
  const byParent = Map.groupBy(categories, ({ parent }) => parent);
  const fits = ({ name }: CategoryRow): boolean => name.toLowerCase().includes(wanted);
  const anyFits = (row: CategoryRow): boolean =>
    fits(row) || (byParent.get(row.code) ?? []).some((below) => anyFits(below));
  const rowsBelow = (parent: string | null, depth: number): ShownCategory[] =>
    (byParent.get(parent) ?? []).flatMap((row) => {
      if (wanted !== '' && !anyFits(row)) return [];
      const shown = { ...row, depth, opens: byParent.has(row.code) };
      const isOpen = wanted === '' ? open.has(row.code) : true;
      return [shown, ...(isOpen ? rowsBelow(row.code, depth + 1) : [])];
    });
  return rowsBelow(null, 0);
}
