import type { InputProblem } from '../../platform/errors.ts';
import { freshConsents, isAbout, type LastConsent, type ParsedConsent } from '../consents/record-consents.ts';
import type { IdentityKind, IdentityValue } from '../identities/identity.ts';
import { applyPatch, NOTHING_KNOWN, type KnownPerson, type PatchRules } from '../person/apply-patch.ts';
import {
  identitiesOf,
  LISTS,
  type ListKind,
  type ProfileRecord,
  type RecordIdentity,
} from './profile-record.ts';

export interface PlannedIdentity {
  id: string;
  kind: IdentityKind;
  blindIndex: string;
  position: number;
  /** Of one that is known: as it may be shown, and since when it is theirs. */
  masked?: string;
  since?: Date;
  /** Of one that is new. */
  value?: IdentityValue;
}

/** A profile while a batch goes over it. */
export interface PlannedProfile {
  id: string;
  isNew: boolean;
  person: KnownPerson;
  identities: PlannedIdentity[];
  /** Those that go. */
  removed: PlannedIdentity[];
  consents: ParsedConsent[];
  lastConsents: LastConsent[];
  /** Names of what is different now. */
  changed: Set<string>;
}

export interface UpsertedRecord {
  externalId: string | null;
  status: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'CONFLICT' | 'REJECTED';
  profileId: string | null;
  problems: InputProblem[];
  /** Of a CONFLICT: the people it is about, and the kinds of identity that belong to others than the first. */
  conflict?: { profileIds: string[]; kinds: IdentityKind[] };
}

export interface UpsertPlan {
  results: UpsertedRecord[];
  /** By id; those with something to write are `isNew` or have `changed`. */
  profiles: Map<string, PlannedProfile>;
}

export interface PlanFacts {
  profiles: Map<string, PlannedProfile>;
  /** Blind index → profile. */
  owners: Map<string, string>;
  /** Blind indexes of erased people: nobody brings them back but they themselves. */
  erased: ReadonlySet<string>;
  /** Whose word weighs more, by name of the value. */
  rules: PatchRules;
  source: string;
  /** Of records that do not say when they were true. */
  now: Date;
  newId(): string;
}

/**
 * What a batch of records makes of the profiles there are; each record is judged after the ones before it.
 * Pure: reads and writes are elsewhere. An identity of another person is never taken: the record is a CONFLICT.
 */
export function planUpsert(records: readonly ProfileRecord[], facts: PlanFacts): UpsertPlan {
  const results = records.map((record) => planOne(record, facts));
  return { results, profiles: facts.profiles };
}

function planOne(record: ProfileRecord, facts: PlanFacts): UpsertedRecord {
  const { externalId, problems } = record;
  if (problems.length > 0) return { externalId, status: 'REJECTED', profileId: null, problems };
  const identities = identitiesOf(record);
  const erased = identities.filter(({ blindIndex }) => facts.erased.has(blindIndex));
  if (erased.length > 0)
    return { externalId, status: 'REJECTED', profileId: null, problems: erased.map(ofErased) };
  const ownerIds = new Set(identities.flatMap(({ blindIndex }) => facts.owners.get(blindIndex) ?? []));
  if (ownerIds.size > 1)
    return { externalId, status: 'CONFLICT', profileId: null, ...conflictOf(identities, facts) };
  const [ownerId] = ownerIds;
  const profile = (ownerId === undefined ? undefined : facts.profiles.get(ownerId)) ?? addProfile(facts);
  const created = ownerId === undefined;
  const changed = [
    ...change(profile, record, facts),
    ...(record.external ? own(profile, record.external, facts) : []),
    ...LISTS.flatMap((kind) => replaceList(profile, kind, record, facts)),
    ...agree(profile, record.consents, facts),
  ];
  for (const name of changed) profile.changed.add(name);
  const status = created ? 'CREATED' : changed.length > 0 ? 'UPDATED' : 'UNCHANGED';
  return { externalId, status, profileId: profile.id, problems: [] };
}

function ofErased({ path }: RecordIdentity): InputProblem {
  return { path, code: 'ERASED', message: 'belonged to a person who was erased' };
}

/** All but the first person's identities are told: which of them is wrong, only people can say. */
function conflictOf(
  identities: readonly RecordIdentity[],
  { owners }: PlanFacts,
): Required<Pick<UpsertedRecord, 'problems' | 'conflict'>> {
  const taken = identities.flatMap((one) => {
    const owner = owners.get(one.blindIndex);
    return owner === undefined ? [] : [{ ...one, owner }];
  });
  const others = taken.filter(({ owner }) => owner !== taken[0]?.owner);
  return {
    problems: others.map(({ path }) => ({ path, code: 'DUPLICATE', message: 'belongs to another person' })),
    conflict: {
      profileIds: [...new Set(taken.map(({ owner }) => owner))],
      kinds: [...new Set(others.map(({ identity }) => identity.kind))],
    },
  };
}

function addProfile(facts: PlanFacts): PlannedProfile {
  const profile: PlannedProfile = {
    id: facts.newId(),
    isNew: true,
    person: NOTHING_KNOWN,
    identities: [],
    removed: [],
    consents: [],
    lastConsents: [],
    changed: new Set(),
  };
  facts.profiles.set(profile.id, profile);
  return profile;
}

function change(profile: PlannedProfile, record: ProfileRecord, facts: PlanFacts): string[] {
  const { source, now, rules } = facts;
  const at = (record.updatedAt ?? now).toISOString();
  const { person, changed } = applyPatch(profile.person, record.patch, { source, at }, rules);
  profile.person = person;
  return changed;
}

/** @returns what changed: nothing, when it was the profile's already */
function own(profile: PlannedProfile, { identity, blindIndex }: RecordIdentity, facts: PlanFacts): string[] {
  if (profile.identities.some((one) => one.blindIndex === blindIndex)) return [];
  const positions = profile.identities
    .filter(({ kind }) => kind === identity.kind)
    .map((one) => one.position);
  const position = Math.max(-1, ...positions) + 1;
  profile.identities.push({ id: facts.newId(), kind: identity.kind, blindIndex, position, value: identity });
  facts.owners.set(blindIndex, profile.id);
  return ['externalId'];
}

function replaceList(
  profile: PlannedProfile,
  kind: ListKind,
  record: ProfileRecord,
  facts: PlanFacts,
): string[] {
  const list = record.lists[kind];
  const name = LIST_NAMES[kind];
  const at = (record.updatedAt ?? facts.now).toISOString();
  if (list === undefined || (profile.person.origins[name]?.at ?? '') > at) return [];
  const before = profile.identities.filter((one) => one.kind === kind);
  const wanted = list.map(({ blindIndex }) => blindIndex);
  if (order(before).join(' ') === wanted.join(' ')) return [];
  for (const gone of before.filter((one) => !wanted.includes(one.blindIndex))) {
    if (gone.value === undefined) profile.removed.push(gone);
    profile.identities = profile.identities.filter((one) => one !== gone);
    facts.owners.delete(gone.blindIndex);
  }
  for (const [position, one] of list.entries()) {
    own(profile, one, facts);
    const mine = profile.identities.find(({ blindIndex }) => blindIndex === one.blindIndex);
    if (mine) mine.position = position;
  }
  const origins = { ...profile.person.origins, [name]: { source: facts.source, at } };
  profile.person = { ...profile.person, origins };
  return [name];
}

const LIST_NAMES: Record<ListKind, string> = { PHONE: 'phones', EMAIL: 'emails', CARD: 'cards' };

function order(identities: readonly PlannedIdentity[]): string[] {
  return identities.toSorted((a, b) => a.position - b.position).map(({ blindIndex }) => blindIndex);
}

function agree(profile: PlannedProfile, consents: readonly ParsedConsent[], facts: PlanFacts): string[] {
  return consents.flatMap((consent) => {
    if (freshConsents([consent], profile.lastConsents).length === 0) return [];
    const { text, granted, channel, topic } = consent;
    profile.lastConsents = [
      ...profile.lastConsents.filter((one) => !isAbout(one, consent)),
      {
        profileId: profile.id,
        brandId: text.brandId,
        purpose: text.purpose,
        channel,
        topic,
        textId: text.id,
        textVersion: text.version,
        granted,
        source: facts.source,
        note: null,
        givenAt: facts.now,
      },
    ];
    profile.consents.push(consent);
    return [`consents.${text.purpose}`];
  });
}
