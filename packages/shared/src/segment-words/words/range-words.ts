import type { Range } from '../../segments/index.ts';
import { money } from '../../sentences/amounts.ts';
import { said } from '../../sentences/language.ts';
import { countAt, countOf, number, TIMES } from './speech.ts';
import type { Noun, SegmentSpeech } from './speech.ts';

/** How each number is told: as it is, before «до», and after «до» and «не больше». */
interface Told {
  readonly plain: (value: number) => string;
  readonly from: (value: number) => string;
  readonly to: (value: number) => string;
}

/** «3 и больше», «не больше 3», «от 2 до 5», «ровно 3». */
export function numberRange(speech: SegmentSpeech, range: Range): string {
  return rangeWords(
    speech,
    range,
    plainly((value) => number(speech, value)),
  );
}

/** «2 раза и больше», «не больше 1 раза». */
export function countRange(speech: SegmentSpeech, range: Range, noun: Noun): string {
  return rangeWords(speech, range, {
    plain: (value) => countOf(speech, value, noun),
    from: (value) => number(speech, value),
    to: (value) => countAt(speech, value, noun),
  });
}

/** «хотя бы раз», «2 раза и больше», «ровно 1 раз». */
export function timesRange(speech: SegmentSpeech, range: Range): string {
  const { least, most } = range;
  if (least === 1 && most === undefined) return said(speech, 'хотя бы раз', 'at least once');
  if (most === 1 && least === undefined) return said(speech, 'не больше 1 раза', 'at most once');
  if (most === 1 && least === 1) return said(speech, 'ровно 1 раз', 'exactly once');
  return countRange(speech, range, TIMES);
}

/** «10 000 ₽ и больше»; minor units. */
export function moneyRangeWords(speech: SegmentSpeech, range: Range, currency: string): string {
  return rangeWords(
    speech,
    range,
    plainly((value) => money(speech, value, currency)),
  );
}

/** Whether the range is that of nothing at all. */
export function isNone({ most }: Range): boolean {
  return most === 0;
}

function plainly(told: (value: number) => string): Told {
  return { plain: told, from: told, to: told };
}

function rangeWords(speech: SegmentSpeech, { least, most }: Range, { plain, from, to }: Told): string {
  if (least !== undefined && most !== undefined) {
    if (least === most) return said(speech, `ровно ${plain(least)}`, `exactly ${plain(least)}`);
    return said(speech, `от ${from(least)} до ${to(most)}`, `${from(least)} to ${to(most)}`);
  }
  if (least !== undefined) return said(speech, `${plain(least)} и больше`, `${plain(least)} or more`);
  if (most !== undefined) return said(speech, `не больше ${to(most)}`, `at most ${to(most)}`);
  return said(speech, 'сколько угодно', 'any number');
}
