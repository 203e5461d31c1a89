import { localTime } from '../time/index.ts';
import type { Instant } from '../time/index.ts';
import type { GoodsFilter, RuleMatch } from './program-settings.ts';
import type { GoodsFacts, LineKind } from './quote.ts';

/** Everything a rule may ask besides the goods. */
export interface Occasion {
  readonly tierCode: string | null;
  readonly shopperTags: readonly string[];
  /** YYYY-MM-DD in the program's zone. */
  readonly date: string;
  /** ISO, in the program's zone. */
  readonly weekday: number;
}

/** The occasion of a purchase; an anonymous shopper has the tier and tags of a new member: none. */
export function occasionOf(
  shopper: { readonly tierCode?: string | undefined; readonly tags?: readonly string[] | undefined } | null,
  occurredAt: Instant,
  timezone: string,
): Occasion {
  const { date, weekday } = localTime(occurredAt, timezone);
  return { tierCode: shopper?.tierCode ?? null, shopperTags: shopper?.tags ?? [], date, weekday };
}

/** Whether any criterion of the filter names these goods. */
export function isFiltered(goods: GoodsFacts, filter: GoodsFilter): boolean {
  return (
    meets(filter.skus, [goods.sku]) ||
    meets(filter.categories, goods.categories) ||
    meets(filter.brands, present(goods.brand)) ||
    meets(filter.tags, goods.tags) ||
    meets(filter.priceTypes, present(goods.priceType))
  );
}

/** Whether the goods and the occasion satisfy every criterion given. */
export function matches(match: RuleMatch | undefined, goods: GoodsFacts, occasion: Occasion): boolean {
  if (match === undefined) return true;
  const criteria: readonly (readonly [
    readonly (string | number)[] | undefined,
    readonly (string | number)[],
  ])[] = [
    [match.skus, [goods.sku]],
    [match.categories, goods.categories ?? []],
    [match.brands, present(goods.brand)],
    [match.tags, goods.tags ?? []],
    [match.tiers, present(occasion.tierCode ?? undefined)],
    [match.shopperTags, occasion.shopperTags],
    [match.weekdays, [occasion.weekday]],
    [match.dates, [occasion.date]],
  ];
  return criteria.every(([wanted, facts]) => wanted === undefined || meets(wanted, facts));
}

/** Only goods and services earn and redeem, unless the product says otherwise. */
export function takesPart(kind: LineKind, productSays: boolean | undefined): boolean {
  return productSays ?? (kind === 'GOODS' || kind === 'SERVICE');
}

function meets<T>(wanted: readonly T[] | undefined, facts: readonly T[] | undefined): boolean {
  return wanted !== undefined && facts !== undefined && facts.some((fact) => wanted.includes(fact));
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
