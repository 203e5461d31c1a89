import {
  boundedList,
  goodsFilter,
  hours,
  listOfDifferent,
  objectOf,
  optional,
  recordOf,
  shortText,
  whole,
} from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import { problem } from './codes.ts';

/** A list of nothing would fit nothing: what is not asked is left out. */
const names = boundedList(shortText, 1);

function calendarDate(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const instant = Date.parse(`${value}T00:00:00Z`);
    if (!Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value)) return [];
  }
  return [problem(path, value === undefined ? 'REQUIRED' : 'FORMAT', 'a date YYYY-MM-DD')];
}

/** A `RuleMatch`. */
export const ruleMatch: Check = objectOf({
  categories: optional(names),
  brands: optional(names),
  skus: optional(names),
  tags: optional(names),
  attributes: optional(recordOf(shortText, names)),
  tiers: optional(names),
  shopperTags: optional(names),
  weekdays: optional(listOfDifferent(whole(1, 7), 1)),
  dates: optional(listOfDifferent(calendarDate, 1)),
  hours: optional(hours),
  except: optional(goodsFilter),
});

/** Who, without goods and time. */
export const shopperMatch: Check = objectOf({ tiers: optional(names), shopperTags: optional(names) });
