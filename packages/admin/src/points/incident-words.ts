/** What an incident says, as facts for its sentence: numbers and names, nothing written yet. */
export type IncidentFacts =
  | { kind: 'LATE_COMMIT_OVERDRAFT'; points: number; covered: number; overdrawn: number }
  | { kind: 'DEBT'; clawed: number; debt: number }
  | { kind: 'RECEIPT_TOTAL_MISMATCH'; total: number; toPay: number; currency: string }
  | { kind: 'CLOCK_SKEW'; told: string; server: string; minutes: number }
  | { kind: 'RULE_FAILED'; title: string | null; promotionId: string | null }
  | { kind: 'LIMIT_EXCEEDED'; titles: string[] }
  | { kind: 'CODE_USED_TWICE'; codes: string[] }
  | { kind: 'LEDGER_MISMATCH'; invariant: string | null };

type Json = Readonly<Record<string, unknown>>;

/** Facts of a kind, read with care: what is not there is 0, null or empty. */
export function incidentFacts(kind: IncidentFacts['kind'], facts: unknown): IncidentFacts {
  const given: Json = typeof facts === 'object' && facts !== null ? (facts as Json) : {};
  switch (kind) {
    case 'LATE_COMMIT_OVERDRAFT':
      return {
        kind,
        points: number(given, 'points'),
        covered: number(given, 'covered'),
        overdrawn: number(given, 'overdrawn'),
      };
    case 'DEBT':
      return { kind, clawed: number(given, 'clawed'), debt: number(given, 'debt') };
    case 'RECEIPT_TOTAL_MISMATCH':
      return {
        kind,
        total: number(given, 'total'),
        toPay: number(given, 'toPay'),
        currency: text(given, 'currency') ?? 'RUB',
      };
    case 'CLOCK_SKEW':
      return skewOf(given);
    case 'RULE_FAILED':
      return {
        kind,
        title: text(given, 'title') ?? text(given, 'rule'),
        promotionId: text(given, 'promotionId'),
      };
    case 'LIMIT_EXCEEDED':
      return { kind, titles: list(given, 'promotions').flatMap((each) => text(each, 'title') ?? []) };
    case 'CODE_USED_TWICE':
      return { kind, codes: list(given, 'codes').flatMap((each) => text(each, 'code') ?? []) };
    case 'LEDGER_MISMATCH':
      return { kind, invariant: text(given, 'invariant') };
  }
}

function skewOf(given: Json): IncidentFacts {
  const [told, server] = [text(given, 'told') ?? '', text(given, 'server') ?? ''];
  const apart = Math.abs(Date.parse(told) - Date.parse(server));
  const minutes = Number.isNaN(apart) ? 0 : Math.round(apart / 60_000);
  return { kind: 'CLOCK_SKEW', told, server, minutes };
}

function number(facts: Json, name: string): number {
  const value = facts[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function text(facts: Json, name: string): string | null {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function list(facts: Json, name: string): Json[] {
  const value = facts[name];
  return Array.isArray(value)
    ? value.filter((each): each is Json => typeof each === 'object' && each !== null)
    : [];
}

/** Minor units as decimal text: `199050` → `1990.50`. */
export function decimalOf(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
