import type { InputProblem } from '../../platform/errors.ts';

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
}

const LONGEST_NAME = 100;
const MOST_TAGS = 100;
const MOST_ATTRIBUTES = 200;
const LONGEST_ATTRIBUTES = 16_384;
/** Names that mean something to a JavaScript object. */
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** @param today YYYY-MM-DD: nobody is born later. @returns the patch, and what is wrong with the rest, by path */
export function readPersonValues(
  input: PersonInput,
  today: string,
): { patch: PersonPatch; problems: InputProblem[] } {
  const patch: PersonPatch = {};
  const problems: InputProblem[] = [];
  for (const field of ['givenName', 'familyName', 'patronymic'] as const) {
    const name = input[field];
    if (name === undefined) continue;
    const read = name === null ? null : readText(name);
    if (read === undefined) problems.push(problem(field, 'FORMAT', 'is at most 100 printable characters'));
    else patch[field] = read;
  }
  readBirthDate(input, today, patch, problems);
  if (input.gender !== undefined) patch.gender = input.gender;
  readTags(input.tags, patch, problems);
  readAttributes(input.attributes, patch, problems);
  return { patch, problems };
}

/** Trimmed; empty means nothing is known; undefined: not a name at all. */
function readText(text: string): string | null | undefined {
  const trimmed = text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (trimmed.length > LONGEST_NAME || /\p{Cc}/u.test(trimmed)) return undefined;
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

function readTags(tags: PersonInput['tags'], patch: PersonPatch, problems: InputProblem[]): void {
  if (tags === undefined) return;
  const read = (tags ?? []).map(readText);
  if (read.length > MOST_TAGS) problems.push(problem('tags', 'TOO_MANY', `at most ${MOST_TAGS}`));
  else if (read.some((tag) => tag === null || tag === undefined))
    problems.push(problem('tags', 'FORMAT', 'a tag is 1 to 100 printable characters'));
  else patch.tags = [...new Set(read.filter((tag) => typeof tag === 'string'))];
}

function readAttributes(attributes: unknown, patch: PersonPatch, problems: InputProblem[]): void {
  if (attributes === undefined) return;
  if (attributes === null || typeof attributes !== 'object' || Array.isArray(attributes)) {
    problems.push(problem('attributes', 'FORMAT', 'is an object of named values'));
    return;
  }
  const names = Object.keys(attributes);
  if (names.length > MOST_ATTRIBUTES || JSON.stringify(attributes).length > LONGEST_ATTRIBUTES)
    problems.push(problem('attributes', 'TOO_MANY', 'is more than a profile holds'));
  else if (hasForbiddenName(attributes))
    problems.push(problem('attributes', 'FORMAT', 'has a name that cannot be used'));
  else patch.attributes = attributes as Record<string, unknown>;
}

/** At any depth; NUL cannot be stored either. */
function hasForbiddenName(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  if (value === null || typeof value !== 'object') return false;
  return Reflect.ownKeys(value).some(
    (name) =>
      FORBIDDEN_NAMES.has(String(name)) ||
      String(name).includes('\u0000') ||
      hasForbiddenName((value as Record<string, unknown>)[String(name)]),
  );
}

function problem(field: string, code: InputProblem['code'], message: string): InputProblem {
  return { path: [field], code, message };
}
