import type { Promotion, PromotionGroup, PromotionRules } from '@clientele/shared/promotions';
import { calculateReceipt } from '@clientele/shared/receipt';
import type { ProgramSettings, Quote } from '@clientele/shared/receipt';
import type { SampledOrder } from './read-sample.ts';

/** What the purchases are tried with. */
export interface Replay {
  settings: ProgramSettings | null;
  /** The one asked about; `tryable` made it. */
  promotion: Promotion;
  /** The others that run. */
  others: readonly Promotion[];
  groups: readonly PromotionGroup[];
}

/** What the promotion would have changed of one purchase. Minor units of its currency. */
export interface Difference {
  touched: boolean;
  /** To pay without it. */
  revenue: number;
  /** More taken off than without it; below 0 where it keeps a bigger one away. */
  discount: number;
  /** More points earned than without it. */
  points: number;
}

/** Goods the shopper would have had to present a code for, or to be granted the offer: as if everybody had. */
const ASSUMED_CODE = 'ESTIMATE';

/**
 * The rules as they can be tried on purchases of the past: days and hours stay, first and last moment do not; limits over
 * several purchases are not counted, for a sample tells nothing of them.
 */
export function tryable(rules: PromotionRules): PromotionRules {
  return {
    ...rules,
    when: { ...rules.when, from: null, to: null },
    limits: { perOrder: rules.limits.perOrder, perShopper: null, total: null, budget: null },
  };
}

export function replay(order: SampledOrder, given: Replay): Difference {
  const without = calculate(order, given, given.others);
  const tried = calculate(order, given, [...given.others, given.promotion]);
  const verdict = tried.promotions.find(({ promotionId }) => promotionId === given.promotion.id);
  return {
    touched: verdict?.applied === true,
    revenue: without.toPay,
    discount: tried.discount - without.discount,
    points: tried.earning.points - without.earning.points,
  };
}

function calculate(
  order: SampledOrder,
  { settings, groups, promotion }: Replay,
  promotions: readonly Promotion[],
): Quote {
  const { storeId, channel, timeZone, currency, occurredAt } = order;
  return calculateReceipt({
    currency,
    lines: order.lines.map(({ goods, discounts, gross, ...line }) => ({
      ...line,
      ...goods,
      amount: gross,
      discount: discounts
        .filter(({ source }) => source === 'TILL')
        .reduce((sum, { amount }) => sum + amount, 0),
    })),
    settings,
    mode: settings === null ? 'OFF' : 'EARN_ONLY',
    shopper: order.known
      ? {
          known: true,
          verified: true,
          blocked: false,
          available: 0,
          tierCode: order.tierCode ?? undefined,
          tags: order.tags,
          segmentIds: order.segmentIds ?? undefined,
          birthDate: order.birthDate ?? undefined,
          ordersBefore: order.ordersBefore,
          grantedPromotionIds: [promotion.id],
        }
      : null,
    spend: { kind: 'NONE' },
    occurredAt: occurredAt.getTime(),
    place: { storeId, channel, timezone: timeZone },
    promotions,
    promotionGroups: groups,
    promotionFacts: {
      uses: {},
      codes: [{ code: ASSUMED_CODE, promotionId: promotion.id, refused: null }],
    },
  });
}
