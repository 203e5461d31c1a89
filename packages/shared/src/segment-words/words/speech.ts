import { isRowKind, type ReferenceKind } from '../../segments/index.ts';
import { counted, quoted, russianForm, said, wholeNumber } from '../../sentences/language.ts';
import type { Language } from '../../sentences/language.ts';

/** How sentences about conditions are to be written. */
export interface SegmentSpeech {
  readonly language: Language;
  /** IANA zone in which instants are told: the company's. */
  readonly zone: string;
}

/** What people call the things a condition names. */
export interface Names {
  /** By code or id; undefined: nothing is known of it (any more). */
  named(kind: ReferenceKind, value: string): string | undefined;
  /** Of a choice of an attribute; absent: values are told as they are. */
  choice?(attribute: string, value: string): string | undefined;
  /** Of a topic of consents by its code. */
  topic?(code: string): string | undefined;
}

/** Nothing has a name: codes are told. */
export const NO_NAMES: Names = { named: () => undefined };

/** What is still to be filled in. */
export const BLANK = '…';
/** Of a list; the others are counted. */
const MOST_TOLD = 5;

/** In quotation marks: the name, else the code; an id says nothing to people. */
export function nameIn(speech: SegmentSpeech, names: Names, kind: ReferenceKind, value: string): string {
  if (value === '') return BLANK;
  const name = names.named(kind, value);
  if (name === undefined && isRowKind(kind)) return said(speech, '(нет такого)', '(not there)');
  return quoted(speech, name ?? value);
}

/** «А, Б или В», of a long list «А, Б, В, Г, Д и ещё 12». */
export function anyOfMany(
  speech: SegmentSpeech,
  values: readonly string[],
  told: (value: string) => string = (value) => quoted(speech, value),
): string {
  const shown = values.slice(0, values.length > MOST_TOLD + 1 ? MOST_TOLD : values.length).map(told);
  const others = values.length - shown.length;
  if (others > 0) {
    const rest = wholeNumber(speech, others);
    return `${shown.join(', ')} ${said(speech, `и ещё ${rest}`, `and ${rest} more`)}`;
  }
  if (shown.length < 2) return shown[0] ?? BLANK;
  return `${shown.slice(0, -1).join(', ')} ${said(speech, 'или', 'or')} ${shown.at(-1) ?? ''}`;
}

/** A number with its fraction: «1 234,5», "1,234.5". */
export function number(speech: SegmentSpeech, value: number): string {
  const [whole = '0', fraction] = String(Math.abs(value)).split('.');
  const shown = whole.includes('e') ? whole : wholeNumber(speech, Number(whole));
  const rest = fraction === undefined ? '' : said(speech, ',', '.') + fraction;
  return `${value < 0 ? '−' : ''}${shown}${rest}`;
}

/** A noun by number: one, few, many, and one after «не больше», «от», «до»; then English. */
export interface Noun {
  readonly ru: readonly [one: string, few: string, many: string, oneOf: string];
  readonly en: readonly [one: string, many: string];
}

export const TIMES: Noun = { ru: ['раз', 'раза', 'раз', 'раза'], en: ['time', 'times'] };
export const DAYS: Noun = { ru: ['день', 'дня', 'дней', 'дня'], en: ['day', 'days'] };
export const YEARS: Noun = { ru: ['год', 'года', 'лет', 'года'], en: ['year', 'years'] };
export const PIECES: Noun = { ru: ['штука', 'штуки', 'штук', 'штуки'], en: ['piece', 'pieces'] };
export const PURCHASES: Noun = {
  ru: ['покупка', 'покупки', 'покупок', 'покупки'],
  en: ['purchase', 'purchases'],
};
export const POINTS: Noun = { ru: ['балл', 'балла', 'баллов', 'балла'], en: ['point', 'points'] };

/** «2 раза», "2 times". */
export function countOf(speech: SegmentSpeech, count: number, { ru: [one, few, many], en }: Noun): string {
  return counted(speech, count, [one, few, many], en);
}

/** After «от», «до», «не больше»: «2 раз», «21 раза». */
export function countAt(speech: SegmentSpeech, count: number, { ru: [, , many, oneOf], en }: Noun): string {
  return counted(speech, count, [oneOf, many, many], en);
}

/** The Russian form alone: «последний» for 21, «последние» for 22. */
export function agreed(count: number, one: string, others: string): string {
  return russianForm(count, [one, others, others]);
}

/** Parts that are there, one after another. */
export function joined(parts: readonly string[], between = ' '): string {
  return parts.filter((part) => part !== '').join(between);
}
