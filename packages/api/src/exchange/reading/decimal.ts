/** An exact decimal number: value / 10^scale. */
export interface Decimal {
  readonly value: number;
  readonly scale: number;
}

const MOST_DIGITS = 15;
const KEPT = 20_000;

/**
 * A reader of decimal numbers as files write them: `12.50`, `-3`, `1 200,5` with a comma as the point. Prices and
 * quantities repeat, so what was read once is remembered, a bounded number of them.
 * @returns null for anything that is no number of at most 15 digits
 */
export function decimalReader(point: '.' | ','): (text: string) => Decimal | null {
  const known = new Map<string, Decimal | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= KEPT) known.clear();
    const read = parse(text, point);
    known.set(text, read);
    return read;
  };
}

function parse(text: string, point: '.' | ','): Decimal | null {
  const plain = text.replaceAll(/[\s\u00A0\u202F]/g, '');
  const [whole = '', fraction = '', ...more] = plain.split(point);
  if (more.length > 0 || !/^-?\d+$/.test(whole) || !/^\d*$/.test(fraction)) return null;
  const kept = fraction.replace(/0+$/, '');
  if (whole.length + kept.length > MOST_DIGITS) return null;
  const value = Number(whole + kept);
  return { value: value === 0 ? 0 : value, scale: kept.length };
}

/** The decimal in units of 10^-scale. @returns null when it has more digits than that */
export function inUnits({ value, scale }: Decimal, digits: number): number | null {
  if (scale > digits) return null;
  const units = value * 10 ** (digits - scale);
  return Number.isSafeInteger(units) ? units : null;
}

/** What a line costs, and what rounding it to minor units took away. */
export interface LineAmount {
  /** Minor units, half-up. */
  readonly minor: number;
  /** Exact amount − rounded one, in millionths of a minor unit. */
  readonly rest: number;
}

/**
 * Quantity × price of any precision, rounded half-up once. Neither may be negative.
 * @param minorDigits of the currency
 * @returns null beyond 10^13 minor units
 */
export function lineAmount(quantityMilli: number, price: Decimal, minorDigits: number): LineAmount | null {
  const scale = 3 + price.scale - minorDigits;
  const product = quantityMilli * price.value;
  // Exact while it is a safe integer, which it nearly always is; a file has millions of lines.
  if (scale === 3 && Number.isSafeInteger(product) && product % 1000 === 0) return within(product / 1000, 0);
  const exact = BigInt(quantityMilli) * BigInt(price.value) * (scale < 0 ? 10n ** BigInt(-scale) : 1n);
  const unit = scale < 0 ? 1n : 10n ** BigInt(scale);
  const rounded = (2n * exact + unit) / (2n * unit);
  const rest = ((exact - rounded * unit) * 1_000_000n) / unit;
  return within(Number(rounded), Number(rest));
}

const MOST = 10 ** 13;

function within(minor: number, rest: number): LineAmount | null {
  return minor <= MOST ? { minor, rest } : null;
}
