import { DAY_MS, localTime } from '../../time/index.ts';
import { said } from '../../sentences/language.ts';
import { dayWords } from '../../sentences/match-words.ts';
import { countOf, DAYS } from './speech.ts';
import type { SegmentSpeech } from './speech.ts';

const HOUR_MS = 3_600_000;

/** The calendar day of an instant: «5 декабря 2026 г.». @param instant ISO 8601 */
export function calendarDay(speech: SegmentSpeech, instant: string): string {
  return dayWords(speech, localTime(Date.parse(instant), speech.zone).date);
}

/** «5 декабря 2026 г. в 14:20». */
export function instantWords(speech: SegmentSpeech, instant: string): string {
  return `${calendarDay(speech, instant)} ${at(speech, instant)}`;
}

/** Without the year where it is this one: «4 декабря в 14:20», "4 December at 14:20". */
export function nearInstant(speech: SegmentSpeech, instant: string, now: number): string {
  return `${nearDay(speech, instant, now)} ${at(speech, instant)}`;
}

/** «12 октября», of another year «12 октября 2024 г.». */
export function nearDay(speech: SegmentSpeech, instant: string, now: number): string {
  const day = localTime(Date.parse(instant), speech.zone).date;
  const thisYear = localTime(now, speech.zone).date.slice(0, 4);
  if (day.slice(0, 4) !== thisYear) return dayWords(speech, day);
  const locale = speech.language === 'ru' ? 'ru-RU' : 'en-GB';
  const shape = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, shape).format(new Date(`${day}T00:00:00Z`));
}

/** A calendar day, or the day of an instant: «5 декабря 2026 г.». */
export function dayOf(speech: SegmentSpeech, value: string): string {
  return value.includes('T') ? calendarDay(speech, value) : dayWords(speech, value);
}

/** How long ago, in days of 24 hours as rolling windows count: «41 день назад», «меньше суток назад». */
export function ago(speech: SegmentSpeech, instant: string, now: number): string {
  const elapsed = now - Date.parse(instant);
  if (elapsed < 0) return said(speech, 'ещё впереди', 'still ahead');
  const days = Math.floor(elapsed / DAY_MS);
  if (days === 0)
    return elapsed < HOUR_MS
      ? said(speech, 'меньше часа назад', 'less than an hour ago')
      : said(speech, 'меньше суток назад', 'less than a day ago');
  const counted = countOf(speech, days, DAYS);
  return said(speech, `${counted} назад`, `${counted} ago`);
}

export function isMidnight(speech: SegmentSpeech, instant: string): boolean {
  const ms = Date.parse(instant);
  const { hour, minute, second } = localTime(ms, speech.zone);
  return hour === 0 && minute === 0 && second === 0 && ms % 1000 === 0;
}

/** An instant on the day that ends at this midnight, however long that day is. */
export function previousDay(midnight: string): string {
  return new Date(Date.parse(midnight) - HOUR_MS).toISOString();
}

function at(speech: SegmentSpeech, instant: string): string {
  const { hour, minute } = localTime(Date.parse(instant), speech.zone);
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return said(speech, `в ${clock}`, `at ${clock}`);
}
