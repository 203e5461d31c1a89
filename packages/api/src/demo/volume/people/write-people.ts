import { copyText, copyTextArray, copyTime, NULL } from '../bulk/row-text.ts';
import type { BulkLoad, BulkTable } from '../bulk/bulk-load.ts';
import { consentRows } from './consents.ts';
import { identityRows, type IdentityMaker } from './identities.ts';
import { INTERESTS, STYLES } from './define-attributes.ts';
import type { Names } from './names.ts';
import type { PeoplePlan } from './plan-people.ts';
import type { VolumeStore } from '../stores.ts';
import type { TimeOrderedIds } from '../bulk/time-ordered-ids.ts';
import type { Random } from '../../random.ts';

export interface WritePeople {
  readonly load: BulkLoad;
  readonly random: Random;
  readonly ids: TimeOrderedIds;
  readonly plan: PeoplePlan;
  readonly names: Names;
  readonly stores: readonly VolumeStore[];
  readonly identities: IdentityMaker;
  readonly consentTexts: { readonly processing: string; readonly advertising: string };
  readonly now: number;
  readonly onProgress: (done: number) => void;
}

const PROFILE = `id, kind, given_name, family_name, patronymic, birth_date, gender, tags, attributes, preferred_store_id,
  preferred_channel, do_not_disturb, created_at, enrolled_at, updated_at`;
const IDENTITY =
  'profile_id, id, kind, source, sealed, masked, blind_index, verified_at, position, created_at';
const IDENTITY_KEY = 'blind_index, profile_id, identity_id';
const CONSENT = 'profile_id, id, text_id, purpose, version, channel, topic, granted, source, given_at';

const EVERY = 500;

/** Profiles, what they are recognised by and what they agreed to, in the order they became known. */
export async function writePeople(input: WritePeople): Promise<void> {
  const { load, plan, ids, random, onProgress } = input;
  const tables = {
    profile: load.table('profile', PROFILE),
    identity: load.table('identity', IDENTITY),
    key: load.table('identity_key', IDENTITY_KEY),
    consent: load.table('consent', CONSENT),
  };
  let before: Person | null = null;
  for (let person = 0; person < plan.count; person += 1) {
    const createdAt = plan.createdAt[person] ?? input.now;
    const id = ids.next(createdAt);
    plan.ids.push(id);
    const known: Person | null = plan.isDuplicate[person] === 1 ? before : null;
    const facts: Person = known ?? personOf(random, input, person);
    before = facts;
    const enrolled = random.chance(0.88);
    tables.profile.add(profileRow(random, { id, facts, createdAt, enrolled, input, person }));
    writeIdentities(tables, input, { id, person, createdAt });
    for (const row of consentRows(
      random,
      { id, createdAt, enrolled, now: input.now, ids },
      input.consentTexts,
    ))
      tables.consent.add(row);
    if (person % EVERY === 0) {
      await load.breathe();
      onProgress(person);
    }
  }
  await load.flush();
}

/** Names and day of birth, as the row has them. */
interface Person {
  readonly names: string;
  readonly birthDate: string;
  readonly gender: string;
}

function personOf(random: Random, { names, plan }: WritePeople, person: number): Person {
  const isFemale = plan.isFemale[person] === 1;
  const { given, family, patronymics } = isFemale ? names.female : names.male;
  const patronymic = random.chance(0.35) ? random.pick(patronymics) : null;
  return {
    names: [random.pick(given), random.pick(family), patronymic].map(copyText).join('\t'),
    birthDate: random.chance(0.82)
      ? `${random.between(1_950, 2_008)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`
      : NULL,
    gender: random.chance(0.94) ? (isFemale ? 'FEMALE' : 'MALE') : NULL,
  };
}

function profileRow(
  random: Random,
  {
    id,
    facts,
    createdAt,
    enrolled,
    input,
    person,
  }: { id: string; facts: Person; createdAt: number; enrolled: boolean; input: WritePeople; person: number },
): string {
  const at = copyTime(createdAt);
  const store = input.stores[input.plan.home[person] ?? 0];
  return `${id}\tPERSON\t${facts.names}\t${facts.birthDate}\t${facts.gender}\t${copyTextArray(tagsOf(random))}\t${attributesOf(
    random,
    input.names,
  )}\t${random.chance(0.7) ? (store?.id ?? NULL) : NULL}\t${
    random.chance(0.3) ? random.pick(CHANNELS) : NULL
  }\t${random.chance(0.015) ? 't' : 'f'}\t${at}\t${enrolled ? at : NULL}\t${at}\n`;
}

const CHANNELS = ['EMAIL', 'SMS', 'VIBER', 'PUSH', 'CALL'];

/** How many of a thousand have each. */
export const TAGS: Readonly<Record<string, number>> = {
  'любит новинки': 70,
  'ждёт скидок': 110,
  vip: 12,
  оптовик: 4,
  сотрудник: 2,
  блогер: 3,
  жаловался: 9,
  корпоративный: 6,
  амбассадор: 2,
  'анкета заполнена': 240,
};

function tagsOf(random: Random): string[] {
  return Object.entries(TAGS).flatMap(([tag, share]) => (random.chance(share / 1_000) ? [tag] : []));
}

function attributesOf(random: Random, { cities }: Names): string {
  const parts: string[] = [];
  if (random.chance(0.75)) parts.push(`"city":"${random.pick(cities)}"`);
  if (random.chance(0.22)) parts.push(`"shoe_size":${random.between(35, 46)}`);
  if (random.chance(0.3)) parts.push(`"style":"${random.pick(STYLES)}"`);
  if (random.chance(0.25)) parts.push(`"has_children":${random.chance(0.55)}`);
  if (random.chance(0.06))
    parts.push(
      `"wedding_day":"${random.between(1_990, 2_024)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}"`,
    );
  if (random.chance(0.2)) {
    const interests = INTERESTS.filter(() => random.chance(0.35));
    parts.push(`"interests":${JSON.stringify(interests)}`);
  }
  return `{${parts.join(',')}}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function writeIdentities(
  tables: { identity: BulkTable; key: BulkTable },
  { random, ids, plan, stores, identities }: WritePeople,
  { id, person, createdAt }: { id: string; person: number; createdAt: number },
): void {
  const isKazakh = stores[plan.home[person] ?? 0]?.currency === 'KZT';
  for (const { identityId, blindIndex, row } of identityRows(random, identities, {
    ids,
    person,
    isKazakh,
    createdAt,
  })) {
    tables.identity.add(`${id}\t${identityId}\t${row}`);
    tables.key.add(`${blindIndex}\t${id}\t${identityId}\n`);
  }
}
