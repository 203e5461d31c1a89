import type {
  Promotion,
  PromotionBenefit,
  PromotionGroup,
  PromotionRules,
} from '@clientele/shared/promotions';
import type { DraftLine, ReceiptInput } from '@clientele/shared/receipt';
import { presetSettings } from '@clientele/shared/receipt';

const CATEGORIES = ['shoes', 'dresses', 'socks', 'wine', 'bread', 'toys', 'books', 'gifts'];
export const GROUPS: readonly PromotionGroup[] = [
  { id: 'best', priority: 1, stacking: 'BEST' },
  { id: 'line', priority: 2, stacking: 'EXCLUSIVE_LINE' },
  { id: 'one', priority: 3, stacking: 'EXCLUSIVE_ORDER' },
  { id: 'each', priority: 4, stacking: 'SEQUENTIAL' },
];

const plain: Omit<PromotionRules, 'benefits'> = {
  when: { from: null, to: null, weekdays: [], hours: null },
  where: { storeIds: [], channels: [] },
  audience: {
    who: 'ANYBODY',
    tags: [],
    tiers: [],
    segmentIds: [],
    except: { tags: ['staff'], segmentIds: [] },
  },
  conditions: [],
  limits: { perOrder: null, perShopper: null, total: null, budget: null },
  allowsPoints: true,
  say: '',
};

type Kind = (of: string, sku: string) => readonly [string, PromotionBenefit, Partial<PromotionRules>?];

/** What a chain runs at one time: of ten promotions six may apply, the others wait for a code, a day, a tier, a store. */
const KINDS: readonly Kind[] = [
  (of) => ['best', { kind: 'PERCENT', rateBp: 1_000, goods: { only: { categories: [of] } } }],
  (of) => ['line', { kind: 'N_FOR_M', take: 3, pay: 2, goods: { only: { categories: [of] } } }],
  () => ['best', { kind: 'PERCENT', rateBp: 1_500 }, { conditions: [{ kind: 'PROMO_CODE' }] }],
  (_, sku) => ['each', { kind: 'FIXED_PRICE', price: { RUB: 9_900 }, goods: { only: { skus: [sku] } } }],
  () => [
    'one',
    { kind: 'AMOUNT', per: 'ORDER', amount: { RUB: 50_000 } },
    { conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 500_000 } }] },
  ],
  (of) => [
    'best',
    { kind: 'PERCENT', rateBp: 2_000, goods: { only: { categories: [of] } } },
    { when: { ...plain.when, weekdays: [6, 7] } },
  ],
  (of) => ['each', { kind: 'EXTRA_POINTS', points: 50, per: 'ORDER', goods: { only: { categories: [of] } } }],
  () => [
    'line',
    { kind: 'PERCENT', rateBp: 500 },
    { audience: { ...plain.audience, who: 'CHOSEN', tiers: ['gold'] } },
  ],
  (of) => ['each', { kind: 'POINTS_FACTOR', factorBp: 20_000, goods: { only: { categories: [of] } } }],
  () => [
    'one',
    { kind: 'CHEAPEST', take: 4, rateBp: 5_000 },
    { where: { storeIds: ['elsewhere'], channels: [] } },
  ],
];

export function promotions(count: number): Promotion[] {
  return Array.from({ length: count }, (_, index): Promotion => {
    const kind = KINDS[index % KINDS.length];
    if (kind === undefined) throw new Error('there are no kinds of promotions');
    const [groupId, benefit, rules] = kind(CATEGORIES[index % CATEGORIES.length] ?? 'shoes', `S${index}`);
    return {
      id: `promotion-${String(index).padStart(3, '0')}`,
      revision: 1,
      title: `Promotion ${index}`,
      groupId,
      priority: index % 7,
      rules: { ...plain, benefits: [benefit], ...rules },
    };
  });
}

/** The same numbers in every run. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

/** Baskets of so many lines, one in eight weighed, half to be paid by points. */
export function baskets(count: number, lines: number, active: readonly Promotion[]): ReceiptInput[] {
  const throwDice = dice(20_261_122);
  return Array.from({ length: count }, () => ({
    currency: 'RUB',
    lines: Array.from({ length: lines }, (_, index) => line(index + 1, throwDice)),
    settings: presetSettings,
    mode: 'LIVE' as const,
    shopper: {
      known: true,
      verified: true,
      blocked: false,
      available: throwDice(20_000),
      tags: ['vip'],
      ordersBefore: 3,
    },
    spend: { kind: throwDice(2) === 0 ? ('NONE' as const) : ('MAX' as const) },
    occurredAt: Date.parse('2026-11-20T18:40:00+03:00'),
    place: { storeId: 'store', channel: 'STORE' as const, timezone: 'Europe/Moscow' },
    promotions: active,
    promotionGroups: GROUPS,
    promotionFacts: { uses: {}, codes: [] },
  }));
}

function line(number: number, throwDice: (sides: number) => number): DraftLine {
  const weighed = throwDice(8) === 0;
  return {
    number,
    sku: `S${throwDice(300)}`,
    kind: 'GOODS',
    quantityMilli: weighed ? 1 + throwDice(3_000) : 1000 * (1 + throwDice(3)),
    unitPrice: 1_000 + throwDice(300_000),
    categories: [CATEGORIES[throwDice(CATEGORIES.length)] ?? 'shoes', 'all'],
    brand: `B${throwDice(20)}`,
  };
}
