import type { RuleMatch } from '../receipt/program-settings.ts';
import { goodsOfAny, goodsWithAll } from './goods-words.ts';
import { allOf, anyOf, quoted, said, type Speech } from './language.ts';

/**
 * When and for what a rule works, to be put after what it gives: «на товары категории «Обувь», для уровня «Gold», по
 * выходным»; '' where it always does.
 */
export function matchWords(speech: Speech, match: RuleMatch | undefined, of: GoodsPlace = 'ON'): string {
  if (match === undefined) return '';
  const goods = goodsWithAll(speech, match);
  const { tiers = [], shopperTags = [], weekdays = [], dates = [], hours, except } = match;
  const left = except === undefined ? null : goodsOfAny(speech, except);
  const parts = [
    goods === null ? null : placed(speech, goods, of),
    tiers.length === 0 ? null : tierWords(speech, tiers),
    shopperTags.length === 0
      ? null
      : `${said(speech, 'для покупателей с меткой', 'for shoppers tagged')} ${anyOf(
          speech,
          shopperTags.map((tag) => quoted(speech, tag)),
        )}`,
    weekdays.length === 0 ? null : weekdayWords(speech, weekdays),
    dates.length === 0 ? null : dateWords(speech, dates),
    hours === undefined ? null : hourWords(speech, hours),
    left === null ? null : said(speech, `кроме: ${left}`, `except: ${left}`),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** How goods are joined to what comes before: «на товары», «за товары», «товаров». */
export type GoodsPlace = 'ON' | 'FOR' | 'OF';

function placed(speech: Pick<Speech, 'language'>, goods: string, place: GoodsPlace): string {
  const ru = { ON: 'на товары', FOR: 'за товары', OF: 'товаров' };
  const en = { ON: 'on goods', FOR: 'for goods', OF: 'of goods' };
  return `${said(speech, ru[place], en[place])} ${goods}`;
}

/** «для уровня «Gold»», "for tiers “Gold” or “Silver”". */
export function tierWords(speech: Speech, codes: readonly string[]): string {
  const named = anyOf(
    speech,
    codes.map((code) => quoted(speech, speech.tierName?.(code) ?? code)),
  );
  return said(
    speech,
    `${codes.length === 1 ? 'для уровня' : 'для уровней'} ${named}`,
    `${codes.length === 1 ? 'for tier' : 'for tiers'} ${named}`,
  );
}

const RU_DAYS = ['понедельникам', 'вторникам', 'средам', 'четвергам', 'пятницам', 'субботам', 'воскресеньям'];
const EN_DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/** ISO weekdays: «по выходным», «по вторникам и пятницам»; '' for all seven and for none. */
export function weekdayWords(speech: Pick<Speech, 'language'>, weekdays: readonly number[]): string | null {
  const chosen = [...new Set(weekdays)].toSorted((a, b) => a - b);
  const key = chosen.join('');
  if (key === '' || key === '1234567') return null;
  if (key === '67') return said(speech, 'по выходным', 'at weekends');
  if (key === '12345') return said(speech, 'по будням', 'on weekdays');
  const names = chosen.map((day) => said(speech, RU_DAYS[day - 1] ?? '', EN_DAYS[day - 1] ?? ''));
  return said(speech, `по ${allOf(speech, names)}`, `on ${allOf(speech, names)}`);
}

/** «с 18:00 до 22:00». */
export function hourWords(
  speech: Pick<Speech, 'language'>,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  return said(speech, `с ${from} до ${to}`, `from ${from} to ${to}`);
}

function dateWords(speech: Pick<Speech, 'language'>, dates: readonly string[]): string {
  const named = dates.toSorted().map((date) => dayWords(speech, date));
  return said(speech, allOf(speech, named), `on ${allOf(speech, named)}`);
}

/** A calendar day of no zone: «5 декабря 2026 г.», "5 December 2026". */
export function dayWords({ language }: Pick<Speech, 'language'>, date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
