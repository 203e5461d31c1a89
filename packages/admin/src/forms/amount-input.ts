import { formatMoney, minorDigits } from '@clientele/shared/money';

/** What a person typed as a number of `scale` parts: `12,5` by 100 → 1250; null for what is none, undefined for nothing. */
export function readScaled(text: string, scale: number): number | null | undefined {
  const plain = text.replaceAll(/[\s\u00a0]/g, '').replace(',', '.');
  if (plain === '') return undefined;
  const digits = String(scale).length - 1;
  const pattern = digits === 0 ? /^\d+$/ : new RegExp(`^\\d+(?:\\.\\d{0,${digits}})?$`);
  if (!pattern.test(plain)) return null;
  const [whole = '0', part = ''] = plain.split('.');
  const value = Number(`${whole}${part.padEnd(digits, '0')}`);
  return Number.isSafeInteger(value) ? value : null;
}

/** 1250 by 100 → `12,5` in Russian; without zeros at the end. */
export function writeScaled(value: number | undefined, scale: number, language: string): string {
  if (value === undefined) return '';
  const digits = String(scale).length - 1;
  const text = String(value).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : text.slice(0, -digits);
  const part = digits === 0 ? '' : text.slice(-digits).replace(/0+$/, '');
  return part === '' ? whole : `${whole}${language === 'ru' ? ',' : '.'}${part}`;
}

/** Parts of the currency's unit: 100 kopecks. */
export function scaleOf(currency: string): number {
  return 10 ** minorDigits(currency);
}

/** As the API takes money: minor units → decimal text. */
export function decimalOf(minor: number, currency: string): string {
  return formatMoney(minor, currency);
}
