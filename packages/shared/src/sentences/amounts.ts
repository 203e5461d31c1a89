import { formatMoney } from '../money/index.ts';
import type { AmountByCurrency } from '../rules/index.ts';
import { anyOf, counted, said, wholeNumber, type Speech } from './language.ts';

/** «3 балла», "3 points". */
export function points(speech: Pick<Speech, 'language'>, number: number): string {
  return counted(speech, number, ['балл', 'балла', 'баллов'], ['point', 'points']);
}

/** After «не больше», «не меньше»: «21 балла», «500 баллов». */
export function pointsAtLimit(speech: Pick<Speech, 'language'>, number: number): string {
  return counted(speech, number, ['балла', 'баллов', 'баллов'], ['point', 'points']);
}

export function days(speech: Pick<Speech, 'language'>, number: number): string {
  return counted(speech, number, ['день', 'дня', 'дней'], ['day', 'days']);
}

export function hours(speech: Pick<Speech, 'language'>, number: number): string {
  return counted(speech, number, ['час', 'часа', 'часов'], ['hour', 'hours']);
}

export function minutes(speech: Pick<Speech, 'language'>, number: number): string {
  return counted(speech, number, ['минуту', 'минуты', 'минут'], ['minute', 'minutes']);
}

export function times(speech: Pick<Speech, 'language'>, number: number): string {
  return counted(speech, number, ['раза', 'раз', 'раз'], ['time', 'times']);
}

/** Basis points: «12,5 %», "12.5%". */
export function percent(speech: Pick<Speech, 'language'>, basisPoints: number): string {
  return said(speech, `${hundredths(basisPoints, ',')} %`, `${hundredths(basisPoints, '.')}%`);
}

/** 15 000 basis points: «×1,5», "×1.5". */
export function factor(speech: Pick<Speech, 'language'>, basisPoints: number): string {
  return `×${tenThousandths(basisPoints, said(speech, ',', '.'))}`;
}

const SIGNS: Readonly<Record<string, string>> = { RUB: '₽', KZT: '₸', GBP: '£', EUR: '€', USD: '$' };

/** Whole sums without their zero kopecks: «1 990 ₽», "£19.90". */
export function money(speech: Pick<Speech, 'language'>, minor: number, currency: string): string {
  const [whole = '0', rest = ''] = formatMoney(Math.abs(minor), currency).split('.');
  const grouped = wholeNumber(speech, Number(whole));
  const sign = SIGNS[currency];
  const amount = /^0*$/.test(rest) ? grouped : `${grouped}${said(speech, ',', '.')}${rest}`;
  const minus = minor < 0 ? '−' : '';
  return said(
    speech,
    `${minus}${amount} ${sign ?? currency}`,
    `${minus}${sign === undefined ? `${currency} ` : sign}${amount}`,
  );
}

/** Each spoken currency that has a value: «100 ₽ или 100 ₸»; null where none has. */
export function sums(speech: Speech, amounts: AmountByCurrency): string | null {
  const known = speech.currencies.flatMap((currency) => {
    const minor = amounts[currency];
    return minor === undefined ? [] : [money(speech, minor, currency)];
  });
  return known.length === 0 ? null : anyOf(speech, known);
}

/** Without the zeros at the end: 350 → 3.5. */
function hundredths(number: number, point: string): string {
  return decimal(number, 2, point);
}

function tenThousandths(number: number, point: string): string {
  return decimal(number, 4, point);
}

function decimal(number: number, digits: number, point: string): string {
  const text = String(Math.abs(number)).padStart(digits + 1, '0');
  const rest = text.slice(-digits).replace(/0+$/, '');
  return `${number < 0 ? '−' : ''}${text.slice(0, -digits)}${rest === '' ? '' : point + rest}`;
}
