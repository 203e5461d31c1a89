import type { Promotion, PromotionFacts, PromotionGroup } from '../promotions/index.ts';
import { presetSettings } from './program-settings.ts';
import type { ProgramSettings, RedemptionPolicy } from './program-settings.ts';
import type { DraftLine, DraftShopper, Quote, ReceiptInput, SalePlace } from './quote.ts';
import type { SoldLine } from './sold-line.ts';
import type { ReturnInput } from './calculate-return.ts';

/** For tests: the moment of E10, 18:40 in Moscow on Friday 2026-11-20. */
export const EVENING = Date.parse('2026-11-20T18:40:00+03:00');

/** For tests: a line of goods; a price in kopecks, whole pieces unless a quantity in thousandths is given. */
export function aLine(unitPrice: number, facts: Partial<DraftLine> = {}): DraftLine {
  return { number: 1, sku: 'SKU', kind: 'GOODS', quantityMilli: 1000, unitPrice, ...facts };
}

/** For tests: a verified member with so many points to spend. */
export function aShopper(available: number, facts: Partial<DraftShopper> = {}): DraftShopper {
  return { known: true, verified: true, blocked: false, available, ...facts };
}

/** For tests: the preset with changes. */
export function settingsWith(
  changes: Partial<ProgramSettings>,
  redemption: Partial<RedemptionPolicy> = {},
): ProgramSettings {
  return { ...presetSettings, ...changes, redemption: { ...presetSettings.redemption, ...redemption } };
}

/** For tests: a receipt in roubles in the live preset program, lines numbered from 1, everything payable by points. */
export function aReceipt(lines: readonly DraftLine[], facts: Partial<ReceiptInput> = {}): ReceiptInput {
  return {
    currency: 'RUB',
    lines: lines.map((line, index) => ({ ...line, number: index + 1 })),
    settings: presetSettings,
    mode: 'LIVE',
    shopper: aShopper(1_000_000),
    spend: { kind: 'MAX' },
    occurredAt: EVENING,
    ...facts,
  };
}

/** For tests: the store in Moscow. */
export const MOSCOW: SalePlace = { storeId: 'store', channel: 'STORE', timezone: 'Europe/Moscow' };

/** For tests: the promotions of a receipt, in the store in Moscow. */
export function withPromotions(
  promotions: readonly Promotion[],
  groups: readonly PromotionGroup[] = [],
  facts: Partial<PromotionFacts> = {},
): Partial<ReceiptInput> {
  return {
    place: MOSCOW,
    promotions,
    promotionGroups: groups,
    promotionFacts: { uses: {}, codes: [], ...facts },
    spend: { kind: 'NONE' },
  };
}

/** For tests: a return from the order of a quote, the first one unless told. */
export function aReturn(
  receipt: ReceiptInput,
  quote: Quote,
  returning: ReturnInput['returning'],
  facts: Partial<ReturnInput> = {},
): ReturnInput {
  const lines: readonly SoldLine[] = quote.lines;
  return {
    currency: receipt.currency,
    settings: receipt.settings,
    shopper: receipt.shopper,
    occurredAt: receipt.occurredAt,
    limitsUsed: receipt.limitsUsed,
    lines,
    earlier: [],
    returning,
    earned: quote.earning.points,
    pointsSpent: quote.points.applied,
    restoredBefore: 0,
    clawedBefore: 0,
    ...facts,
  };
}
