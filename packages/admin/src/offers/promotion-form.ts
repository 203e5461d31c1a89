import type { PromotionRules } from '@clientele/shared/promotions';

/** What the editor holds: the parts of the rules apart, so that two editors are told of the part they both changed. */
export interface PromotionValues extends Record<string, unknown> {
  name: string;
  title: string;
  /** Empty: the default group. */
  groupId: string;
  when: PromotionRules['when'];
  where: PromotionRules['where'];
  audience: PromotionRules['audience'];
  conditions: PromotionRules['conditions'];
  benefits: PromotionRules['benefits'];
  limits: PromotionRules['limits'];
  allowsPoints: boolean;
  say: string;
}

export const RULE_PARTS = [
  'benefits',
  'conditions',
  'audience',
  'when',
  'where',
  'limits',
  'allowsPoints',
  'say',
] as const;

export function rulesOf(values: PromotionValues): PromotionRules {
  const { when, where, audience, conditions, benefits, limits, allowsPoints, say } = values;
  return { when, where, audience, conditions, benefits, limits, allowsPoints, say };
}

export function valuesOf(
  facts: { name: string; title: string; groupId: string },
  rules: PromotionRules,
): PromotionValues {
  return { ...facts, ...rules };
}
