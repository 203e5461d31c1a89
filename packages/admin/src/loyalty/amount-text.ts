import { minorDigits } from '@clientele/shared/money';

/** Up to this many digits before the point: what the server takes. */
const MOST_DIGITS = 11;

/**
 * What a person typed as a decimal number, in its smallest parts: "1 990,5" with 2 digits → 199050. NaN for anything
 * else, so that the check of the rules finds it at its place.
 */
export function parseDecimal(text: string, digits: number): number {
  const plain = text.replaceAll(/[\s\u00A0\u202F]/g, '').replace(',', '.');
  const match = /^(\d+)(?:\.(\d*))?$/.exec(plain);
  if (match === null || (match[1]?.length ?? 0) > MOST_DIGITS) return Number.NaN;
  const rest = match[2] ?? '';
  return rest.length > digits ? Number.NaN : Number(`${match[1] ?? ''}${rest.padEnd(digits, '0')}`);
}

/** The other way, for a field: 199050 → "1990,50"; whole numbers without zeros; '' for what is no number. */
export function decimalText(value: number | null | undefined, digits: number, point: string): string {
  if (value === null || value === undefined || !Number.isSafeInteger(value)) return '';
  const text = String(value).padStart(digits + 1, '0');
  const rest = digits === 0 ? '' : text.slice(-digits).replace(/0+$/, '');
  const whole = digits === 0 ? text : text.slice(0, -digits);
  return rest === '' ? whole : `${whole}${point}${rest}`;
}

export function parseAmount(text: string, currency: string): number {
  return parseDecimal(text, minorDigits(currency));
}

/** Money keeps its kopecks whole: 199050 → "1990,50", 199000 → "1990". */
export function amountText(minor: number | null | undefined, currency: string, point: string): string {
  const text = decimalText(minor, minorDigits(currency), point);
  const [whole = '', rest] = text.split(point);
  return rest === undefined ? whole : `${whole}${point}${rest.padEnd(minorDigits(currency), '0')}`;
}
