import type { InputProblem } from '../../platform/errors.ts';
import { isStorable } from '../../platform/json-names.ts';
import { readAttributeValues, type KnownAttribute } from '../attributes/attribute-values.ts';
import { CONTACT_CHANNELS, type ContactChannel } from '../profile.entity.ts';

/** What is told of a person; absent: nothing said, null: it is to be forgotten. */
export interface PersonPatch {
  givenName?: string | null;
  familyName?: string | null;
  patronymic?: string | null;
  /** YYYY-MM-DD */
  birthDate?: string | null;
  gender?: 'FEMALE' | 'MALE' | 'OTHER' | null;
  tags?: string[];
  /** Name by name; null forgets one. */
  attributes?: Record<string, unknown>;
  preferredStoreId?: string | null;
  preferredChannel?: ContactChannel | null;
  doNotDisturb?: boolean;
}

/** As it comes in; undefined: absent. */
export interface PersonInput {
  givenName?: string | null | undefined;
  familyName?: string | null | undefined;
  patronymic?: string | null | undefined;
  birthDate?: string | null | undefined;
  gender?: 'FEMALE' | 'MALE' | 'OTHER' | null | undefined;
  tags?: readonly string[] | null | undefined;
  attributes?: unknown;
  preferredStoreCode?: string | null | undefined;
  preferredChannel?: string | null | undefined;
  doNotDisturb?: boolean | null | undefined;
}

/** What values are held against. */
export interface PersonFacts {
  /** YYYY-MM-DD: nobody is born later. */
  today: string;
  /** Definitions by code; empty: any JSON is taken. */
  attributes: ReadonlyMap<string, KnownAttribute>;
  /** Stores by code. */
  stores: ReadonlyMap<string, string>;
}

const LONGEST_NAME = 100;
export const MOST_TAGS = 100;
const LONGEST_TAG = 64;

/** @returns the patch, and what is wrong with the rest, by path */
export function readPersonValues(
  input: PersonInput,
  facts: PersonFacts,
): { patch: PersonPatch; problems: InputProblem[] } {
  const patch: PersonPatch = {};
  const problems: InputProblem[] = [];
  for (const field of ['givenName', 'familyName', 'patronymic'] as const) {
    const name = input[field];
    if (name === undefined) continue;
    const read = name === null ? null : readText(name, LONGEST_NAME);
    if (read === undefined) problems.push(problem(field, 'FORMAT', 'is at most 100 printable characters'));
    else patch[field] = read;
  }
  readBirthDate(input, facts.today, patch, problems);
  if (input.gender !== undefined) patch.gender = input.gender;
  readTags(input.tags, patch, problems);
  readAttributes(input.attributes, facts, patch, problems);
  readPreferences(input, facts, patch, problems);
  return { patch, problems };
}

/** Trimmed; empty means nothing is known; undefined: not a name at all. */
function readText(text: string, longest: number): string | null | undefined {
  const trimmed = text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (trimmed.length > longest || /\p{Cc}/u.test(trimmed) || !isStorable(trimmed)) return undefined;
  return trimmed === '' ? null : trimmed;
}

function readBirthDate(
  { birthDate }: PersonInput,
  today: string,
  patch: PersonPatch,
  problems: InputProblem[],
): void {
  if (birthDate === undefined) return;
  if (birthDate === null) patch.birthDate = null;
  else if (!isDay(birthDate)) problems.push(problem('birthDate', 'FORMAT', 'is a calendar day, YYYY-MM-DD'));
  else if (birthDate < '1900-01-01' || birthDate > today)
    problems.push(problem('birthDate', 'RANGE', 'is between 1900 and today'));
  else patch.birthDate = birthDate;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** A tag as it is kept: trimmed, single spaces; null when it is none. */
export function readTag(text: string): string | null {
  return readText(text, LONGEST_TAG) ?? null;
}

/** Without those that differ in capitals only: the first spelling stays. */
export function distinctTags(tags: readonly string[]): string[] {
  return [
    ...new Map(tags.map((tag) => [tag.toLowerCase(), tag] as const).toReversed()).values(),
  ].toReversed();
}

function readTags(tags: PersonInput['tags'], patch: PersonPatch, problems: InputProblem[]): void {
  if (tags === undefined) return;
  const read = (tags ?? []).map(readTag);
  const known = read.filter((tag) => tag !== null);
  if (known.length < read.length)
    problems.push(problem('tags', 'FORMAT', `a tag is 1 to ${LONGEST_TAG} printable characters`));
  else if (known.length > MOST_TAGS) problems.push(problem('tags', 'TOO_MANY', `at most ${MOST_TAGS}`));
  else patch.tags = distinctTags(known);
}

function readAttributes(
  attributes: unknown,
  facts: PersonFacts,
  patch: PersonPatch,
  problems: InputProblem[],
): void {
  if (attributes === undefined) return;
  const read = readAttributeValues(facts.attributes, attributes);
  problems.push(...read.problems);
  if (read.problems.length === 0) patch.attributes = read.values;
}

function readPreferences(
  { preferredStoreCode, preferredChannel, doNotDisturb }: PersonInput,
  { stores }: PersonFacts,
  patch: PersonPatch,
  problems: InputProblem[],
): void {
  if (preferredStoreCode !== undefined) {
    const storeId = preferredStoreCode === null ? null : stores.get(preferredStoreCode);
    if (storeId === undefined)
      problems.push(problem('preferredStoreCode', 'UNKNOWN', 'is the code of no store'));
    else patch.preferredStoreId = storeId;
  }
  if (preferredChannel !== undefined) {
    const channel = CONTACT_CHANNELS.find((known) => known === preferredChannel) ?? null;
    if (channel === null && preferredChannel !== null)
      problems.push(problem('preferredChannel', 'UNKNOWN', 'is none of the channels'));
    else patch.preferredChannel = channel;
  }
  if (doNotDisturb !== undefined) patch.doNotDisturb = doNotDisturb ?? false;
}

function problem(field: string, code: InputProblem['code'], message: string): InputProblem {
  return { path: [field], code, message };
}
