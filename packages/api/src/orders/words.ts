import type { LineDiscount, RefusedCodeReason } from '@clientele/shared/receipt';

/** The few words of this room that reach a person; everything else is made in the client from codes and facts. */

const TILL_DISCOUNT = { ru: 'Скидка магазина', en: 'Store discount' };

/** A discount as the shopper reads it: the promotion's title, or that the till's own software gave it. */
export function discountLabel(discount: LineDiscount, language: string | undefined): string {
  if (discount.source === 'PROMOTION') return discount.title;
  return language === 'en' ? TILL_DISCOUNT.en : TILL_DISCOUNT.ru;
}

/** A discount as the API shows it. */
export function shownDiscount(discount: LineDiscount, currency: string, language: string | undefined) {
  const ours = discount.source === 'PROMOTION';
  return {
    label: discountLabel(discount, language),
    amount: discount.amount,
    promoCode: ours ? discount.code : null,
    promotionId: ours ? discount.promotionId : null,
    currency,
  };
}

const REFUSED: Readonly<Record<RefusedCodeReason, string>> = {
  UNKNOWN: 'there is no such code',
  EXPIRED: 'the code is no longer valid',
  NOT_YET: 'the code is not valid yet',
  USED: 'the code was used already',
  HELD: 'the code is being used in another purchase',
  OTHER_SHOPPER: 'the code is another shopper’s',
  CONDITIONS: 'this purchase does not meet the conditions of the code',
  STACKING: 'another promotion goes before this code',
};

export function refusedCodeMessage(reason: RefusedCodeReason): string {
  return REFUSED[reason];
}
