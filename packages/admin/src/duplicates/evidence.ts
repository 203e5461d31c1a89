import type { Tone } from '../ui/tones.ts';

export interface Evidence {
  kind: string;
  level: string;
  swapped: boolean;
  /** Positive speaks for one person, negative against. */
  weight: number;
}

export interface Reason {
  /** Below `duplicates.evidence`: `PHONE.NEAR`, `swapped`. */
  key: string;
  tone: Tone;
  weight: number;
}

/** Weaker than this it is no reason. */
const SILENT = 0.5;

/** What spoke for it and against, the strongest first; names in each other's place are one reason. */
export function reasonsOf(evidence: readonly Evidence[], claimed: readonly string[] = []): Reason[] {
  const crossed = evidence.filter(({ swapped }) => swapped);
  const plain = evidence.filter(({ swapped, weight }) => !swapped && Math.abs(weight) >= SILENT);
  const reasons: Reason[] = plain.map(({ kind, level, weight }) => ({
    key: `${kind}.${level}`,
    tone: weight > 0 ? 'ok' : 'warn',
    weight,
  }));
  if (crossed.length > 0)
    reasons.push({
      key: 'swapped',
      tone: 'ok',
      weight: crossed.reduce((sum, { weight }) => sum + weight, 0),
    });
  const sorted = reasons.toSorted((a, b) => b.weight - a.weight);
  return [
    ...claimed.map((kind): Reason => ({ key: `claimed.${kind}`, tone: 'accent', weight: Infinity })),
    ...sorted,
  ];
}

/** `97 %`; never 100: nobody is that sure. */
export function percentOf(probability: number): number {
  return Math.min(99, Math.floor(probability * 100));
}
