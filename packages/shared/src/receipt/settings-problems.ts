import {
  BOUNDS,
  currencyCode,
  goodsFilterOrNone,
  keysOf,
  objectOf,
  oneOf,
  orNull,
  recordOf,
  truth,
  whole,
} from '../rules/index.ts';
import type { Problem } from '../rules/index.ts';
import { isTimeZone } from '../time/index.ts';
import { actions } from './checks/actions.ts';
import { problem } from './checks/codes.ts';
import { earningLimits, earningRules, multipliers } from './checks/earning.ts';
import { missingMinimumPrices, redemption } from './checks/redemption.ts';
import { strayTiers, tiers } from './checks/tiers.ts';

const programSettings = objectOf({
  timezone: timeZone,
  fiscalMode: oneOf(['DISCOUNT', 'PAYMENT']),
  pointValueMinor: recordOf(currencyCode, whole(1, BOUNDS.money)),
  earningRules,
  multipliers,
  multiplierMode: oneOf(['ADDITIVE', 'PRODUCT']),
  earningLimits,
  actions,
  tiers,
  earnOnPoints: oneOf(['NET', 'NONE', 'GROSS']),
  earningExclusions: goodsFilterOrNone,
  redemption,
  freezeDays: whole(0, 3650),
  ttlDays: orNull(whole(1, BOUNDS.days)),
  returnPolicy: oneOf(['DEBT', 'ONLY_PENDING', 'WITHIN_BALANCE', 'FROM_REFUND']),
  expiredRestorePolicy: restorePolicy,
  releaseGraceHours: whole(0, 8760),
  freeCodeOnFullReturn: truth,
  earnWithoutCode: truth,
  hideAccountUntilVerified: truth,
  holdMinutesTill: whole(1, 1440),
  holdHoursOnline: whole(1, 720),
  attach: objectOf({ days: whole(0, 3650), perDay: orNull(whole(0, BOUNDS.count)) }),
});

/**
 * What is wrong with the JSON of a program version; empty when it is a `ProgramSettings`. Unknown keys are problems:
 * a misspelt option must not silently mean its absence.
 */
export function programSettingsProblems(json: unknown): Problem[] {
  const problems = programSettings(json, []);
  if (problems.length > 0) return problems;
  return [...missingMinimumPrices(json), ...sharedCodes(json), ...strayLimits(json), ...strayTiers(json)];
}

function restorePolicy(value: unknown, path: readonly string[]): Problem[] {
  const grace = keysOf(value)['kind'] !== 'ORIGINAL';
  return objectOf(
    grace ? { kind: oneOf(['GRACE', 'ORIGINAL']), days: whole(0, 3650) } : { kind: oneOf(['ORIGINAL']) },
  )(value, path);
}

function timeZone(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value === 'string' && isTimeZone(value)) return [];
  return [problem(path, value === undefined ? 'REQUIRED' : 'UNKNOWN', 'an IANA time zone')];
}

/** Limits and the ledger name rules and actions by one code, so no two of either may share it. */
function sharedCodes(json: unknown): Problem[] {
  const { earningRules: rules, actions: list } = keysOf(json);
  const seen = new Set(codesOf(rules));
  return codesOf(list).flatMap((code, index) => {
    const known = seen.has(code);
    seen.add(code);
    return known
      ? [problem(['actions', String(index), 'code'], 'DUPLICATE', 'a rule or an action has this code')]
      : [];
  });
}

function strayLimits(json: unknown): Problem[] {
  const { earningRules: rules, actions: list, earningLimits: limits } = keysOf(json);
  const known = new Set([...codesOf(rules), ...codesOf(list)]);
  return asList(limits).flatMap((limit, index): Problem[] => {
    const { scope, rule } = keysOf(limit);
    const path = ['earningLimits', String(index), 'rule'];
    if (scope !== 'RULE')
      return rule === undefined ? [] : [problem(path, 'UNKNOWN', 'only a limit of scope RULE names one')];
    if (rule === undefined) return [problem(path, 'REQUIRED', 'the code of an earning rule or an action')];
    return known.has(rule) ? [] : [problem(path, 'UNKNOWN', 'no earning rule or action has this code')];
  });
}

function codesOf(list: unknown): unknown[] {
  return asList(list).map((item) => keysOf(item)['code']);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
