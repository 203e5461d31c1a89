import type { ValueOrigin } from '../profile.entity.ts';
import { FIELDS, type KnownPerson } from '../person/apply-patch.ts';

/** Whose value of a field stays; the name of an attribute is `attributes.<code>`. */
export interface FieldChoice {
  field: string;
  from: 'SURVIVOR' | 'OTHER';
}

/** A value and where it came from; absent value: null. */
export interface FieldValue {
  value: unknown;
  origin: ValueOrigin | null;
}

/** One field of two people, and whose value stays unless somebody decides otherwise. */
export interface FieldPair {
  field: string;
  survivor: FieldValue;
  other: FieldValue;
  differs: boolean;
  suggested: 'SURVIVOR' | 'OTHER';
}

/** Lists are joined, not chosen; who asked to be left alone once is left alone. */
const JOINED = new Set(['tags', 'doNotDisturb']);

/** Every field either of them has a value of. */
export function pairFields(survivor: KnownPerson, other: KnownPerson): FieldPair[] {
  const names = [
    ...FIELDS.filter((field) => !JOINED.has(field)),
    ...[...new Set([...Object.keys(survivor.attributes), ...Object.keys(other.attributes)])]
      .toSorted()
      .map((code) => `attributes.${code}`),
  ];
  return names.flatMap((field) => {
    const [own, theirs] = [valueOf(survivor, field), valueOf(other, field)];
    if (own.value === null && theirs.value === null) return [];
    const differs = JSON.stringify(own.value) !== JSON.stringify(theirs.value);
    return [
      { field, survivor: own, other: theirs, differs, suggested: own.value === null ? 'OTHER' : 'SURVIVOR' },
    ];
  });
}

export function valueOf(person: KnownPerson, field: string): FieldValue {
  const value = field.startsWith('attributes.')
    ? person.attributes[field.slice('attributes.'.length)]
    : person[field as (typeof FIELDS)[number]];
  return { value: value ?? null, origin: person.origins[field] ?? null };
}

export interface Joined {
  person: KnownPerson;
  /** Names of the survivor's values that are different now. */
  changed: string[];
}

/**
 * One person out of two: the survivor's values, the other's where the survivor has none or somebody chose them, each
 * with where it came from; tags of both.
 */
export function joinPersons(
  survivor: KnownPerson,
  other: KnownPerson,
  choices: readonly FieldChoice[],
): Joined {
  const chosen = new Map(choices.map(({ field, from }) => [field, from]));
  const person = { ...survivor, attributes: { ...survivor.attributes }, origins: { ...survivor.origins } };
  const changed: string[] = [];
  for (const pair of pairFields(survivor, other)) {
    if (!pair.differs || (chosen.get(pair.field) ?? pair.suggested) === 'SURVIVOR') continue;
    setValue(person, pair.field, pair.other);
    changed.push(pair.field);
  }
  const tags = [...new Set([...survivor.tags, ...other.tags])];
  if (tags.length > survivor.tags.length) changed.push('tags');
  person.tags = tags;
  if (other.doNotDisturb && !survivor.doNotDisturb) {
    setValue(person, 'doNotDisturb', valueOf(other, 'doNotDisturb'));
    changed.push('doNotDisturb');
  }
  return { person, changed };
}

/** Puts a value in its place, with its origin; null takes it out. */
export function setValue(person: KnownPerson, field: string, { value, origin }: FieldValue): void {
  if (!field.startsWith('attributes.')) Object.assign(person, { [field]: value });
  else if (value === null) delete person.attributes[field.slice('attributes.'.length)];
  else person.attributes[field.slice('attributes.'.length)] = value;
  if (origin === null) delete person.origins[field];
  else person.origins[field] = origin;
}

/** The values a merge replaced, by field, and what it put there. */
export type BeforeMerge = Record<string, { before: FieldValue; after: FieldValue }>;

export function beforeMerge(survivor: KnownPerson, joined: Joined): BeforeMerge {
  return Object.fromEntries(
    joined.changed.map((field) => [
      field,
      { before: valueOf(survivor, field), after: valueOf(joined.person, field) },
    ]),
  );
}

/** The person before the merge; what was changed since by somebody else stays as it is. Tags lose those that came. */
export function partPersons(person: KnownPerson, image: BeforeMerge): Joined {
  const parted = { ...person, attributes: { ...person.attributes }, origins: { ...person.origins } };
  const changed: string[] = [];
  for (const [field, { before, after }] of Object.entries(image)) {
    if (field === 'tags') {
      const came = (after.value as string[]).filter((tag) => !(before.value as string[]).includes(tag));
      parted.tags = parted.tags.filter((tag) => !came.includes(tag));
    } else {
      if (JSON.stringify(valueOf(person, field)) !== JSON.stringify(after)) continue;
      setValue(parted, field, before);
    }
    changed.push(field);
  }
  return { person: parted, changed };
}
