import type { GoodsFilter, GoodsSelection } from '@clientele/shared/rules';
import { sql, type RawBuilder } from 'kysely';

type Fragment = RawBuilder<unknown>;

/**
 * Whether a product of the catalogue is meant, as `selectionTest` of shared/rules decides it; true or false, never null.
 * Columns: `product.*` and `category.path` (null without a category).
 */
export function goodsMatch({ only, except }: GoodsSelection): Fragment {
  const parts = [
    ...(only === undefined ? [] : [filterMatch(only)]),
    ...(except === undefined ? [] : [sql`not ${filterMatch(except)}`]),
  ];
  return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;
}

function filterMatch(filter: GoodsFilter): Fragment {
  const tests = [
    named(filter.skus, (skus) => sql`product.sku = any(${skus}::text[])`),
    named(filter.categories, (codes) => sql`category.path && ${codes}::text[]`),
    named(filter.brands, (brands) => sql`product.brand = any(${brands}::text[])`),
    named(filter.tags, (tags) => attribute('tags', tags)),
    named(filter.priceTypes, (types) => attribute('priceType', types)),
    ...Object.entries(filter.attributes ?? {}).map(([name, values]) =>
      named(values, (wanted) => attribute(name, wanted)),
    ),
  ].filter((test) => test !== null);
  return tests.length === 0 ? sql`false` : sql`coalesce(${sql.join(tests, sql` or `)}, false)`;
}

function named(values: readonly string[] | undefined, test: (values: string[]) => Fragment): Fragment | null {
  return values === undefined || values.length === 0 ? null : test([...values]);
}

/** An attribute is a text or a list of texts. */
function attribute(name: string, values: string[]): Fragment {
  return sql`coalesce(product.attributes -> ${name}::text ?| ${values}::text[]
    or product.attributes ->> ${name}::text = any(${values}::text[]), false)`;
}
