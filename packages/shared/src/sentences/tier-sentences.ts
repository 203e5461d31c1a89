import type { ProgramSettings, TierLevel } from '../receipt/program-settings.ts';
import { days, points, sums } from './amounts.ts';
import { quoted, said, type Speech } from './language.ts';
import { tierSpendingWords } from './spending-sentences.ts';

type Ladder = ProgramSettings['tiers'];

/** What tiers are counted by, and how long one is kept. */
export function ladderSentence(speech: Speech, { basis, window, keepDays, levels }: Ladder): string {
  if (levels.length === 0)
    return said(
      speech,
      'Уровней нет: правила для всех одни.',
      'There are no tiers: one set of rules for all.',
    );
  const what =
    basis === 'SPEND'
      ? said(speech, 'сумме покупок за вычетом возвратов', 'spending net of returns')
      : said(speech, 'баллам за покупки', 'points earned by purchases');
  const when =
    window === 'ALL'
      ? said(speech, 'за всё время', 'of all time')
      : said(speech, 'за последние 12 месяцев', 'in the last 12 months');
  const kept =
    keepDays === null
      ? said(speech, 'Достигнутый уровень остаётся навсегда.', 'A tier once reached is kept for ever.')
      : said(
          speech,
          `Новый уровень — сразу; если покупок стало мало, прежний сохраняется ${days(speech, keepDays)} с его достижения.`,
          `A higher tier comes at once; one no longer earned is kept ${days(speech, keepDays)} from when it was reached.`,
        );
  return said(
    speech,
    `Уровень считается по ${what} ${when}. ${kept}`,
    `Tiers go by ${what} ${when}. ${kept}`,
  );
}

/** «Gold» — от 50 000 ₽; баллами до 70 %. */
export function levelSentence(speech: Speech, level: TierLevel, basis: Ladder['basis']): string {
  const from = basis === 'POINTS' ? points(speech, level.fromPoints) : (sums(speech, level.from) ?? '—');
  const spending = tierSpendingWords(speech, level.redemption);
  const own = spending === null ? '' : `; ${spending}`;
  return said(
    speech,
    `${quoted(speech, level.name)} — от ${from}${own}.`,
    `${quoted(speech, level.name)} — from ${from}${own}.`,
  );
}
