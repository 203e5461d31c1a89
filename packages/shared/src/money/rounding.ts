/** How a fraction becomes a whole number. HALF_UP rounds a half away from zero. */
export type Rounding = 'FLOOR' | 'HALF_UP' | 'CEIL';

/**
 * Largest integer not above `numerator / denominator`.
 * @throws RangeError when the denominator is not positive
 */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

/** Smallest integer not below `numerator / denominator`. */
export function divideCeil(numerator: bigint, denominator: bigint): bigint {
  return -divideFloor(-numerator, denominator);
}

/** Nearest integer to `numerator / denominator`; a half goes away from zero. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n) return -divideHalfUp(-numerator, denominator);
  return divideFloor(2n * numerator + denominator, 2n * denominator);
}

/** Integer for the exact fraction `numerator / denominator` by the named rounding. */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (rounding === 'HALF_UP') return divideHalfUp(numerator, denominator);
  return rounding === 'CEIL' ? divideCeil(numerator, denominator) : divideFloor(numerator, denominator);
}

/**
 * The bigint as a number.
 * @throws RangeError when it is not a safe integer: an amount must never lose a kopeck silently
 */
export function toSafeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is beyond safe integers`);
  return number;
}
