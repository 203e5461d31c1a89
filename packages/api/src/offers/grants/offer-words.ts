/** Why a shopper is told of an offer, in a few words for the card at the till. */
export type OfferLanguage = 'ru' | 'en';

export type OfferReason =
  | {
      readonly kind: 'BIRTHDAY';
      /** To the nearest birthday: 0 today, below 0 it was. */ readonly days: number;
    }
  | { readonly kind: 'TIER'; readonly name: string }
  | { readonly kind: 'NTH_ORDER'; readonly number: number }
  | { readonly kind: 'FIRST_ORDER' | 'PERSONAL' | 'OWN_CODE' | 'CHOSEN' };

export function offerReason(reason: OfferReason, language: OfferLanguage): string {
  return language === 'en' ? english(reason) : russian(reason);
}

function russian(reason: OfferReason): string {
  switch (reason.kind) {
    case 'BIRTHDAY':
      return birthdayInRussian(reason.days);
    case 'TIER':
      return `ваш уровень: ${reason.name}`;
    case 'NTH_ORDER':
      return `это ваша ${reason.number}-я покупка`;
    case 'FIRST_ORDER':
      return 'первая покупка';
    case 'OWN_CODE':
      return 'ваш личный промокод';
    case 'PERSONAL':
      return 'персональное предложение';
    case 'CHOSEN':
      return 'для наших особых покупателей';
  }
}

const plural = new Intl.PluralRules('ru');

function birthdayInRussian(days: number): string {
  if (days === 0) return 'сегодня день рождения';
  const count = Math.abs(days);
  const form = plural.select(count);
  const word = form === 'one' ? 'день' : form === 'few' ? 'дня' : 'дней';
  return days > 0 ? `день рождения через ${count} ${word}` : `день рождения был ${count} ${word} назад`;
}

function english(reason: OfferReason): string {
  switch (reason.kind) {
    case 'BIRTHDAY': {
      if (reason.days === 0) return 'birthday today';
      const days = `${Math.abs(reason.days)} ${Math.abs(reason.days) === 1 ? 'day' : 'days'}`;
      return reason.days > 0 ? `birthday in ${days}` : `birthday was ${days} ago`;
    }
    case 'TIER':
      return `your tier: ${reason.name}`;
    case 'NTH_ORDER':
      return `purchase number ${reason.number}`;
    case 'FIRST_ORDER':
      return 'first purchase';
    case 'OWN_CODE':
      return 'your own promo code';
    case 'PERSONAL':
      return 'granted to you';
    case 'CHOSEN':
      return 'for chosen shoppers';
  }
}
