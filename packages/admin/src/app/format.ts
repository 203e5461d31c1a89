/** How numbers, money and times are written in a language. Pure: the page gives language, zone and now. */

/** @param amount decimal text as the API sends it, `350.00`: never a float */
export function writeMoney(language: string, amount: string, currency: string): string {
  const whole = /^-?\d+(?:\.0+)?$/.test(amount);
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(whole ? { maximumFractionDigits: 0 } : {}),
  });
  return format.format(amount as Intl.StringNumericLiteral);
}

/** With a minus sign as wide as the plus of what was added, not a hyphen. */
export function writeNumber(language: string, value: number | string): string {
  return new Intl.NumberFormat(language).format(value as Intl.StringNumericLiteral).replace(/^-/, '−');
}

/** @param share 0…1 */
export function writePercent(language: string, share: number): string {
  const digits = share !== 0 && Math.abs(share) < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** @param day `2026-11-22`, of no zone */
export function writeDay(language: string, day: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** A day in a table: as short as it stays unmistakable (6/7/26 is two different days). */
export function writeDate(language: string, instant: string, zone?: string): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: language.startsWith('en') ? 'medium' : 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  return format.format(new Date(instant));
}

/** @param zone of the store; absent: of the browser */
export function writeInstant(language: string, instant: string, zone?: string): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  return format.format(new Date(instant));
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** «5 минут назад», «через 2 дня»; null where it is more than a week away: then the day says more. */
export function writeRelative(language: string, instant: string, now: number): string | null {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const size = Math.abs(seconds);
  if (size >= 7 * 86_400) return null;
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (size < 45) return words.format(0, 'second');
  const [unit, length] = STEPS.findLast(([, step]) => size >= step) ?? ['minute', 60];
  return words.format(Math.sign(seconds) * Math.max(1, Math.round(size / length)), unit);
}

/** `1 h 05 min`, `12 s`: how long work took or takes. */
export function writeDuration(language: string, ms: number): string {
  const unit = (value: number, name: string): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return unit(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
}

/** 12 MB: sizes of files. */
export function writeBytes(language: string, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}
