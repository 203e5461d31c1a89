import type { CalendarUnit, Moments } from '../../segments/index.ts';
import { said } from '../../sentences/language.ts';
import { calendarDay, instantWords, isMidnight, previousDay } from './instant-words.ts';
import { agreed, countAt, countOf, DAYS, joined, number } from './speech.ts';
import type { Noun, SegmentSpeech } from './speech.ts';

/** When something was counted: «за последние 90 дней», «раньше чем 180 дней назад»; «за всё время» for always. */
export function countedWithin(speech: SegmentSpeech, moments: Moments): string {
  if (moments.kind === 'ALWAYS') return said(speech, 'за всё время', 'over all time');
  // «Больше» may stand right before it: «2 раза и больше».
  if (moments.kind === 'ROLLING' && moments.days === undefined) {
    const ago = countOf(speech, moments.endedDays ?? 0, DAYS);
    return said(speech, `раньше чем ${ago} назад`, `earlier than ${ago} ago`);
  }
  return happenedWithin(speech, moments);
}

/** When one thing was: «за последние 90 дней», «больше 180 дней назад»; '' for always. */
export function happenedWithin(speech: SegmentSpeech, moments: Moments): string {
  switch (moments.kind) {
    case 'ALWAYS':
      return '';
    case 'ROLLING':
      return rolling(speech, moments);
    case 'CALENDAR':
      return calendar(speech, moments.unit, moments.back ?? 0);
    case 'ABSOLUTE':
      return absolute(speech, moments);
  }
}

function rolling(speech: SegmentSpeech, { days, endedDays }: Extract<Moments, { kind: 'ROLLING' }>): string {
  if (days === undefined) {
    const ago = countAt(speech, endedDays ?? 0, DAYS);
    return said(speech, `больше ${ago} назад`, `more than ${ago} ago`);
  }
  if (endedDays !== undefined)
    return said(
      speech,
      `от ${number(speech, endedDays)} до ${countAt(speech, days, DAYS)} назад`,
      `${number(speech, endedDays)} to ${countAt(speech, days, DAYS)} ago`,
    );
  if (days === 1) return said(speech, 'за последние 24 часа', 'in the last 24 hours');
  const counted = countOf(speech, days, DAYS);
  return said(speech, `за ${agreed(days, 'последний', 'последние')} ${counted}`, `in the last ${counted}`);
}

interface UnitWords {
  readonly ru: readonly [now: string, last: string, in_: string, was: string];
  readonly en: readonly [now: string, last: string, in_: string];
  readonly noun: Noun;
}

const UNITS: { readonly [Unit in CalendarUnit]: UnitWords } = {
  DAY: {
    ru: ['сегодня', 'вчера', 'в день', 'который был'],
    en: ['today', 'yesterday', 'on the day'],
    noun: DAYS,
  },
  WEEK: {
    ru: ['на этой неделе', 'на прошлой неделе', 'на неделе', 'которая была'],
    en: ['this week', 'last week', 'in the week'],
    noun: { ru: ['неделю', 'недели', 'недель', 'недели'], en: ['week', 'weeks'] },
  },
  MONTH: {
    ru: ['в этом месяце', 'в прошлом месяце', 'в месяце', 'который был'],
    en: ['this month', 'last month', 'in the month'],
    noun: { ru: ['месяц', 'месяца', 'месяцев', 'месяца'], en: ['month', 'months'] },
  },
  QUARTER: {
    ru: ['в этом квартале', 'в прошлом квартале', 'в квартале', 'который был'],
    en: ['this quarter', 'last quarter', 'in the quarter'],
    noun: { ru: ['квартал', 'квартала', 'кварталов', 'квартала'], en: ['quarter', 'quarters'] },
  },
  YEAR: {
    ru: ['в этом году', 'в прошлом году', 'в году', 'который был'],
    en: ['this year', 'last year', 'in the year'],
    noun: { ru: ['год', 'года', 'лет', 'года'], en: ['year', 'years'] },
  },
};

function calendar(speech: SegmentSpeech, unit: CalendarUnit, back: number): string {
  const { ru, en, noun } = UNITS[unit];
  if (back === 0) return said(speech, ru[0], en[0]);
  if (back === 1) return said(speech, ru[1], en[1]);
  const ago = countOf(speech, back, noun);
  return said(speech, `${ru[2]}, ${ru[3]} ${ago} назад`, `${en[2]} ${ago} ago`);
}

/** Midnights are told as the days they begin and end. */
function absolute(speech: SegmentSpeech, { from, to }: Extract<Moments, { kind: 'ABSOLUTE' }>): string {
  return joined([from === undefined ? '' : since(speech, from), to === undefined ? '' : until(speech, to)]);
}

function since(speech: SegmentSpeech, from: string): string {
  const told = isMidnight(speech, from) ? calendarDay(speech, from) : instantWords(speech, from);
  return said(speech, `с ${told}`, `from ${told}`);
}

function until(speech: SegmentSpeech, to: string): string {
  if (isMidnight(speech, to)) {
    const last = calendarDay(speech, previousDay(to));
    return said(speech, `по ${last}`, `to ${last}`);
  }
  return said(speech, `до ${instantWords(speech, to)}`, `before ${instantWords(speech, to)}`);
}
