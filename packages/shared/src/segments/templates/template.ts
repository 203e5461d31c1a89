import type { Condition } from '../condition.ts';

/** Something only the company can choose. The condition has an empty text or list there, which its check reports. */
export interface Blank {
  readonly path: readonly string[];
  /** CATEGORIES: codes of categories; MODEL: id of an RFM model; CURRENCY: ISO 4217. */
  readonly asks: 'CATEGORIES' | 'MODEL' | 'CURRENCY';
}

export interface InBothLanguages {
  readonly ru: string;
  readonly en: string;
}

/** A segment many companies want, ready but for its blanks. */
export interface SegmentTemplate {
  readonly code: string;
  readonly name: InBothLanguages;
  readonly description: InBothLanguages;
  readonly condition: Condition;
  readonly blanks: readonly Blank[];
}

/** The condition with its blanks filled in; a blank for which nothing is given (undefined) stays one. */
export function filled(
  { condition, blanks }: SegmentTemplate,
  valueFor: (blank: Blank) => string | readonly string[] | undefined,
): Condition {
  return blanks.reduce<Condition>((part, blank) => {
    const value = valueFor(blank);
    // The check of the condition judges what was filled in.
    return value === undefined ? part : (withValue(part, blank.path, value) as Condition);
  }, condition);
}

function withValue(node: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(node))
    return node.map((item, at) => (String(at) === step ? withValue(item, rest, value) : item));
  const record: Readonly<Record<string, unknown>> =
    typeof node === 'object' && node !== null ? { ...node } : {};
  return { ...record, [step]: withValue(record[step], rest, value) };
}
