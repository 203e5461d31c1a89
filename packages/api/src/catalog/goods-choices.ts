import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';

export interface CategoryChoice {
  /** Names from the root joined by `/`: what rules name it by. */
  code: string;
  name: string;
  /** Code of the category above; null: a root. */
  parent: string | null;
  /** Products of it and of everything below. */
  products: number;
}

export interface AttributeChoices {
  name: string;
  values: string[];
}

/** What rules may choose goods by, as the catalogue is today. */
export interface GoodsChoices {
  categories: CategoryChoice[];
  brands: string[];
  /** Labels of the attribute `tags`. */
  tags: string[];
  /** Other attributes that are texts or lists of texts. */
  attributes: AttributeChoices[];
}

const MOST_CATEGORIES = 5_000;
const MOST_BRANDS = 1_000;
const MOST_VALUES = 2_000;

export async function readGoodsChoices(ctx: Pick<Context, 'sql'>): Promise<GoodsChoices> {
  const [categories, brands, values] = await Promise.all([
    readCategories(ctx),
    readBrands(ctx),
    readAttributes(ctx),
  ]);
  return {
    categories,
    brands,
    tags: values.find(({ name }) => name === 'tags')?.values ?? [],
    attributes: values.filter(({ name }) => name !== 'tags'),
  };
}

async function readCategories({ sql: db }: Pick<Context, 'sql'>): Promise<CategoryChoice[]> {
  const { rows } = await sql<CategoryChoice>`
    with counted as (
      select place.code, count(*)::int as products
      from product join category as own on own.id = product.category_id, unnest(own.path) as place (code)
      group by place.code)
    select category.code, category.name, above.code as parent, coalesce(counted.products, 0) as products
    from category
    left join category as above on above.id = category.parent_id
    left join counted on counted.code = category.code
    order by category.path limit ${MOST_CATEGORIES}`.execute(db);
  return rows;
}

async function readBrands({ sql: db }: Pick<Context, 'sql'>): Promise<string[]> {
  const { rows } = await sql<{ brand: string }>`
    select distinct brand from product where brand is not null order by brand limit ${MOST_BRANDS}`.execute(
    db,
  );
  return rows.map(({ brand }) => brand);
}

/** Texts only: rules compare texts. */
async function readAttributes({ sql: db }: Pick<Context, 'sql'>): Promise<AttributeChoices[]> {
  const { rows } = await sql<{ name: string; value: string }>`
    select distinct attribute.key as name, item.value #>> '{}' as value
    from product, jsonb_each(product.attributes) as attribute,
      jsonb_array_elements(case jsonb_typeof(attribute.value)
        when 'array' then attribute.value else jsonb_build_array(attribute.value) end) as item
    where jsonb_typeof(item.value) = 'string' order by 1, 2 limit ${MOST_VALUES}`.execute(db);
  const byName = new Map<string, string[]>();
  for (const { name, value } of rows) byName.set(name, [...(byName.get(name) ?? []), value]);
  return [...byName].map(([name, values]) => ({ name, values }));
}
