import type { PromotionBenefit, PromotionCondition, PromotionRules } from '@clientele/shared/promotions';
import type { GoodsFilter } from '@clientele/shared/rules';
import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';

/** Rules that hold although what they name is not there today: goods come and go. */
export interface PromotionWarning {
  /** From the rules inwards. */
  path: string[];
  /** The name nothing goes by. */
  value: string;
  kind: 'CATEGORY' | 'BRAND' | 'SKU';
}

interface Named {
  path: string[];
  kind: PromotionWarning['kind'];
  value: string;
}

const LISTS: readonly [name: 'categories' | 'brands' | 'skus', kind: PromotionWarning['kind']][] = [
  ['categories', 'CATEGORY'],
  ['brands', 'BRAND'],
  ['skus', 'SKU'],
];

/** What of the goods named the catalogue does not know; three statements whatever there is to look up. */
export async function promotionWarnings(
  ctx: Pick<Context, 'sql'>,
  rules: PromotionRules,
): Promise<PromotionWarning[]> {
  const named = goodsNamed(rules);
  const of = (kind: PromotionWarning['kind']) => [
    ...new Set(named.filter((one) => one.kind === kind).map(({ value }) => value)),
  ];
  const [categories, brands, skus] = await Promise.all([
    known(ctx, 'category', 'code', of('CATEGORY')),
    known(ctx, 'product', 'brand', of('BRAND')),
    known(ctx, 'product', 'sku', of('SKU')),
  ]);
  const there = { CATEGORY: categories, BRAND: brands, SKU: skus };
  return named.filter(({ kind, value }) => !there[kind].has(value));
}

async function known(
  ctx: Pick<Context, 'sql'>,
  table: 'category' | 'product',
  column: 'code' | 'brand' | 'sku',
  values: readonly string[],
): Promise<Set<string>> {
  if (values.length === 0) return new Set();
  const { rows } = await sql<{ value: string }>`
    select distinct ${sql.ref(column)} as value from ${sql.table(table)}
    where ${sql.ref(column)} = any(${[...values]})`.execute(ctx.sql);
  return new Set(rows.map(({ value }) => value));
}

function goodsNamed({ conditions, benefits }: PromotionRules): Named[] {
  const parts: [string, readonly (PromotionCondition | PromotionBenefit)[]][] = [
    ['conditions', conditions],
    ['benefits', benefits],
  ];
  return parts.flatMap(([list, items]) =>
    items.flatMap((item, index) => {
      const goods = 'goods' in item ? item.goods : undefined;
      if (goods === undefined) return [];
      return (['only', 'except'] as const).flatMap((side) =>
        inFilter(goods[side], [list, String(index), 'goods', side]),
      );
    }),
  );
}

function inFilter(filter: GoodsFilter | undefined, path: readonly string[]): Named[] {
  return LISTS.flatMap(([name, kind]) =>
    (filter?.[name] ?? []).map((value, index) => ({ path: [...path, name, String(index)], kind, value })),
  );
}
