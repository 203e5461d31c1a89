import { minorDigits } from '../money/index.ts';
import { isTimeZone } from '../time/index.ts';
import {
  keysOf,
  wholeList,
  listOf,
  nonEmptyText,
  objectOf,
  oneOf,
  optional,
  orNull,
  recordOf,
  truth,
  whole,
} from '../rules/index.ts';
import type { Problem } from '../rules/index.ts';

const ROUNDINGS = ['FLOOR', 'HALF_UP', 'CEIL'];
const BASIS_POINTS = 10_000;

const texts = listOf(nonEmptyText);
const goodsFilter = objectOf({
  categories: optional(texts),
  brands: optional(texts),
  skus: optional(texts),
  tags: optional(texts),
  priceTypes: optional(texts),
});
const ruleMatch = objectOf({
  categories: optional(texts),
  brands: optional(texts),
  skus: optional(texts),
  tags: optional(texts),
  tiers: optional(texts),
  shopperTags: optional(texts),
  weekdays: optional(listOf(whole(1, 7))),
  dates: optional(listOf(calendarDate)),
});
const ruleParts = { code: nonEmptyText, rounding: optional(oneOf(ROUNDINGS)), match: optional(ruleMatch) };
const amountStep = objectOf({
  ...ruleParts,
  type: oneOf(['AMOUNT_STEP']),
  steps: recordOf(currency, objectOf({ stepMinor: whole(1), points: whole(0) })),
});
const percent = objectOf({ ...ruleParts, type: oneOf(['PERCENT']), rateBp: whole(0) });
const earningLimit = objectOf({
  code: nonEmptyText,
  scope: oneOf(['RULE', 'SHOPPER', 'PROGRAM']),
  rule: optional(nonEmptyText),
  window: oneOf(['RECEIPT', 'DAY', 'MONTH', 'ALWAYS']),
  max: whole(0),
});
const redemption = objectOf({
  capBp: whole(0, BASIS_POINTS),
  capBase: oneOf(['ELIGIBLE', 'RECEIPT']),
  minUnitPriceMinor: recordOf(currency, whole(0)),
  perReceiptMax: orNull(whole(0)),
  minRedeem: whole(0),
  exclusions: goodsFilter,
  code: objectOf({
    need: oneOf(['ALWAYS', 'ABOVE', 'NEVER']),
    above: recordOf(currency, whole(0)),
    neverAtStoreIds: texts,
  }),
});

const programSettings = objectOf({
  timezone: timeZone,
  fiscalMode: oneOf(['DISCOUNT', 'PAYMENT']),
  pointValueMinor: recordOf(currency, whole(1)),
  earningRules: wholeList(listOf(earningRule), uniqueCodes),
  multipliers: wholeList(
    listOf(objectOf({ code: nonEmptyText, factorBp: whole(0), match: ruleMatch })),
    uniqueCodes,
  ),
  multiplierMode: oneOf(['ADDITIVE', 'PRODUCT']),
  earningLimits: wholeList(listOf(earningLimit), uniqueCodes),
  actions: listOf(objectOf({})),
  tiers: objectOf({
    basis: oneOf(['SPEND', 'POINTS']),
    window: oneOf(['LAST_12_MONTHS', 'ALL']),
    keepDays: orNull(whole(0)),
    levels: listOf(objectOf({})),
  }),
  earnOnPoints: oneOf(['NET', 'NONE', 'GROSS']),
  earningExclusions: goodsFilter,
  redemption,
  freezeDays: whole(0, 3650),
  ttlDays: orNull(whole(1, 36_500)),
  returnPolicy: oneOf(['DEBT', 'ONLY_PENDING', 'WITHIN_BALANCE', 'FROM_REFUND']),
  expiredRestorePolicy: restorePolicy,
  releaseGraceHours: whole(0, 8760),
  freeCodeOnFullReturn: truth,
  earnWithoutCode: truth,
  hideAccountUntilVerified: truth,
  holdMinutesTill: whole(1, 1440),
  holdHoursOnline: whole(1, 720),
  attach: objectOf({ days: whole(0, 3650), perDay: orNull(whole(0)) }),
});

/**
 * What is wrong with the JSON of a program version; empty when it is a `ProgramSettings`. Unknown keys are problems:
 * a misspelt option must not silently mean its absence.
 */
export function programSettingsProblems(json: unknown): Problem[] {
  const problems = programSettings(json, []);
  return problems.length > 0 ? problems : [...missingMinimumPrices(json), ...strayLimits(json)];
}

function earningRule(value: unknown, path: readonly string[]): Problem[] {
  const type = keysOf(value)['type'];
  if (type === 'PERCENT') return percent(value, path);
  if (type === 'AMOUNT_STEP' || type === undefined) return amountStep(value, path);
  return [{ path: [...path, 'type'], code: 'UNKNOWN', message: 'AMOUNT_STEP or PERCENT' }];
}

function restorePolicy(value: unknown, path: readonly string[]): Problem[] {
  const grace = keysOf(value)['kind'] !== 'ORIGINAL';
  return objectOf(
    grace ? { kind: oneOf(['GRACE', 'ORIGINAL']), days: whole(0, 3650) } : { kind: oneOf(['ORIGINAL']) },
  )(value, path);
}

function timeZone(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value === 'string' && isTimeZone(value)) return [];
  return [{ path, code: value === undefined ? 'REQUIRED' : 'UNKNOWN', message: 'an IANA time zone' }];
}

function currency(value: unknown, path: readonly string[]): Problem[] {
  try {
    minorDigits(String(value));
    return [];
  } catch {
    return [{ path, code: 'FORMAT', message: 'a currency code of three capital letters' }];
  }
}

function calendarDate(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)))
    return [];
  return [{ path, code: 'FORMAT', message: 'a date YYYY-MM-DD' }];
}

function uniqueCodes(items: readonly unknown[], path: readonly string[]): Problem[] {
  const codes = items.map((item) => keysOf(item)['code']);
  return codes.flatMap((code, index) =>
    codes.indexOf(code) === index
      ? []
      : [{ path: [...path, String(index), 'code'], code: 'DUPLICATE' as const, message: 'codes are unique' }],
  );
}

/** Where points can be spent there must be a floor price: a missing one would silently let goods go for nothing. */
function missingMinimumPrices(json: unknown): Problem[] {
  const floors = keysOf(keysOf(keysOf(json)['redemption'])['minUnitPriceMinor']);
  return Object.keys(keysOf(keysOf(json)['pointValueMinor']))
    .filter((code) => floors[code] === undefined)
    .map((code) => ({
      path: ['redemption', 'minUnitPriceMinor', code],
      code: 'REQUIRED',
      message: 'every currency of pointValueMinor has a minimum unit price',
    }));
}

function strayLimits(json: unknown): Problem[] {
  const { earningRules, earningLimits } = keysOf(json);
  const rules = asList(earningRules).map((rule) => keysOf(rule)['code']);
  return asList(earningLimits).flatMap((limit, index): Problem[] => {
    const { scope, rule } = keysOf(limit);
    const path = ['earningLimits', String(index), 'rule'];
    if (scope !== 'RULE') {
      return rule === undefined
        ? []
        : [{ path, code: 'UNKNOWN', message: 'only a limit of scope RULE names one' }];
    }
    if (rule === undefined) return [{ path, code: 'REQUIRED', message: 'the code of an earning rule' }];
    return rules.includes(rule) ? [] : [{ path, code: 'UNKNOWN', message: 'no earning rule has this code' }];
  });
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
