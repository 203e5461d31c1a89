import type {
  PromotionCondition,
  PromotionLimits,
  PromotionRules,
  PromotionTime,
} from '@clientele/shared/promotions';
import type { CountWindow } from '@clientele/shared/rules';
import {
  counted,
  days,
  hourWords,
  quoted,
  said,
  sums,
  times,
  weekdayWords,
  wholeNumber,
  type Speech,
} from '@clientele/shared/sentences';
import { goodsSentence } from '../forms/goods-sentence.ts';

/** How the rules of a promotion are to be written: names of what they know by id. */
export interface RuleSpeech extends Speech {
  readonly storeName?: (id: string) => string;
  readonly poolName?: (id: string) => string;
  readonly segmentName?: (id: string) => string;
  /** IANA: of first and last moments. */
  readonly timeZone?: string;
}

/** What the purchase must be: «Покупка от 3 000 ₽». */
export function conditionSentence(speech: RuleSpeech, condition: PromotionCondition): string {
  switch (condition.kind) {
    case 'BASKET_SUM': {
      const sum = sums(speech, condition.atLeast) ?? '…';
      const goods = goodsSentence(speech, condition.goods, 'ALONE');
      return said(
        speech,
        `Покупка от ${sum}${goods && `: ${goods}`}`,
        `A purchase of ${sum} or more${goods && `: ${goods}`}`,
      );
    }
    case 'QUANTITY': {
      const goods = goodsSentence(speech, condition.goods, 'ALONE');
      const pieces = counted(speech, condition.atLeast, ['штуки', 'штук', 'штук'], ['piece', 'pieces']);
      return said(
        speech,
        `Не меньше ${pieces}${goods && `: ${goods}`}`,
        `${pieces} or more${goods && `: ${goods}`}`,
      );
    }
    case 'FIRST_ORDER':
      return said(speech, 'Первая покупка', 'The first purchase');
    case 'NTH_ORDER': {
      const number = wholeNumber(speech, condition.number);
      return condition.repeated
        ? said(speech, `Каждая ${number}-я покупка`, `Every purchase number ${number}, and so on`)
        : said(speech, `${number}-я покупка`, `Purchase number ${number}`);
    }
    case 'BIRTHDAY':
      return birthdaySentence(speech, condition.daysBefore, condition.daysAfter);
    case 'PROMO_CODE':
      return said(speech, 'По промокоду', 'With a promo code');
  }
}

function birthdaySentence(speech: Speech, before: number, after: number): string {
  if (before === 0 && after === 0) return said(speech, 'В день рождения', 'On the birthday');
  const parts = [
    before === 0 ? null : said(speech, `${days(speech, before)} до`, `${days(speech, before)} before`),
    after === 0 ? null : said(speech, `${days(speech, after)} после`, `${days(speech, after)} after`),
  ].filter((part) => part !== null);
  return said(
    speech,
    `В день рождения, ${parts.join(' и ')} него`,
    `On the birthday, ${parts.join(' and ')} it`,
  );
}

/** When: «С 1 декабря 2026 г., 10:00 до 1 января 2027 г., 00:00, по выходным, с 10:00 до 14:00». */
export function timeSentence(speech: RuleSpeech, { from, to, weekdays, hours }: PromotionTime): string {
  const parts = [
    from === null ? null : said(speech, `с ${moment(speech, from)}`, `from ${moment(speech, from)}`),
    to === null ? null : said(speech, `до ${moment(speech, to)}`, `to ${moment(speech, to)}`),
  ].filter((part) => part !== null);
  const all = [parts.join(' '), weekdayWords(speech, weekdays), hours && hourWords(speech, hours)].filter(
    Boolean,
  );
  return all.length === 0 ? said(speech, 'Всегда', 'Always') : raised(all.join(', '));
}

/** A first or last moment, without the hour where a day begins. */
function moment({ language, timeZone = 'UTC' }: RuleSpeech, instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(at);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(at);
  return time === '00:00' ? day : `${day}, ${time}`;
}

/** Where: «В магазинах: Москва, Охотный Ряд». */
export function placeSentence(speech: RuleSpeech, { storeIds, channels }: PromotionRules['where']): string {
  const stores = storeIds.map((id) => speech.storeName?.(id) ?? id);
  const [only] = channels.length === 1 ? channels : [];
  const where =
    stores.length === 0
      ? only === 'STORE'
        ? said(speech, 'Во всех магазинах', 'In every store')
        : said(speech, 'Везде', 'Everywhere')
      : `${said(speech, 'В магазинах', 'In stores')}: ${stores.map((name) => quoted(speech, name)).join(', ')}`;
  if (only === 'ONLINE')
    return stores.length === 0
      ? said(speech, 'Только онлайн', 'Online only')
      : `${where}${said(speech, ', только заказы онлайн', ', online orders only')}`;
  return only === 'STORE' && stores.length > 0
    ? `${where}${said(speech, ', только на кассе', ', at the till only')}`
    : where;
}

/** How often and how much; empty where nothing is limited. */
export function limitSentences(speech: RuleSpeech, limits: PromotionLimits): string[] {
  const { perOrder, perShopper, total, budget } = limits;
  const money = budget && sums(speech, budget);
  return [
    perOrder === null
      ? null
      : said(
          speech,
          `Не больше ${times(speech, perOrder)} за чек`,
          `${times(speech, perOrder)} a receipt at most`,
        ),
    perShopper === null
      ? null
      : said(
          speech,
          `Одному покупателю — не больше ${times(speech, perShopper.times)} ${windowWords(speech, perShopper.window)}`,
          `One shopper: ${times(speech, perShopper.times)} ${windowWords(speech, perShopper.window)} at most`,
        ),
    total === null
      ? null
      : said(
          speech,
          `Всем вместе — не больше ${times(speech, total.times)} ${windowWords(speech, total.window)}`,
          `All together: ${times(speech, total.times)} ${windowWords(speech, total.window)} at most`,
        ),
    money && said(speech, `Бюджет ${money}`, `A budget of ${money}`),
  ].filter((part) => part !== null);
}

const RU_WINDOW = {
  DAY: 'в день',
  WEEK: 'в неделю',
  MONTH: 'в месяц',
  YEAR: 'в год',
  ALWAYS: 'за всё время',
};
const EN_WINDOW = { DAY: 'a day', WEEK: 'a week', MONTH: 'a month', YEAR: 'a year', ALWAYS: 'ever' };

function windowWords(speech: Speech, window: CountWindow): string {
  if (window.kind === 'ROLLING')
    return said(speech, `за ${days(speech, window.days)}`, `in ${days(speech, window.days)}`);
  return said(speech, RU_WINDOW[window.kind], EN_WINDOW[window.kind]);
}

function raised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
