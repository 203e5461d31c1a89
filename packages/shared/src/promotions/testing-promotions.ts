import type { Promotion, PromotionBenefit, PromotionGroup, PromotionRules, Stacking } from './promotion.ts';

/** For tests: rules that ask nothing and limit nothing. */
export const plainRules: PromotionRules = {
  when: { from: null, to: null, weekdays: [], hours: null },
  where: { storeIds: [], channels: [] },
  audience: {
    who: 'ANYBODY',
    tags: [],
    tiers: [],
    segmentIds: [],
    except: { tags: [], segmentIds: [] },
  },
  conditions: [],
  benefits: [{ kind: 'PERCENT', rateBp: 1_000 }],
  limits: { perOrder: null, perShopper: null, total: null, budget: null },
  allowsPoints: true,
  say: '',
};

/** For tests: a promotion of the group `g`, its title is its id. */
export function aPromotion(
  id: string,
  benefits: PromotionBenefit | readonly PromotionBenefit[],
  rules: Partial<PromotionRules> = {},
  facts: Partial<Promotion> = {},
): Promotion {
  const list = 'kind' in benefits ? [benefits] : benefits;
  return {
    id,
    revision: 1,
    title: id,
    groupId: 'g',
    priority: 0,
    rules: { ...plainRules, benefits: list, ...rules },
    ...facts,
  };
}

/** For tests: a group. */
export function aGroup(stacking: Stacking, facts: Partial<PromotionGroup> = {}): PromotionGroup {
  return { id: 'g', priority: 0, stacking, ...facts };
}
