import type { Rounding } from '../../money/index.ts';
import type { Arguments } from '../../rules/index.ts';
import type { EarningRule } from '../program-settings.ts';

export type RuleOf<T extends EarningRule['type']> = Extract<EarningRule, { type: T }>;

/** One type of earning rule: what it asks for in a form and in JSON besides what all have, and what it grants. */
export interface EarningKind<R extends EarningRule = EarningRule> {
  readonly type: R['type'];
  readonly args: Arguments;
  /** Whether multipliers touch what it grants. */
  readonly multiplied: boolean;
  /** Whether the rule has a value where points pay with `pointValueMinor` (undefined: they pay with nothing). */
  paysIn(rule: R, currency: string, pointValueMinor: number | undefined): boolean;
  grant(rule: R, goods: EarningGoods): Granted;
}

/** The lines a rule matched; `lines` of it have a base above 0. */
export interface EarningGoods {
  readonly currency: string;
  readonly pointValueMinor: number;
  readonly rounding: Rounding;
  readonly lines: readonly {
    /** Minor units that earn. */
    readonly base: number;
    /** Whole pieces. */
    readonly pieces: number;
    /** Multiplier × `scale`. */
    readonly factor: bigint;
  }[];
  readonly scale: bigint;
  /** Σ base. */
  readonly base: number;
  /** Σ base × factor. */
  readonly weighted: bigint;
}

/** Points by the rule, and the weights by which the lines share them. */
export interface Granted {
  readonly points: number;
  readonly weights: readonly bigint[];
}

/** What each line brings by what it costs and what multiplies it. */
export function weightsByMoney({ lines }: EarningGoods): bigint[] {
  return lines.map(({ base, factor }) => BigInt(base) * factor);
}
