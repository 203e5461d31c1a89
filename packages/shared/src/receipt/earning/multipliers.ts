import { toSafeNumber, divideHalfUp } from '../../money/index.ts';
import { FULL_RATE_BP } from '../../points/index.ts';
import type { FrozenPromotion } from '../../promotions/index.ts';
import type { EarningLine } from './earning-line.ts';
import { prepareMatch } from '../matching.ts';
import type { Occasion } from '../matching.ts';
import type { ProgramSettings } from '../program-settings.ts';

/** What multiplies the lines of a receipt: the program's multipliers and those of promotions, joined by its mode. */
export interface LineFactors {
  /** Multiplier × `scale` of each line. */
  readonly factors: readonly bigint[];
  readonly scale: bigint;
  /** Codes of multipliers and ids of promotions that touch the line. */
  readonly names: readonly (readonly string[])[];
}

interface Multiplier {
  readonly name: string;
  readonly factorBp: number;
  readonly touches: (line: EarningLine) => boolean;
}

export function lineFactors(
  lines: readonly EarningLine[],
  settings: ProgramSettings,
  occasion: Occasion,
  promotions: readonly FrozenPromotion[],
): LineFactors {
  const multipliers = [...ofProgram(settings, occasion), ...promotions.flatMap(ofPromotion)];
  const asProduct = settings.multiplierMode === 'PRODUCT';
  const full = BigInt(FULL_RATE_BP);
  if (multipliers.length === 0)
    return { scale: 1n, factors: lines.map(() => 1n), names: lines.map(() => []) };
  const touching = lines.map((line) => multipliers.filter(({ touches }) => touches(line)));
  return {
    scale: asProduct ? full ** BigInt(multipliers.length) : full,
    factors: touching.map((own) =>
      asProduct ? product(own, multipliers.length) : BigInt(Math.max(0, additive(own))),
    ),
    names: touching.map((own) => own.map(({ name }) => name)),
  };
}

/** A weighted multiplier in basis points, for people. */
export function shownFactor(weighted: bigint, scale: bigint, base: number): number {
  if (base === 0) return FULL_RATE_BP;
  return toSafeNumber(divideHalfUp(weighted * BigInt(FULL_RATE_BP), scale * BigInt(base)));
}

function ofProgram({ multipliers }: ProgramSettings, occasion: Occasion): Multiplier[] {
  return multipliers.flatMap(({ code, factorBp, match }) => {
    const { goods, occasion: fits } = prepareMatch(match);
    return fits(occasion) === null ? [{ name: code, factorBp, touches: goods }] : [];
  });
}

function ofPromotion({ promotionId, factors }: FrozenPromotion): Multiplier[] {
  return factors.map(({ factorBp, lines }) => {
    const numbers = new Set(lines);
    return { name: promotionId, factorBp, touches: ({ number }) => numbers.has(number) };
  });
}

function product(own: readonly Multiplier[], count: number): bigint {
  const untouched = BigInt(FULL_RATE_BP) ** BigInt(count - own.length);
  return own.reduce((so, { factorBp }) => so * BigInt(factorBp), untouched);
}

function additive(own: readonly Multiplier[]): number {
  return own.reduce((so, { factorBp }) => so + factorBp - FULL_RATE_BP, FULL_RATE_BP);
}
