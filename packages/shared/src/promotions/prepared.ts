import { prepareBenefit } from './benefits/index.ts';
import type { PreparedBenefit } from './benefits/benefit-kind.ts';
import { prepareCondition } from './conditions/index.ts';
import type { PreparedCondition } from './conditions/condition-kind.ts';
import { audienceJudge, placeJudge, timeJudge } from './eligibility.ts';
import type { Judge } from './eligibility.ts';
import type { PromotionRules } from './promotion.ts';

/** Rules of a promotion with everything worked out that does not depend on the basket. */
export interface PreparedRules {
  /** In the order in which reasons are told: when, where, by code, for whom, conditions. */
  readonly judges: readonly Judge[];
  readonly conditions: readonly PreparedCondition[];
  /** Words alone give nothing, so they are not tried where there is more. */
  readonly benefits: readonly PreparedBenefit[];
  readonly needsCode: boolean;
}

// Rules are immutable: an edit makes a new object.
const prepared = new WeakMap<PromotionRules, PreparedRules>();

/** @throws RangeError for rules nobody checked */
export function prepareRules(rules: PromotionRules): PreparedRules {
  const known = prepared.get(rules);
  if (known !== undefined) return known;
  const codes = rules.conditions.filter(({ kind }) => kind === 'PROMO_CODE').map(prepareCondition);
  const others = rules.conditions.filter(({ kind }) => kind !== 'PROMO_CODE').map(prepareCondition);
  const telling = rules.benefits.filter(({ kind }) => kind !== 'TEXT');
  const made: PreparedRules = {
    judges: [
      timeJudge(rules.when),
      placeJudge(rules.where),
      ...codes.map(({ judge }) => judge),
      audienceJudge(rules.audience),
      ...others.map(({ judge }) => judge),
    ],
    conditions: others,
    benefits: (telling.length > 0 ? telling : rules.benefits).map(prepareBenefit),
    needsCode: codes.length > 0,
  };
  prepared.set(rules, made);
  return made;
}
