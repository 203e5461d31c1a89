import {
  argumentsCheck,
  boundedList,
  BOUNDS,
  currencyCode,
  keysOf,
  objectOf,
  oneOf,
  optional,
  recordOf,
  shortText,
  truth,
  whole,
  wholeList,
} from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import { EARNING_KINDS } from '../earning/index.ts';
import { problem, uniqueCodes } from './codes.ts';
import { ruleMatch } from './match.ts';

const MOST_RULES = 200;

/** `promotion:` is the name under which promotions grant their points. */
export const ruleCode: Check = (value, path) =>
  typeof value === 'string' && value.startsWith('promotion:')
    ? [problem(path, 'FORMAT', 'codes that begin with promotion: belong to promotions')]
    : shortText(value, path);

const parts = {
  code: ruleCode,
  name: optional(shortText),
  rounding: optional(oneOf(['FLOOR', 'HALF_UP', 'CEIL'])),
  match: optional(ruleMatch),
  priority: optional(whole(-BOUNDS.count, BOUNDS.count)),
  exclusive: optional(truth),
};

/** Arguments no form can ask for one by one. */
const steps = recordOf(
  currencyCode,
  objectOf({ stepMinor: whole(1, BOUNDS.money), points: whole(0, BOUNDS.points) }),
);

const kindChecks = new Map<unknown, Check>(
  Object.values(EARNING_KINDS).map(({ type, args }) => [
    type,
    argumentsCheck({ ...parts, ...(type === 'AMOUNT_STEP' ? { steps } : {}), type: oneOf([type]) }, args),
  ]),
);

export const earningRules: Check = wholeList(boundedList(earningRule, 0, MOST_RULES), uniqueCodes);

export const multipliers: Check = wholeList(
  boundedList(
    objectOf({ code: shortText, factorBp: whole(1, BOUNDS.factor), match: ruleMatch }),
    0,
    MOST_RULES,
  ),
  uniqueCodes,
);

export const earningLimits: Check = wholeList(boundedList(earningLimit, 0, MOST_RULES), uniqueCodes);

function earningRule(value: unknown, path: readonly string[]): Problem[] {
  const { type } = keysOf(value);
  const check = kindChecks.get(type);
  if (check !== undefined) return check(value, path);
  const code = type === undefined ? 'REQUIRED' : 'UNKNOWN';
  return [problem([...path, 'type'], code, [...kindChecks.keys()].join(' or '))];
}

const limitKeys = {
  code: shortText,
  scope: oneOf(['RULE', 'SHOPPER', 'PROGRAM']),
  rule: optional(shortText),
  window: oneOf(['RECEIPT', 'DAY', 'WEEK', 'MONTH', 'YEAR', 'ALWAYS', 'ROLLING']),
  max: whole(0, BOUNDS.points),
};

/** `days` belongs to ROLLING alone. */
function earningLimit(value: unknown, path: readonly string[]): Problem[] {
  const rolling = keysOf(value)['window'] === 'ROLLING';
  return objectOf(rolling ? { ...limitKeys, days: whole(1, BOUNDS.days) } : limitKeys)(value, path);
}
