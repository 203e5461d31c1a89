import type { Agreement } from './compare-records.ts';
import { rank } from './compare-records.ts';
import { FIELD_KINDS, type FieldKind, type Level } from './match-record.ts';

/** Chances of the four levels, in the order of `LEVELS`; they sum to 1. */
export type Chances = readonly [number, number, number, number];

/**
 * Fellegi and Sunter (1969): of each kind how often records of one person agree so (`m`), and those of two (`u`). The
 * logarithm of their quotient is the weight of an agreement; weights of fields are added.
 */
export interface MatchModel {
  /** Chance that two records taken at random are of one person. */
  readonly prior: number;
  readonly odds: Readonly<Record<FieldKind, { readonly m: Chances; readonly u: Chances }>>;
  /** Share of records that have this very value: a rare one tells more. null: not known. */
  readonly frequency: (kind: FieldKind, value: string) => number | null;
}

/** One field's part in a verdict. */
export interface Evidence {
  readonly kind: FieldKind;
  readonly level: Level;
  readonly swapped: boolean;
  /** Binary logarithm of the odds it adds: positive speaks for one person, negative against. */
  readonly weight: number;
}

export interface Verdict {
  /** 0–1 */
  readonly probability: number;
  readonly evidence: Evidence[];
}

export function judge(model: MatchModel, agreements: readonly Agreement[]): Verdict {
  const evidence = agreements.map((agreement) => ({
    kind: agreement.kind,
    level: agreement.level,
    swapped: agreement.swapped === true,
    weight: weightOf(model, agreement),
  }));
  const place = evidence.filter(({ kind }) => PLACE.has(kind));
  const rest = evidence.filter(({ kind }) => !PLACE.has(kind));
  const bits =
    Math.log2(model.prior / (1 - model.prior)) + sumOf(rest) + Math.min(sumOf(place), MOST_FOR_PLACE);
  return { probability: 1 / (1 + 2 ** -bits), evidence };
}

/** Parts of one address go together, and families, neighbours and shops of one mall share it: it tells only so much. */
const PLACE: ReadonlySet<FieldKind> = new Set(['STREET', 'HOUSE', 'CITY', 'POSTCODE', 'REGION']);
const MOST_FOR_PLACE = 10;

function sumOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, { weight }) => sum + weight, 0);
}

/** A value is never told rarer than this: counts of small bases say little. */
const RAREST = 1e-6;

function weightOf(model: MatchModel, { kind, level, value }: Agreement): number {
  const { m, u } = model.odds[kind];
  const place = rank(level);
  const chance = u[place] ?? 1;
  const common = value === null ? null : model.frequency(kind, value);
  return Math.log2((m[place] ?? 1) / Math.max(common ?? chance, RAREST));
}

/** Kinds whose common values tell less than rare ones. */
export const COUNTED: ReadonlySet<FieldKind> = new Set([
  'GIVEN_NAME',
  'FAMILY_NAME',
  'PATRONYMIC',
  'STREET',
  'CITY',
  'POSTCODE',
  'TITLE',
]);

/**
 * What is known before any base is looked at: how people mistype. The start of learning, and the model of a base too
 * small to learn from.
 */
export const USUAL_ODDS: MatchModel['odds'] = {
  // People marry and take another family name; another given name is another person, a twin perhaps.
  GIVEN_NAME: { m: [0.82, 0.12, 0.05, 0.01], u: [0.02, 0.01, 0.04, 0.93] },
  FAMILY_NAME: { m: [0.78, 0.12, 0.04, 0.06], u: [0.002, 0.002, 0.016, 0.98] },
  PATRONYMIC: { m: [0.85, 0.09, 0.04, 0.02], u: [0.03, 0.02, 0.05, 0.9] },
  BIRTH_DATE: { m: [0.85, 0.09, 0.03, 0.03], u: [0.00005, 0.0009, 0.006, 0.99305] },
  PHONE: { m: [0.55, 0.1, 0.03, 0.32], u: [0.000002, 0.00004, 0.0005, 0.999458] },
  EMAIL: { m: [0.5, 0.12, 0.06, 0.32], u: [0.000002, 0.0002, 0.002, 0.997798] },
  NUMBER: { m: [0.85, 0.08, 0.03, 0.04], u: [0.00001, 0.0002, 0.002, 0.99779] },
  STREET: { m: [0.68, 0.15, 0.07, 0.1], u: [0.002, 0.002, 0.02, 0.976] },
  HOUSE: { m: [0.78, 0.06, 0.01, 0.15], u: [0.02, 0.02, 0.01, 0.95] },
  CITY: { m: [0.78, 0.1, 0.04, 0.08], u: [0.03, 0.005, 0.02, 0.945] },
  POSTCODE: { m: [0.8, 0.1, 0.01, 0.09], u: [0.005, 0.01, 0.01, 0.975] },
  REGION: { m: [0.9, 0.04, 0.01, 0.05], u: [0.25, 0.05, 0.01, 0.69] },
  TITLE: { m: [0.6, 0.22, 0.08, 0.1], u: [0.001, 0.004, 0.025, 0.97] },
};

/** Chances out of counts, with the usual ones as if they had been seen `strength` times. */
export function chances(counts: readonly number[], usual: Chances, strength: number): Chances {
  const sum = counts.reduce((total, count) => total + count, 0) + strength;
  const of = (place: 0 | 1 | 2 | 3): number => ((counts[place] ?? 0) + strength * usual[place]) / sum;
  return [of(0), of(1), of(2), of(3)];
}

export function oddsOf(
  of: (kind: FieldKind) => { m: Chances; u: Chances },
): Record<FieldKind, { m: Chances; u: Chances }> {
  return Object.fromEntries(FIELD_KINDS.map((kind) => [kind, of(kind)])) as Record<
    FieldKind,
    { m: Chances; u: Chances }
  >;
}
