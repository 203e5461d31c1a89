import { decideValue, NEWEST, type EnrichmentRule } from '../attributes/enrichment.ts';
import type { ContactChannel, ValueOrigin } from '../profile.entity.ts';
import type { PersonPatch } from './person-values.ts';

/** What is known of a person, and from where. */
export interface KnownPerson {
  givenName: string | null;
  familyName: string | null;
  patronymic: string | null;
  birthDate: string | null;
  gender: 'FEMALE' | 'MALE' | 'OTHER' | null;
  tags: string[];
  attributes: Record<string, unknown>;
  preferredStoreId: string | null;
  preferredChannel: ContactChannel | null;
  doNotDisturb: boolean;
  origins: Record<string, ValueOrigin>;
}

export const NOTHING_KNOWN: KnownPerson = {
  givenName: null,
  familyName: null,
  patronymic: null,
  birthDate: null,
  gender: null,
  tags: [],
  attributes: {},
  preferredStoreId: null,
  preferredChannel: null,
  doNotDisturb: false,
  origins: {},
};

export interface Patched {
  person: KnownPerson;
  /** Names of what is different now; attributes as `attributes.<name>`. */
  changed: string[];
}

/** How a source's word is weighed against what is known: by name of the value, or everything told is a decision. */
export type PatchRules = ReadonlyMap<string, EnrichmentRule> | 'DECIDED';

export const FIELDS = [
  'givenName',
  'familyName',
  'patronymic',
  'birthDate',
  'gender',
  'tags',
  'preferredStoreId',
  'preferredChannel',
  'doNotDisturb',
] as const;

const NO_RULES: PatchRules = new Map();

/**
 * The person after the patch: absent leaves, null clears, lists replace, attributes go name by name. Which of two
 * values stands the rule of each decides, for most the newest: an older copy of somebody's data never overwrites a
 * newer value.
 */
export function applyPatch(
  known: KnownPerson,
  patch: PersonPatch,
  origin: ValueOrigin,
  rules: PatchRules = NO_RULES,
): Patched {
  const person: KnownPerson = {
    ...known,
    attributes: { ...known.attributes },
    origins: { ...known.origins },
  };
  const changed: string[] = [];
  const stands = (name: string, value: unknown, before: unknown) =>
    rules === 'DECIDED' || wins(rules.get(name) ?? NEWEST, known.origins[name], before, { value, ...origin });
  const note = (name: string) => {
    person.origins[name] = origin;
    changed.push(name);
  };
  for (const field of FIELDS) {
    const value = patch[field];
    if (value === undefined || same(value, known[field]) || !stands(field, value, known[field])) continue;
    Object.assign(person, { [field]: value });
    note(field);
  }
  for (const [name, value] of Object.entries(patch.attributes ?? {})) {
    const path = `attributes.${name}`;
    const before = known.attributes[name] ?? null;
    if (same(value, before) || !stands(path, value, before)) continue;
    if (value === null) delete person.attributes[name];
    else person.attributes[name] = value;
    note(path);
  }
  return { person, changed };
}

function wins(
  rule: EnrichmentRule,
  origin: ValueOrigin | undefined,
  before: unknown,
  told: ValueOrigin & { value: unknown },
): boolean {
  // Nobody ever told this value.
  if (origin === undefined) return true;
  return decideValue<unknown>(rule, { value: before ?? null, ...origin }, told) === told;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** The order of an object's fields means nothing, and the database keeps its own. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]): [string, unknown] => [name, sorted(inner)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
