import type { PromotionRules } from '@clientele/shared/promotions';
import { createPromotion, setPromotionState } from '../offers/index.ts';
import type { Context } from '../platform/context.ts';
import { asSystem } from './company.builders.ts';

/** Rules that ask nothing and take 10 % off everything, but for what is told otherwise. */
export function promotionRules(rules: Partial<PromotionRules> = {}): PromotionRules {
  return {
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
    ...rules,
  };
}

export interface BuiltPromotion {
  brandId: string;
  name?: string;
  title?: string;
  groupId?: string;
  rules?: Partial<PromotionRules>;
  /** As it is made; LIVE where absent. */
  state?: 'DRAFT' | 'LIVE';
}

/** A published promotion unless told otherwise. @returns its id */
export async function aPromotion(ctx: Context, promotion: BuiltPromotion): Promise<string> {
  const { name = 'Скидка 10 %', brandId, groupId, state = 'LIVE' } = promotion;
  const system = asSystem(ctx);
  const id = await createPromotion(system, {
    brandId,
    groupId: groupId ?? null,
    name,
    title: promotion.title ?? name,
    rules: promotionRules(promotion.rules),
  });
  if (state === 'LIVE') await setPromotionState(system, { id, version: 1, state });
  return id;
}
