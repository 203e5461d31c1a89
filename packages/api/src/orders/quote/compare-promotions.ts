import type { PromotionVerdict } from '@clientele/shared/promotions';
import type { Quote } from '@clientele/shared/receipt';
import type { QuoteChange } from './quote-change.ts';
import type { SealedPromotion } from './quote-hash.ts';

/** What of a quote's promotions is sealed: those that applied. */
export function sealedPromotions({ promotions }: Quote): SealedPromotion[] {
  return promotions
    .filter(({ applied }) => applied)
    .map(({ promotionId, revision, amount, code, title }) => [promotionId, revision, amount, code, title]);
}

/**
 * What became of the promotions of a quote: one that ended, was changed or is used up, one that applies now. Whoever was
 * told of points or a gift is asked again too, not only where the sum differs.
 */
export function changedPromotions(quoted: readonly SealedPromotion[], current: Quote): QuoteChange[] {
  const now = new Map(current.promotions.map((verdict) => [verdict.promotionId, verdict]));
  const before = new Set(quoted.map(([id]) => id));
  return [
    ...quoted.flatMap((promotion) => changeOf(promotion, now.get(promotion[0]), current)),
    ...current.promotions
      .filter(({ applied, promotionId }) => applied && !before.has(promotionId))
      .map(({ title }) => promotionChange(`promotion applies now: ${title}`)),
  ];
}

function changeOf(
  [, revision, amount, code, title]: SealedPromotion,
  verdict: PromotionVerdict | undefined,
  { refusedCodes }: Quote,
): QuoteChange[] {
  if (verdict?.applied) {
    if (verdict.revision !== revision) return [promotionChange(`promotion changed: ${title}`)];
    return verdict.amount === amount ? [] : [promotionChange(`promotion gives another amount: ${title}`)];
  }
  const refused = refusedCodes.find((one) => one.code === code);
  if (code !== null && refused !== undefined) {
    return [codeChange(`promo code ${code}: ${refused.reason.toLowerCase()}`)];
  }
  return [promotionChange(`${whyGone(verdict)}: ${title}`)];
}

/** Taken off sale it is not among those tried any more. */
function whyGone(verdict: PromotionVerdict | undefined): string {
  switch (verdict?.reason?.code) {
    case undefined:
    case 'ENDED':
    case 'OTHER_DAY':
    case 'OTHER_HOUR':
      return 'promotion ended';
    case 'LIMIT_PER_SHOPPER':
    case 'LIMIT_TOTAL':
    case 'BUDGET':
      return 'limit of the promotion reached';
    case 'NOT_GRANTED':
      return 'personal offer was used elsewhere';
    default:
      return 'promotion applies no more';
  }
}

export function promotionChange(message: string): QuoteChange {
  return { code: 'PROMOTION', message, line: null };
}

export function codeChange(message: string): QuoteChange {
  return { code: 'PROMO_CODE', message, line: null };
}
