/** The languages sentences are written in. */
export type Language = 'ru' | 'en';

/** How a sentence is to be written. */
export interface Speech {
  readonly language: Language;
  /** ISO 4217, in order: sums in other currencies are not spoken of. */
  readonly currencies: readonly string[];
  /** Name of a tier by its code; the code itself where there is none. */
  readonly tierName?: (code: string) => string;
}

/** One thing said in each language. */
export function said(speech: Pick<Speech, 'language'>, ru: string, en: string): string {
  return speech.language === 'ru' ? ru : en;
}

const russian = new Intl.PluralRules('ru');

/** The Russian form a number asks for: [балл, балла, баллов]. */
export function russianForm(number: number, [one, few, many]: readonly [string, string, string]): string {
  const form = russian.select(number);
  return form === 'one' ? one : form === 'few' ? few : many;
}

/** «5 баллов», "5 points". */
export function counted(
  speech: Pick<Speech, 'language'>,
  number: number,
  ru: readonly [string, string, string],
  en: readonly [string, string],
): string {
  const shown = wholeNumber(speech, number);
  return said(speech, `${shown} ${russianForm(number, ru)}`, `${shown} ${number === 1 ? en[0] : en[1]}`);
}

/** Digits in groups of three: «12 000», "12,000". */
export function wholeNumber({ language }: Pick<Speech, 'language'>, number: number): string {
  const digits = String(Math.abs(number));
  const grouped =
    digits.length < 4 ? digits : digits.replaceAll(/\B(?=(\d{3})+$)/g, language === 'ru' ? ' ' : ',');
  return number < 0 ? `−${grouped}` : grouped;
}

/** «А, Б и В», "A, B and C". @param last the word before the last one */
export function listed(items: readonly string[], last: string): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

/** «А, Б или В», "A, B or C". */
export function anyOf(speech: Pick<Speech, 'language'>, items: readonly string[]): string {
  return listed(items, said(speech, 'или', 'or'));
}

/** «А, Б и В», "A, B and C". */
export function allOf(speech: Pick<Speech, 'language'>, items: readonly string[]): string {
  return listed(items, said(speech, 'и', 'and'));
}

/** In the quotation marks of the language. */
export function quoted(speech: Pick<Speech, 'language'>, text: string): string {
  return said(speech, `«${text}»`, `“${text}”`);
}
