import type { AnyRefusal } from '../app/refusal.ts';

/** Facts a sentence may name; what is no number or text is left to the page. */
export function factsOf(refusal: AnyRefusal): Record<string, string | number> {
  const entries = Object.entries(refusal).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return Object.fromEntries(entries);
}

interface Problem {
  readonly path: readonly string[];
  readonly code: string;
}

/** The problem of each field by its path inside `input`: `contact.phone` → `FORMAT`; the first one wins. */
export function problemsByField(refusal: AnyRefusal | null): Record<string, string> {
  const problems = (refusal?.['problems'] ?? []) as readonly Problem[];
  const byField: Record<string, string> = {};
  for (const { path, code } of problems) byField[fieldOf(path)] ??= code;
  return byField;
}

/** Paths start at the argument or inside it: the page knows its own fields only. */
function fieldOf(path: readonly string[]): string {
  return (path[0] === 'input' ? path.slice(1) : path).join('.');
}
