/** The few words of this room that reach a person; everything else is made in the client from codes and facts. */

const TILL_DISCOUNT = { ru: 'Скидка магазина', en: 'Store discount' };

/** @param source of a discount; TILL is what the till's own software gave */
export function discountLabel(source: string, language: string | undefined): string {
  if (source !== 'TILL') return source;
  return language === 'en' ? TILL_DISCOUNT.en : TILL_DISCOUNT.ru;
}
