import type { ProgramSettings, QuoteLine } from '@clientele/shared/receipt';
import type { FrozenTerms, UsedPromotion } from '../order/order.entity.ts';
import type { OrderQuote } from '../quote/order-quote.ts';
import { attributesAsked } from '../quote/rule-attributes.ts';

/** An order as it was calculated, by what. */
export type Settled = Pick<OrderQuote, 'quote' | 'program' | 'version' | 'shopper' | 'limitsUsed'>;

/** What of a quote is frozen with the order, besides its sums: how a return or a late shopper is judged. */
export function frozenTerms({ version, quote, shopper, limitsUsed }: Settled): FrozenTerms | null {
  if (version === null) return null;
  const { freezeDays, ttlDays, timezone, earningLimits } = version.settings;
  const limits = earningLimits.filter(({ window }) => window !== 'RECEIPT');
  return {
    freezeDays,
    ttlDays,
    timezone,
    tierCode: shopper?.tierCode ?? null,
    shopperTags: [...(shopper?.tags ?? [])],
    limitsUsed: { ...limitsUsed },
    ...(limits.length > 0 ? { limits } : {}),
    rules: quote.earning.rules.map(({ rule, points }) => ({ rule, points })),
    ...(quote.frozenPromotions.length > 0 ? { promotions: quote.frozenPromotions } : {}),
  };
}

/** Promotions that applied, with the limits they are counted by; null: none did. */
export function usedPromotions({
  quote,
  promotions: { limits, promotions },
}: Pick<OrderQuote, 'quote' | 'promotions'>): UsedPromotion[] | null {
  const isGranted = (promotionId: string) =>
    promotions.find(({ id }) => id === promotionId)?.rules.audience.who === 'GRANTED';
  const used = quote.promotions
    .filter(({ applied }) => applied)
    .map(({ promotionId, revision, title, times, amount, points, code }) => ({
      promotionId,
      revision,
      title,
      times,
      discount: amount,
      points,
      code,
      limits: limits.get(promotionId) ?? null,
      ...(isGranted(promotionId) ? { granted: true } : {}),
    }));
  return used.length > 0 ? used : null;
}

/** Promotions that could not be calculated and were left out, as staff are told of them. */
export function failedPromotions({ promotions }: OrderQuote['quote']): Record<string, unknown>[] {
  return promotions.flatMap(({ promotionId, revision, title, reason }) =>
    reason?.code === 'FAILED' ? [{ promotionId, revision, title, message: reason.message }] : [],
  );
}

/** Sums of a quote as columns of `orders`. Points are granted to somebody known only. */
export function sumColumns({ quote, program, version, shopper }: Settled): Record<string, unknown> {
  return {
    program_id: program?.id ?? null,
    version_id: version?.id ?? null,
    currency: quote.currency,
    gross: quote.gross,
    discount: quote.discount,
    points_discount: quote.pointsDiscount,
    to_pay: quote.toPay,
    points_spent: quote.points.applied,
    planned_earn: shopper === null ? 0 : quote.earning.points,
    earned: 0,
    overdrawn: 0,
  };
}

/** Lines of a quote as rows of `order_line`, without the keys of their order. */
export function lineRows(
  quote: OrderQuote['quote'],
  names: ReadonlyMap<number, string | null>,
  settings: ProgramSettings | null,
): Record<string, unknown>[] {
  const asked = settings === null ? [] : attributesAsked([settings]);
  return quote.lines.map((line) => ({
    number: line.number,
    sku: line.sku,
    name: names.get(line.number) ?? null,
    kind: line.kind,
    quantity_milli: line.quantityMilli,
    unit_price: line.unitPrice,
    gross: line.gross,
    discount: line.gross - line.net,
    points_discount: line.pointsDiscount,
    to_pay: line.toPay,
    min_unit_price: line.minUnitPrice,
    earnable: line.earnable,
    redeemable: line.redeemable,
    earn_base: line.earnBase,
    earn_share: line.earnShare,
    discounts: line.discounts,
    print_lines: line.printLines,
    goods: goodsOf(line, asked),
    returned_milli: 0,
  }));
}

/** Of the attributes those the program asks for: a return is judged by them. */
function goodsOf(
  { categories, brand, tags, priceType, attributes }: QuoteLine,
  asked: readonly string[],
): Record<string, unknown> {
  const kept = Object.entries(attributes ?? {}).filter(([name]) => asked.includes(name));
  return {
    ...(categories?.length ? { categories } : {}),
    ...(brand === undefined ? {} : { brand }),
    ...(tags?.length ? { tags } : {}),
    ...(priceType === undefined ? {} : { priceType }),
    ...(kept.length > 0 ? { attributes: Object.fromEntries(kept) } : {}),
  };
}
