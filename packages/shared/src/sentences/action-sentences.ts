import type { ActionRule } from '../receipt/program-settings.ts';
import type { CountWindow } from '../rules/index.ts';
import { days, points, times } from './amounts.ts';
import { allOf, quoted, said, type Speech } from './language.ts';
import { matchWords } from './match-words.ts';

/** «Приветственные: 200 баллов за вступление в программу, один раз. Доступны сразу, не сгорают.» */
export function actionSentence(speech: Speech, rule: ActionRule): string {
  const match = matchWords(speech, rule.match);
  const gives = [
    `${rule.name}: ${points(speech, rule.points)} ${forWhat(speech, rule)}`,
    match === '' ? null : match,
    onceWords(speech, rule),
    atMostWords(speech, rule),
  ].filter((part) => part !== null);
  return `${gives.join(', ')}. ${lifeWords(speech, rule)}`;
}

function forWhat(speech: Speech, { on, event }: ActionRule): string {
  const kind = quoted(speech, event ?? '');
  const ru = {
    ENROLMENT: 'за вступление в программу',
    SUBSCRIPTION: 'за подписку на рассылку',
    SOCIAL_LINK: 'за привязку соцсети',
    REVIEW_APPROVED: 'за одобренный отзыв',
    BIRTHDAY: 'на день рождения',
    SURVEY: 'за пройденный опрос',
    REFERRAL: 'за приглашённого друга',
    EVENT: `за событие ${kind}`,
  };
  const en = {
    ENROLMENT: 'for joining the program',
    SUBSCRIPTION: 'for subscribing',
    SOCIAL_LINK: 'for linking a social network',
    REVIEW_APPROVED: 'for an approved review',
    BIRTHDAY: 'for the birthday',
    SURVEY: 'for a completed survey',
    REFERRAL: 'for an invited friend',
    EVENT: `for the event ${kind}`,
  };
  const words = said(speech, ru[on], en[on]);
  const own =
    on !== 'EVENT' && event !== undefined ? said(speech, ` (событие ${kind})`, ` (event ${kind})`) : '';
  return words + own;
}

function onceWords(speech: Speech, { once, property }: ActionRule): string | null {
  if (once === 'NO') return null;
  if (once === 'SHOPPER') return said(speech, 'один раз', 'once');
  const name = quoted(speech, property ?? '');
  return said(speech, `один раз для каждого значения ${name}`, `once for each value of ${name}`);
}

function atMostWords(speech: Speech, { atMost = [] }: ActionRule): string | null {
  if (atMost.length === 0) return null;
  const parts = atMost.map((limit) => `${times(speech, limit.times)} ${timesWindow(speech, limit.window)}`);
  return said(speech, `не больше ${allOf(speech, parts)}`, `at most ${allOf(speech, parts)}`);
}

function timesWindow(speech: Speech, window: CountWindow): string {
  if (window.kind === 'ROLLING')
    return said(speech, `за любые ${days(speech, window.days)}`, `in any ${days(speech, window.days)}`);
  const ru = { DAY: 'в день', WEEK: 'в неделю', MONTH: 'в месяц', YEAR: 'в год', ALWAYS: 'за всё время' };
  const en = { DAY: 'a day', WEEK: 'a week', MONTH: 'a month', YEAR: 'a year', ALWAYS: 'in all' };
  return said(speech, ru[window.kind], en[window.kind]);
}

function lifeWords(speech: Speech, { on, birthday, freezeDays, ttlDays }: ActionRule): string {
  if (on === 'BIRTHDAY' && birthday !== undefined) {
    const [before, after] = [days(speech, birthday.daysBefore), days(speech, birthday.daysAfter)];
    return said(
      speech,
      `Начисляются за ${before} до него и действуют до конца дня через ${after} после.`,
      `Granted ${before} before it, spendable to the end of the day ${after} after it.`,
    );
  }
  const ready =
    freezeDays === 0
      ? said(speech, 'Доступны сразу', 'Spendable at once')
      : said(
          speech,
          `Доступны через ${days(speech, freezeDays)}`,
          `Spendable after ${days(speech, freezeDays)}`,
        );
  const gone =
    ttlDays === null
      ? said(speech, 'не сгорают', 'never expire')
      : said(
          speech,
          `сгорают через ${days(speech, ttlDays)} после этого`,
          `expire ${days(speech, ttlDays)} after that`,
        );
  return `${ready}, ${gone}.`;
}
