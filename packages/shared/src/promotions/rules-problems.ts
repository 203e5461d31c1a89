import {
  argumentsCheck,
  boundedList,
  BOUNDS,
  countWindow,
  hours,
  keysOf,
  listOfDifferent,
  objectOf,
  oneOf,
  orNull,
  shortText,
  someAmounts,
  textUpTo,
  truth,
  weekdays,
  wholeList,
  whole,
} from '../rules/index.ts';
import type { Check, Problem } from '../rules/index.ts';
import { BENEFITS } from './benefits/index.ts';
import type { BenefitKind } from './benefits/benefit-kind.ts';
import { CONDITIONS } from './conditions/index.ts';
import type { PromotionBenefit, PromotionRules } from './promotion.ts';

const names = listOfDifferent(shortText);
const times = { times: whole(1, BOUNDS.points), window: countWindow };

const conditionChecks = new Map<string, Check>(
  Object.values(CONDITIONS).map(({ kind, args }) => [kind, argumentsCheck({ kind: oneOf([kind]) }, args)]),
);
const benefitChecks = new Map<string, Check>(
  Object.values(BENEFITS).map(({ kind, args }) => [kind, argumentsCheck({ kind: oneOf([kind]) }, args)]),
);

const promotionRules = objectOf({
  when: objectOf({ from: orNull(instant), to: orNull(instant), weekdays, hours: orNull(hours) }),
  where: objectOf({ storeIds: names, channels: listOfDifferent(oneOf(['STORE', 'ONLINE'])) }),
  audience: objectOf({
    who: oneOf(['ANYBODY', 'MEMBERS', 'CHOSEN', 'GRANTED']),
    tags: names,
    tiers: names,
    segmentIds: names,
    except: objectOf({ tags: names, segmentIds: names }),
  }),
  conditions: wholeList(boundedList(byKind(conditionChecks), 0, 20), oneCodeCondition),
  benefits: boundedList(byKind(benefitChecks), 1, 20),
  limits: objectOf({
    perOrder: orNull(whole(1, BOUNDS.count)),
    perShopper: orNull(objectOf(times)),
    total: orNull(objectOf(times)),
    budget: orNull(someAmounts(1)),
  }),
  allowsPoints: truth,
  say: optionalText,
});

/**
 * What is wrong with the rules of a promotion; empty when the JSON is `PromotionRules`. Unknown keys are problems: a
 * misspelt option must not silently mean its absence.
 */
export function promotionRulesProblems(json: unknown): Problem[] {
  const problems = promotionRules(json, []);
  return problems.length > 0 ? problems : between(json as PromotionRules);
}

/** What is wrong between parts that are right each by itself. */
function between({ when, audience, benefits, say }: PromotionRules): Problem[] {
  return [
    ...(when.from !== null && when.to !== null && Date.parse(when.from) >= Date.parse(when.to)
      ? [problem(['when', 'to'], 'RANGE', 'is after the beginning')]
      : []),
    ...audienceProblems(audience),
    ...benefits.flatMap((benefit, index) => benefitProblems(benefit, ['benefits', String(index)])),
    ...(benefits.some(({ kind }) => kind === 'TEXT') && say.trim() === ''
      ? [problem(['say'], 'REQUIRED', 'a text benefit has words to say')]
      : []),
  ];
}

function audienceProblems({ who, tags, tiers, segmentIds }: PromotionRules['audience']): Problem[] {
  const named = tags.length + tiers.length + segmentIds.length;
  if (who === 'CHOSEN' && named === 0)
    return [problem(['audience'], 'REQUIRED', 'CHOSEN names tags, tiers or segments')];
  if (who !== 'CHOSEN' && named > 0)
    return [problem(['audience', 'who'], 'RANGE', 'only CHOSEN names tags, tiers or segments')];
  return [];
}

function benefitProblems(benefit: PromotionBenefit, path: readonly string[]): Problem[] {
  const kind: BenefitKind = BENEFITS[benefit.kind];
  return kind.check?.(benefit, path) ?? [];
}

function byKind(checks: ReadonlyMap<string, Check>): Check {
  return (value, path) => {
    const { kind } = keysOf(value);
    const check = typeof kind === 'string' ? checks.get(kind) : undefined;
    if (check !== undefined) return check(value, path);
    const code = kind === undefined ? 'REQUIRED' : 'UNKNOWN';
    return [problem([...path, 'kind'], code, [...checks.keys()].join(' or '))];
  };
}

function oneCodeCondition(items: readonly unknown[], path: readonly string[]): Problem[] {
  const codes = items.flatMap((item, index) => (keysOf(item)['kind'] === 'PROMO_CODE' ? [index] : []));
  return codes
    .slice(1)
    .map((index) => problem([...path, String(index)], 'DUPLICATE', 'one promo code is asked for'));
}

/** RFC 3339 with an offset: an instant without one would mean another in every zone. */
function instant(value: unknown, path: readonly string[]): Problem[] {
  const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
  if (typeof value === 'string' && pattern.test(value) && !Number.isNaN(Date.parse(value))) return [];
  return [problem(path, value === undefined ? 'REQUIRED' : 'FORMAT', 'an RFC 3339 instant with an offset')];
}

function optionalText(value: unknown, path: readonly string[]): Problem[] {
  return value === '' ? [] : textUpTo(500)(value, path);
}

function problem(path: readonly string[], code: Problem['code'], message: string): Problem {
  return { path, code, message };
}
