import { divide, toSafeNumber } from '../money/index.ts';

/** A rate of 100 %, in basis points. */
export const FULL_RATE_BP = 10_000;

/** Money that `points` pay at `pointValueMinor` minor units a point. */
export function pointsToMinor(points: number, pointValueMinor: number): number {
  return toSafeNumber(BigInt(points) * BigInt(pointValueMinor));
}

/** Whole points that `minor` pays for, rounded down: a point is never given away in part. */
export function minorToPoints(minor: number, pointValueMinor: number): number {
  return toSafeNumber(divide(BigInt(minor), BigInt(pointValueMinor), 'FLOOR'));
}

/** `amount × rateBp / 10 000`, rounded down. */
export function shareFloor(amount: number, rateBp: number): number {
  return toSafeNumber(divide(BigInt(amount) * BigInt(rateBp), BigInt(FULL_RATE_BP), 'FLOOR'));
}

/** Points of a step rule before multipliers: ⌊base / step⌋ × points. */
export function stepPoints(baseMinor: number, stepMinor: number, points: number): number {
  return toSafeNumber((BigInt(baseMinor) / BigInt(stepMinor)) * BigInt(points));
}
