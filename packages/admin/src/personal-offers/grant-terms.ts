/** What is said of a grant in a form: days and numbers as they are typed. */
export interface GrantTerms {
  reason: string;
  /** `2026-12-31`, good through that day; empty: as long as the promotion. */
  lastDay: string;
  /** Purchases. */
  uses: string;
}

export const NEW_TERMS: GrantTerms = { reason: '', lastDay: '', uses: '1' };
export const MOST_USES = 1_000;
/** The longest list the server takes. */
export const MOST_CONTACTS = 10_000;

/** null: no such number of purchases. */
export function usesOf({ uses }: GrantTerms): number | null {
  const typed = uses.trim();
  if (!/^\d{1,4}$/.test(typed)) return null;
  const count = Number(typed);
  return count >= 1 && count <= MOST_USES ? count : null;
}

/** A pasted column or a list with commas: each contact once, as it was written. */
export function contactsIn(text: string): string[] {
  return [...new Set(text.split(/[\n\r,;\t]+/).map((line) => line.trim()))].filter((line) => line !== '');
}

/** The open ones first told, then what became of the others; each in the order they came. */
export function partGrants<T extends { state: string }>(grants: readonly T[]): { open: T[]; past: T[] } {
  return {
    open: grants.filter(({ state }) => state === 'OPEN'),
    past: grants.filter(({ state }) => state !== 'OPEN'),
  };
}

/** What a finished list tells; null: it says nothing yet. */
export function resultOf(result: unknown): { found: number; granted: number; had: number } | null {
  const facts = (result ?? {}) as Record<string, unknown>;
  const { found, granted } = facts;
  if (typeof found !== 'number' || typeof granted !== 'number') return null;
  return { found, granted, had: Math.max(0, found - granted) };
}
