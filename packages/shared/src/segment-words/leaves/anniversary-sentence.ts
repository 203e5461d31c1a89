import { said } from '../../sentences/language.ts';
import type { Sentence } from './sentence-kind.ts';
import { countAt, countOf, DAYS } from '../words/speech.ts';
import type { SegmentSpeech } from '../words/speech.ts';

/** «День рождения через 7 дней и раньше». */
export const anniversarySentence: Sentence<'ANNIVERSARY'> = ({ of, daysBefore, daysAfter }, speech) => {
  const noun = {
    BIRTHDAY: said(speech, 'День рождения', 'Birthday'),
    MEMBERSHIP: said(speech, 'Годовщина вступления в программу', 'Anniversary of joining the program'),
    FIRST_PURCHASE: said(speech, 'Годовщина первой покупки', 'Anniversary of the first purchase'),
  }[of];
  return `${noun} ${near(speech, daysBefore, daysAfter)}`;
};

function near(speech: SegmentSpeech, before: number, after: number): string {
  if (before === 0 && after === 0) return said(speech, 'сегодня', 'today');
  if (after === 0)
    return said(
      speech,
      `через ${countOf(speech, before, DAYS)} и раньше`,
      `in ${countOf(speech, before, DAYS)} or sooner`,
    );
  if (before === 0)
    return said(
      speech,
      `сегодня или не больше ${countAt(speech, after, DAYS)} назад`,
      `today or at most ${countAt(speech, after, DAYS)} ago`,
    );
  return said(
    speech,
    `от ${countAt(speech, after, DAYS)} назад до ${countAt(speech, before, DAYS)} вперёд`,
    `from ${countAt(speech, after, DAYS)} ago to ${countAt(speech, before, DAYS)} ahead`,
  );
}
