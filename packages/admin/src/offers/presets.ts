import type { PromotionRules } from '@clientele/shared/promotions';
import { emptyRules } from './rules-form.ts';

export const PRESETS = [
  'percent',
  'nForM',
  'happyHours',
  'basketSum',
  'promoCode',
  'nextCode',
  'gift',
  'birthday',
  'bestBirthday',
  'winBack',
  'firstOrder',
  'extraPoints',
  'text',
  'empty',
] as const;
export type Preset = (typeof PRESETS)[number];

export function isPreset(name: unknown): name is Preset {
  return (PRESETS as readonly unknown[]).includes(name);
}

const MEMBERS = {
  who: 'MEMBERS',
  tags: [],
  tiers: [],
  segmentIds: [],
  except: { tags: [], segmentIds: [] },
} as const;

/** Whom is chosen by a segment of the company's own. */
const CHOSEN = { ...MEMBERS, who: 'CHOSEN' } as const;

/** The usual beginnings; what only the company knows (goods, sums, series, segments) is left to fill in. */
export function presetRules(preset: Preset): PromotionRules {
  const rules = emptyRules();
  switch (preset) {
    case 'percent':
      return { ...rules, benefits: [{ kind: 'PERCENT', rateBp: 1_000 }] };
    case 'nForM':
      return { ...rules, benefits: [{ kind: 'N_FOR_M', take: 3, pay: 2 }] };
    case 'happyHours':
      return {
        ...rules,
        when: { from: null, to: null, weekdays: [1, 2, 3, 4, 5], hours: { from: '10:00', to: '14:00' } },
        benefits: [{ kind: 'PERCENT', rateBp: 500 }],
      };
    case 'basketSum':
      return {
        ...rules,
        conditions: [{ kind: 'BASKET_SUM', atLeast: {} }],
        benefits: [{ kind: 'AMOUNT', amount: {}, per: 'ORDER' }],
      };
    case 'promoCode':
      return {
        ...rules,
        conditions: [{ kind: 'PROMO_CODE' }],
        benefits: [{ kind: 'PERCENT', rateBp: 1_000 }],
      };
    case 'nextCode':
      return { ...rules, audience: MEMBERS, benefits: [{ kind: 'NEXT_CODE', poolId: '', validDays: 30 }] };
    case 'gift':
      return {
        ...rules,
        conditions: [{ kind: 'BASKET_SUM', atLeast: {} }],
        benefits: [{ kind: 'GIFT', goods: {}, quantity: 1 }],
        limits: { ...rules.limits, perOrder: 1 },
      };
    case 'birthday':
      return {
        ...rules,
        audience: MEMBERS,
        conditions: [{ kind: 'BIRTHDAY', daysBefore: 7, daysAfter: 7 }],
        benefits: [{ kind: 'PERCENT', rateBp: 1_500 }],
        limits: { ...rules.limits, perShopper: { times: 1, window: { kind: 'YEAR' } } },
      };
    case 'bestBirthday':
      return {
        ...rules,
        audience: CHOSEN,
        conditions: [{ kind: 'BIRTHDAY', daysBefore: 7, daysAfter: 7 }],
        benefits: [{ kind: 'PERCENT', rateBp: 2_000 }],
        limits: { ...rules.limits, perShopper: { times: 1, window: { kind: 'YEAR' } } },
      };
    case 'winBack':
      return {
        ...rules,
        audience: CHOSEN,
        benefits: [{ kind: 'PERCENT', rateBp: 1_500 }],
        limits: { ...rules.limits, perShopper: { times: 1, window: { kind: 'ROLLING', days: 180 } } },
      };
    case 'firstOrder':
      return {
        ...rules,
        audience: MEMBERS,
        conditions: [{ kind: 'FIRST_ORDER' }],
        benefits: [{ kind: 'PERCENT', rateBp: 1_000 }],
      };
    case 'extraPoints':
      return { ...rules, audience: MEMBERS, benefits: [{ kind: 'POINTS_FACTOR', factorBp: 20_000 }] };
    case 'text':
      return { ...rules, benefits: [{ kind: 'TEXT' }] };
    case 'empty':
      return rules;
  }
}
