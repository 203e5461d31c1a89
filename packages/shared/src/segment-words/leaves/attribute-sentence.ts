import type { AttributeTest } from '../../segments/index.ts';
import { quoted, said } from '../../sentences/language.ts';
import { happenedWithin } from '../words/moments-words.ts';
import { numberRange } from '../words/range-words.ts';
import type { Sentence } from './sentence-kind.ts';
import { anyOfMany, nameIn } from '../words/speech.ts';
import type { Names, SegmentSpeech } from '../words/speech.ts';

/** «Город» — «Москва» или «Тверь». */
export const attributeSentence: Sentence<'ATTRIBUTE'> = ({ attribute, test }, speech, names) => {
  const name = nameIn(speech, names, 'ATTRIBUTE', attribute);
  if ('known' in test)
    return test.known
      ? said(speech, `Известно: ${name}`, `Known: ${name}`)
      : said(speech, `Неизвестно: ${name}`, `Not known: ${name}`);
  if ('contains' in test)
    return said(
      speech,
      `${name} содержит ${quoted(speech, test.contains)}`,
      `${name} contains ${quoted(speech, test.contains)}`,
    );
  const wanted = wantedWords(speech, names, attribute, test);
  return said(speech, `${name} — ${wanted}`, `${name}: ${wanted}`);
};

function wantedWords(
  speech: SegmentSpeech,
  names: Names,
  attribute: string,
  test: Exclude<AttributeTest, { known: boolean } | { contains: string }>,
): string {
  if ('among' in test)
    return anyOfMany(speech, test.among, (value) =>
      quoted(speech, names.choice?.(attribute, value) ?? value),
    );
  if ('range' in test) return numberRange(speech, test.range);
  if ('is' in test) return test.is ? said(speech, 'да', 'yes') : said(speech, 'нет', 'no');
  return test.moments.kind === 'ALWAYS'
    ? said(speech, 'любая дата', 'any date')
    : happenedWithin(speech, test.moments);
}
