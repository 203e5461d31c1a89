import { everyTest, filterTest, hoursTest } from '../rules/index.ts';
import type { GoodsTest } from '../rules/index.ts';
import { localTime } from '../time/index.ts';
import type { Instant } from '../time/index.ts';
import type { GoodsFilter, RuleMatch } from './program-settings.ts';
import type { GoodsFacts, LineKind, NoPointsReason } from './quote.ts';

/** Everything a rule may ask besides the goods. */
export interface Occasion {
  readonly tierCode: string | null;
  readonly shopperTags: readonly string[];
  /** YYYY-MM-DD in the program's zone. */
  readonly date: string;
  /** ISO, in the program's zone. */
  readonly weekday: number;
  /** Of the day in the program's zone. */
  readonly minute: number;
}

/** The occasion of a purchase; an anonymous shopper has the tier and tags of a new member: none. */
export function occasionOf(
  shopper: { readonly tierCode?: string | undefined; readonly tags?: readonly string[] | undefined } | null,
  occurredAt: Instant,
  timezone: string,
): Occasion {
  const { date, weekday, hour, minute } = localTime(occurredAt, timezone);
  return {
    tierCode: shopper?.tierCode ?? null,
    shopperTags: shopper?.tags ?? [],
    date,
    weekday,
    minute: hour * 60 + minute,
  };
}

/** A match with everything worked out that does not depend on the purchase. */
export interface PreparedMatch {
  readonly goods: GoodsTest;
  /** Why the rule is not for this purchase, whatever the goods; null: it is. */
  readonly occasion: (
    occasion: Occasion,
  ) => Extract<NoPointsReason, 'OTHER_DAY' | 'OTHER_HOUR' | 'NOT_FOR_SHOPPER'> | null;
}

const everything: PreparedMatch = { goods: () => true, occasion: () => null };
// Settings of a version are immutable.
const prepared = new WeakMap<RuleMatch, PreparedMatch>();
const filters = new WeakMap<GoodsFilter, GoodsTest>();

export function prepareMatch(match: RuleMatch | undefined): PreparedMatch {
  if (match === undefined) return everything;
  const known = prepared.get(match);
  if (known !== undefined) return known;
  const made: PreparedMatch = { goods: goodsOf(match), occasion: occasionTest(match) };
  prepared.set(match, made);
  return made;
}

/** Whether any criterion of the filter names these goods. */
export function isFiltered(goods: GoodsFacts, filter: GoodsFilter): boolean {
  const known = filters.get(filter);
  if (known !== undefined) return known(goods);
  const test = filterTest(filter);
  filters.set(filter, test);
  return test(goods);
}

/** Only goods and services earn and redeem, unless the product says otherwise. */
export function takesPart(kind: LineKind, productSays: boolean | undefined): boolean {
  return productSays ?? (kind === 'GOODS' || kind === 'SERVICE');
}

function goodsOf({ categories, brands, skus, tags, attributes, except }: RuleMatch): GoodsTest {
  const wanted = everyTest({
    ...(categories === undefined ? {} : { categories }),
    ...(brands === undefined ? {} : { brands }),
    ...(skus === undefined ? {} : { skus }),
    ...(tags === undefined ? {} : { tags }),
    ...(attributes === undefined ? {} : { attributes }),
  });
  if (except === undefined) return wanted;
  const out = filterTest(except);
  return (goods) => wanted(goods) && !out(goods);
}

function occasionTest({ tiers, shopperTags, weekdays, dates, hours }: RuleMatch): PreparedMatch['occasion'] {
  const within = hours === undefined ? null : hoursTest(hours);
  return (occasion) => {
    if (weekdays !== undefined && !weekdays.includes(occasion.weekday)) return 'OTHER_DAY';
    if (dates !== undefined && !dates.includes(occasion.date)) return 'OTHER_DAY';
    if (within !== null && !within(occasion.minute)) return 'OTHER_HOUR';
    const { tierCode } = occasion;
    if (tiers !== undefined && (tierCode === null || !tiers.includes(tierCode))) return 'NOT_FOR_SHOPPER';
    return shopperTags === undefined || occasion.shopperTags.some((tag) => shopperTags.includes(tag))
      ? null
      : 'NOT_FOR_SHOPPER';
  };
}
