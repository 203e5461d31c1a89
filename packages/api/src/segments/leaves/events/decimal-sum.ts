/**
 * The sum as it is written on paper, rounded once at the end: 0.1 + 0.2 is 0.3, as in the database. Each number counts as
 * its shortest decimal notation.
 */
export function decimalSum(numbers: readonly number[]): number {
  const parts = numbers.map(decimalOf);
  const scale = Math.max(0, ...parts.map(({ places }) => places));
  const sum = parts.reduce((total, { digits, places }) => total + digits * 10n ** BigInt(scale - places), 0n);
  return Number(`${sum}e-${scale}`);
}

/** digits × 10^-places */
function decimalOf(number: number): { digits: bigint; places: number } {
  const [mantissa = '0', exponent = '0'] = String(number).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(`${whole}${fraction}`);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}
