import type { QuoteChange, QuoteChangeCode } from './quote-change.ts';
import { changedPromotions } from './compare-promotions.ts';
import type { OrderQuote } from './order-quote.ts';
import type { QuoteSeal } from './quote-hash.ts';

/**
 * Why what was quoted no longer holds; empty when it does. The order of questions is that of how much each explains.
 * @param quoted null: this server did not make it
 */
export function quoteChanges(
  quoted: QuoteSeal | null,
  { seal: current, quote }: Pick<OrderQuote, 'seal' | 'quote'>,
  now: Date,
): QuoteChange[] {
  if (quoted === null || quoted.client !== current.client || quoted.storeId !== current.storeId) {
    return [change('QUOTE_EXPIRED', 'this is no quote of this caller')];
  }
  if (quoted.validUntil <= now.getTime()) return [change('QUOTE_EXPIRED', 'the quote is too old')];
  const reasons: QuoteChange[] = [];
  if (quoted.profileId !== current.profileId)
    reasons.push(change('SHOPPER', 'the quote was for another shopper'));
  reasons.push(...changedLines(quoted.lines, current.lines));
  if (quoted.promoCodes !== current.promoCodes)
    reasons.push(change('PROMO_CODE', 'other promo codes were quoted'));
  if (quoted.versionId !== current.versionId)
    reasons.push(change('PROGRAM', 'the rules of the program changed'));
  // Other lines or codes bring other promotions: that needs no telling.
  if (reasons.length === 0) reasons.push(...changedPromotions(quoted.promotions, quote));
  if (reasons.length > 0 || quoted.totals.join() === current.totals.join()) return reasons;
  if (quoted.mode !== current.mode) return [change('PROGRAM', 'the program was switched')];
  if (quoted.verified !== current.verified)
    return [change('SHOPPER', 'the shopper confirmed meanwhile, or no longer')];
  if (quoted.totals.slice(0, 2).join() !== current.totals.slice(0, 2).join()) {
    return [change('PRICE', 'prices or discounts changed')];
  }
  return [change('BALANCE', 'other points can be spent than were quoted')];
}

function changedLines(quoted: readonly string[], current: readonly string[]): QuoteChange[] {
  if (quoted.length !== current.length) return [change('PRICE', 'lines were added or removed')];
  return current.flatMap((line, index) =>
    line === quoted[index] ? [] : [change('PRICE', `line ${index + 1} is another one`, index + 1)],
  );
}

function change(code: QuoteChangeCode, message: string, line: number | null = null): QuoteChange {
  return { code, message, line };
}
