import { DatabaseError } from 'pg';
import { mayWriteAs } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, RequestError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { reportIntake } from '../../platform/intake/index.ts';
import { consentTexts } from '../consents/record-consents.ts';
import { tellConflict } from '../identities/tell-conflict.ts';
import { indexesIn } from '../identities/indexes-in.ts';
import { placeOf } from '../identities/place.ts';
import type { PatchRules } from '../person/apply-patch.ts';
import { readPersonFacts } from '../person/person-facts.ts';
import type { PersonFacts } from '../person/person-values.ts';
import { readKnownProfiles } from './known-profiles.ts';
import { planUpsert, type UpsertedRecord } from './plan-upsert.ts';
import {
  identitiesOf,
  readProfileRecord,
  type ProfileRecord,
  type ProfileRecordInput,
} from './profile-record.ts';
import { writePlan } from './write-plan.ts';

export interface UpsertProfiles {
  /** Absent: every record is idempotent by itself. */
  requestId: string | null;
  source: string;
  profiles: readonly ProfileRecordInput[];
}

export interface ProfilesUpserted {
  __typename: 'ProfilesUpserted';
  /** In the order of the records. */
  results: UpsertedRecord[];
}

const MOST_RECORDS = 1_000;
const LONGEST_SOURCE = 100;

/**
 * Creates or changes people by any of their identities; a record that cannot be taken never hurts its neighbours.
 * @throws InvalidInput @throws IdempotencyConflict @throws RequestError FORBIDDEN for another's source
 */
export async function upsertProfiles(ctx: Context, input: UpsertProfiles): Promise<ProfilesUpserted> {
  const { requestId, source, profiles } = input;
  if (source.trim() === '' || source.length > LONGEST_SOURCE)
    throw invalid('source', 'FORMAT', `is 1 to ${LONGEST_SOURCE} characters`);
  if (!mayWriteAs(ctx.actor, source))
    throw new RequestError('FORBIDDEN', 'This caller may not write as this source.');
  if (profiles.length > MOST_RECORDS) throw invalid('profiles', 'TOO_MANY', `at most ${MOST_RECORDS}`);
  const facts = await readPersonFacts(ctx);
  const records = await readRecords(ctx, input, facts);
  const work = async (tx: Context): Promise<ProfilesUpserted> => {
    const upserted = await upsert(tx, records, { source, rules: facts.rules });
    await reportUpsert(tx, input, upserted.results);
    return upserted;
  };
  if (requestId === null) return retried(() => inTransaction(ctx, work));
  const key = {
    scope: `source:${source}`,
    operation: 'upsertProfiles',
    requestId,
    contentHash: hashContent(records),
  };
  return retried(() => idempotently(ctx, key, work));
}

/** Tells the exchange monitor of the batch; what was refused stays there to be corrected and replayed. */
async function reportUpsert(
  tx: Context,
  { source, profiles }: UpsertProfiles,
  results: readonly UpsertedRecord[],
): Promise<void> {
  await reportIntake(tx, {
    kind: 'PROFILES',
    source,
    personalKeys: true,
    about: (input) => indexesIn(tx, source, input),
    records: results.map(({ status, problems }, index) => ({
      key: nameOf(profiles[index]),
      status,
      problems,
      input: profiles[index],
    })),
  });
}

/** By what its source would know the person again. */
function nameOf(profile: ProfileRecordInput | undefined): string | null {
  return profile?.externalId ?? profile?.phones?.[0] ?? profile?.emails?.[0] ?? profile?.cards?.[0] ?? null;
}

async function readRecords(
  ctx: Context,
  { source, profiles }: UpsertProfiles,
  facts: PersonFacts,
): Promise<ProfileRecord[]> {
  const { country } = await placeOf(ctx);
  const texts = await consentTexts(ctx, null);
  return profiles.map((profile) => readProfileRecord({ ctx, source, country, texts, facts }, profile));
}

async function upsert(
  tx: Context,
  records: readonly ProfileRecord[],
  { source, rules }: { source: string; rules: PatchRules },
): Promise<ProfilesUpserted> {
  const indexes = records.flatMap((record) => identitiesOf(record).map(({ blindIndex }) => blindIndex));
  const known = await readKnownProfiles(tx, indexes);
  const plan = planUpsert(records, { ...known, rules, source, now: tx.clock.now(), newId });
  await writePlan(tx, plan.profiles.values(), source, { live: true });
  for (const { conflict } of plan.results) if (conflict) await tellConflict(tx, { ...conflict, source });
  return { __typename: 'ProfilesUpserted', results: plan.results };
}

const UNIQUE_VIOLATION = '23505';
const TRIES = 4;

/** Somebody else made the same person at the same moment: look again, now they are there. */
async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isTaken(error)) throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === UNIQUE_VIOLATION && error.table === 'identity_key';
}
