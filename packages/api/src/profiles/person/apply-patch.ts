import type { ValueOrigin } from '../profile.entity.ts';
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
  origins: {},
};

export interface Patched {
  person: KnownPerson;
  /** Names of what is different now; attributes as `attributes.<name>`. */
  changed: string[];
}

const FIELDS = ['givenName', 'familyName', 'patronymic', 'birthDate', 'gender', 'tags'] as const;

/**
 * The person after the patch: absent leaves, null clears, lists replace, attributes go name by name. A value known from
 * a later moment than the patch stays: an older copy of somebody's data never overwrites a newer one.
 */
export function applyPatch(known: KnownPerson, patch: PersonPatch, origin: ValueOrigin): Patched {
  const person: KnownPerson = {
    ...known,
    attributes: { ...known.attributes },
    origins: { ...known.origins },
  };
  const changed: string[] = [];
  const newer = (name: string) => (known.origins[name]?.at ?? '') > origin.at;
  const note = (name: string) => {
    person.origins[name] = origin;
    changed.push(name);
  };
  for (const field of FIELDS) {
    const value = patch[field];
    if (value === undefined || newer(field) || same(value, known[field])) continue;
    Object.assign(person, { [field]: value });
    note(field);
  }
  for (const [name, value] of Object.entries(patch.attributes ?? {})) {
    const path = `attributes.${name}`;
    if (newer(path) || same(value, known.attributes[name] ?? null)) continue;
    if (value === null) delete person.attributes[name];
    else person.attributes[name] = value;
    note(path);
  }
  return { person, changed };
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
