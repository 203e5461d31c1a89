import { percent } from '../../sentences/amounts.ts';
import { russianForm, said } from '../../sentences/language.ts';
import { goodsAlone } from '../words/goods-words.ts';
import { measureSentence } from './measure-sentence.ts';
import { happenedWithin } from '../words/moments-words.ts';
import { optionWords } from '../words/option-words.ts';
import { boughtWords, purchaseOf } from '../words/purchase-words.ts';
import type { Sentence, Sentences } from './sentence-kind.ts';
import { anyOfMany, countAt, countOf, DAYS, joined, nameIn, number, PIECES } from '../words/speech.ts';
import type { SegmentSpeech } from '../words/speech.ts';

/** `INTEREST` is told without its half-life while that is the usual one. */
export const USUAL_HALF_LIFE_DAYS = 180;

const dateSentence: Sentence<'PURCHASE_DATE'> = ({ which, purchases, moments }, speech, names) => {
  if (moments.kind === 'ALWAYS') {
    const bought = boughtWords(speech, names, purchases);
    return speech.language === 'ru'
      ? joined(['Хотя бы раз купили', bought])
      : joined(['Bought', bought, 'at least once']);
  }
  const of = purchaseOf(speech, names, purchases);
  const noun =
    which === 'FIRST'
      ? said(speech, 'Первая покупка', 'First purchase')
      : said(speech, 'Последняя покупка', 'Last purchase');
  const when = happenedWithin(speech, moments);
  return said(speech, `${joined([noun, of])} — ${when}`, `${joined([noun, of])}: ${when}`);
};

const withoutSentence: Sentence<'BOUGHT_WITHOUT'> = ({ first, without, days, moments }, speech, names) => {
  const one = boughtWords(speech, names, first);
  const other = boughtWords(speech, names, without);
  const term = countOf(speech, days, DAYS);
  const when = happenedWithin(speech, moments);
  return speech.language === 'ru'
    ? joined([
        'Купили',
        one === '' ? 'что-нибудь' : one,
        when,
        `и за ${term} после этого не купили`,
        other === '' ? 'ничего' : other,
      ])
    : joined([
        'Bought',
        one === '' ? 'something' : one,
        when,
        'and did not buy',
        other === '' ? 'anything' : other,
        `within ${term} after it`,
      ]);
};

const intervalSentence: Sentence<'OWN_INTERVAL'> = ({ times, purchases }, speech, names) => {
  const bought = boughtWords(speech, names, purchases);
  const factor = number(speech, times / 10_000);
  const form = times % 10_000 === 0 ? russianForm(times / 10_000, ['раз', 'раза', 'раз']) : 'раза';
  const longer = times === 10_000 ? 'дольше' : `в ${factor} ${form} дольше`;
  return speech.language === 'ru'
    ? joined(['Не покупают', bought, `${longer} своего обычного перерыва`])
    : joined(['Have not bought', bought === '' ? 'anything' : bought, `for ${factor}× their usual gap`]);
};

const interestSentence: Sentence<'INTEREST'> = (
  { goods, leastShare, pieces, halfLifeDays },
  speech,
  names,
) => {
  const parts = [
    said(
      speech,
      `Интересуются: ${goodsAlone(speech, names, goods)}`,
      `Interested in: ${goodsAlone(speech, names, goods)}`,
    ),
    said(
      speech,
      `от ${percent(speech, leastShare)} покупок`,
      `${percent(speech, leastShare)} of purchases or more`,
    ),
    pieces > 1 ? atLeastPieces(speech, pieces) : '',
    halfLifeDays === USUAL_HALF_LIFE_DAYS ? '' : halfLife(speech, halfLifeDays),
  ];
  return joined(parts, ', ');
};

const rfmSentence: Sentence<'RFM'> = ({ model, recency, frequency, monetary }, speech, names) => {
  const name = nameIn(speech, names, 'MODEL', model);
  const scores = (list: readonly number[]) =>
    list.length === 0 ? said(speech, 'любая', 'any') : anyOfMany(speech, list.toSorted().map(String), String);
  return said(
    speech,
    `RFM по модели ${name}: давность ${scores(recency)}, частота ${scores(frequency)}, сумма ${scores(monetary)}`,
    `RFM by model ${name}: recency ${scores(recency)}, frequency ${scores(frequency)}, monetary ${scores(monetary)}`,
  );
};

export const PURCHASE_SENTENCES: Sentences<
  'PURCHASES' | 'PURCHASE_DATE' | 'BOUGHT_WITHOUT' | 'OWN_INTERVAL' | 'INTEREST' | 'RFM' | 'LIFECYCLE'
> = {
  PURCHASES: measureSentence,
  PURCHASE_DATE: dateSentence,
  BOUGHT_WITHOUT: withoutSentence,
  OWN_INTERVAL: intervalSentence,
  INTEREST: interestSentence,
  RFM: rfmSentence,
  LIFECYCLE: ({ stages }, speech) => {
    const list = anyOfMany(speech, stages, (stage) => optionWords(speech, 'lifecycle', stage));
    return said(speech, `Стадия: ${list}`, `Stage: ${list}`);
  },
};

function atLeastPieces(speech: SegmentSpeech, pieces: number): string {
  return said(speech, `от ${countAt(speech, pieces, PIECES)}`, `${countOf(speech, pieces, PIECES)} or more`);
}

function halfLife(speech: SegmentSpeech, days: number): string {
  const term = countOf(speech, days, DAYS);
  return said(speech, `покупка теряет половину веса за ${term}`, `weight halves every ${term}`);
}
