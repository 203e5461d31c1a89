import { minorDigits } from './currency.ts';

/**
 * Minor units of a decimal string with exactly the currency's digits: "1990.00" RUB → 199000.
 * Null for anything else ("1990", "1990.0", "1 990.00", "+1.00", beyond safe integers).
 */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const pattern = digits === 0 ? /^-?(0|[1-9]\d*)$/ : new RegExp(`^-?(0|[1-9]\\d*)\\.\\d{${digits}}$`);
  return pattern.test(text) ? whole(text.replace('.', '')) : null;
}

/** Decimal string of minor units with exactly the currency's digits: 199000 RUB → "1990.00". */
export function formatMoney(minor: number, currency: string): string {
  return withPoint(minor, minorDigits(currency));
}

/**
 * Thousandths of a quantity, more than 0, up to three digits after the point: "0.347" → 347, "3" → 3000.
 * Null for anything else.
 */
export function parseQuantity(text: string): number | null {
  const match = /^(0|[1-9]\d*)(?:\.(\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const milli = whole(`${match[1] ?? ''}${(match[2] ?? '').padEnd(3, '0')}`);
  return milli === null || milli === 0 ? null : milli;
}

/** Shortest decimal string of thousandths: 347 → "0.347", 3000 → "3", 1500 → "1.5". */
export function formatQuantity(milli: number): string {
  return withPoint(milli, 3).replace(/\.?0+$/, '');
}

function whole(digits: string): number | null {
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return null;
  return value === 0 ? 0 : value;
}

function withPoint(value: number, digits: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of minor units`);
  const sign = value < 0 ? '-' : '';
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
