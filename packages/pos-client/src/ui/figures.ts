import { formatQuantity } from '@clientele/shared/money';

export type Language = 'ru' | 'en';

const NBSP = '\u00a0';
const MINUS = '\u2212';
const SIGNS: Readonly<Record<string, string>> = { RUB: '₽', KZT: '₸', GBP: '£', EUR: '€', USD: '$' };

/** "5764.00" → "5 764,00" in Russian, "5,764.00" in English. */
export function sum(amount: string, language: Language): string {
  const [whole = '0', fraction] = amount.replace(/^-/, '').split('.');
  const separator = language === 'ru' ? NBSP : ',';
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, separator);
  const sign = amount.startsWith('-') ? MINUS : '';
  if (fraction === undefined) return sign + grouped;
  return `${sign}${grouped}${language === 'ru' ? ',' : '.'}${fraction}`;
}

/** The sum with the currency's sign behind it: "5 764,00 ₽". */
export function money(amount: string, currency: string, language: Language): string {
  return `${sum(amount, language)}${NBSP}${SIGNS[currency] ?? currency}`;
}

/** Whole numbers for the eye: 1240 → "1 240". */
export function count(value: number, language: Language): string {
  return sum(String(value), language);
}

/** Thousandths as people write them: 1235 → "1,235". */
export function quantity(milli: number, language: Language): string {
  const text = formatQuantity(milli);
  return language === 'ru' ? text.replace('.', ',') : text;
}

/** "1,235" or "1.235" → 1235 thousandths; null for what is not a quantity. */
export function parseTypedQuantity(typed: string): number | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (match === null) return null;
  return Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
}

/** Day and month in the store's zone: "4 декабря", "December 4". */
export function day(instant: string, timeZone: string, language: Language): string {
  const locale = language === 'ru' ? 'ru-RU' : 'en-US';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone }).format(
    Date.parse(instant),
  );
}

/** Hours and minutes in the store's zone. */
export function hour(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('ru-RU', { hour: '2-digit', minute: '2-digit', timeZone }).format(
    Date.parse(instant),
  );
}

/** Days from one instant's local day to a birthday's next return: 0 is today. */
export function daysToBirthday(birthDate: string, now: number, timeZone: string): number {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  const [year = 0] = today.split('-').map(Number);
  const from = Date.parse(`${today}T00:00:00Z`);
  const ahead = [year, year + 1]
    .map((one) => Date.parse(`${one}-${birthDate.slice(5)}T00:00:00Z`))
    .find((date) => date >= from);
  return ahead === undefined ? 366 : Math.round((ahead - from) / 86_400_000);
}
