import type { LeafArgs, PropertyTest } from '../../segments/index.ts';
import { quoted, said } from '../../sentences/language.ts';
import { countedWithin, happenedWithin } from '../words/moments-words.ts';
import { isNone, numberRange, timesRange } from '../words/range-words.ts';
import type { Sentences } from './sentence-kind.ts';
import { anyOfMany, joined, nameIn } from '../words/speech.ts';
import type { Names, SegmentSpeech } from '../words/speech.ts';

export const BEHAVIOUR_SENTENCES: Sentences<'EVENTS' | 'EVENT_DATE'> = {
  EVENTS: (args, speech, names) =>
    joined([
      said(
        speech,
        `Событие ${eventWords(speech, names, args)} — ${measured(speech, args)}`,
        `Event ${eventWords(speech, names, args)}: ${measured(speech, args)}`,
      ),
      countedWithin(speech, args.moments),
    ]),
  EVENT_DATE: (args, speech, names) => {
    const event = eventWords(speech, names, args);
    if (args.moments.kind === 'ALWAYS')
      return said(speech, `Событие ${event} — хотя бы раз`, `Event ${event}: at least once`);
    const when = happenedWithin(speech, args.moments);
    return args.which === 'FIRST'
      ? said(speech, `Первое событие ${event} — ${when}`, `First event ${event}: ${when}`)
      : said(speech, `Последнее событие ${event} — ${when}`, `Last event ${event}: ${when}`);
  },
};

/** «Просмотр товара» (category — «обувь»). */
function eventWords(
  speech: SegmentSpeech,
  names: Names,
  { event, where = [] }: Pick<LeafArgs['EVENTS'], 'event' | 'where'>,
): string {
  const name = nameIn(speech, names, 'EVENT', event);
  const tests = where.map((test) => testWords(speech, test)).join(', ');
  return tests === '' ? name : `${name} (${tests})`;
}

function testWords(speech: SegmentSpeech, { property, among, range }: PropertyTest): string {
  const wanted = among === undefined ? numberRange(speech, range ?? {}) : anyOfMany(speech, among);
  return said(speech, `${property} — ${wanted}`, `${property}: ${wanted}`);
}

function measured(speech: SegmentSpeech, { measure, property = '', range }: LeafArgs['EVENTS']): string {
  const number = numberRange(speech, range);
  const name = quoted(speech, property);
  switch (measure) {
    case 'COUNT':
      return isNone(range) ? said(speech, 'ни разу', 'never') : timesRange(speech, range);
    case 'SUM':
      return said(speech, `сумма ${name} ${number}`, `sum of ${name} ${number}`);
    case 'GREATEST':
      return said(speech, `наибольшее ${name} ${number}`, `greatest ${name} ${number}`);
    case 'DISTINCT_VALUES':
      return said(speech, `разных значений ${name} ${number}`, `different values of ${name} ${number}`);
    case 'DISTINCT_DAYS':
      return said(speech, `разных дней ${number}`, `different days ${number}`);
  }
}
