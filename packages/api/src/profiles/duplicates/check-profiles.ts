import { sql } from 'kysely';
import { readSetting } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { pairOf } from './candidates.ts';
import { DUPLICATE_SETTINGS } from './duplicate-settings.ts';
import { blockKeys } from './matching/block-keys.ts';
import { compareRecords } from './matching/compare-records.ts';
import { judge, type Verdict } from './matching/match-model.ts';
import type { MatchRecord } from './matching/match-record.ts';
import { readRecords } from './read-records.ts';
import { modelFor } from './usual-model.ts';

/** A key more people share tells nothing. */
const LARGEST_BLOCK = 50;
/** Characters of a keyed hash: 96 bits. */
const TOKEN_LENGTH = 16;

/** Writes what profiles are found by: all of their keys anew. Those that are nobody any more have none. */
export async function indexProfiles(tx: Context, ids: readonly string[]): Promise<MatchRecord[]> {
  const records = await readRecords(tx, ids);
  const tokens = records.flatMap((record) =>
    blockKeys(record).map((key) => ({ profileId: record.id, token: tokenOf(tx, key) })),
  );
  await sql`delete from public.duplicate_token where profile_id = any(${[...ids]}::uuid[])`.execute(tx.sql);
  await sql`
    insert into public.duplicate_token (token, profile_id)
    select * from unnest(${tokens.map(({ token }) => token)}::text[], ${tokens.map(({ profileId }) => profileId)}::uuid[])
    on conflict do nothing`.execute(tx.sql);
  return records;
}

function tokenOf({ vault }: Pick<Context, 'vault'>, key: string): string {
  return vault.index('duplicate', key).slice(0, TOKEN_LENGTH);
}

export interface JudgedPair extends Verdict {
  lowId: string;
  highId: string;
}

/**
 * Compares profiles with those that share a key with them: the only ones whose contacts are opened. Pairs worth asking
 * about are put into the queue, those not worth it any more leave it; what people decided stays decided.
 * @param later only profiles with a greater id, where all are compared one after another
 * @returns how many pairs are in the queue for them
 */
export async function compareProfiles(
  tx: Context,
  records: readonly MatchRecord[],
  later: boolean,
): Promise<number> {
  const ids = records.map(({ id }) => id);
  const pairs = await sharingKeys(tx, ids, later);
  const known = new Map(records.map((record) => [record.id, record]));
  const others = pairs.flatMap(({ lowId, highId }) => [lowId, highId]).filter((id) => !known.has(id));
  for (const record of await readRecords(tx, [...new Set(others)])) known.set(record.id, record);
  const judged = await judgePairs(tx, pairs, known);
  const { askFrom } = await readSetting(tx, DUPLICATE_SETTINGS);
  const likely = judged.filter(({ probability }) => probability >= askFrom);
  await dropUnlikely(tx, ids, likely, later);
  await queue(tx, likely);
  return likely.length;
}

interface SharedKey {
  lowId: string;
  highId: string;
}

async function sharingKeys(tx: Context, ids: readonly string[], later: boolean): Promise<SharedKey[]> {
  const { rows } = await sql<SharedKey>`
    select distinct least(mine.profile_id, other.profile_id) as "lowId", greatest(mine.profile_id, other.profile_id) as "highId"
    from (
      select token, profile_id from public.duplicate_token mine
      where profile_id = any(${[...ids]}::uuid[]) and (
        select count(*) from (
          select from public.duplicate_token same where same.token = mine.token limit ${LARGEST_BLOCK + 1}) block
        ) <= ${LARGEST_BLOCK}
    ) mine
    join public.duplicate_token other on other.token = mine.token
      and ${later ? sql`other.profile_id > mine.profile_id` : sql`other.profile_id <> mine.profile_id`}
    where not exists (
      select from public.duplicate_candidate decided
      where decided.low_id = least(mine.profile_id, other.profile_id)
        and decided.high_id = greatest(mine.profile_id, other.profile_id) and decided.state = 'NOT_SAME')`.execute(
    tx.sql,
  );
  return rows;
}

async function judgePairs(
  tx: Context,
  pairs: readonly SharedKey[],
  known: ReadonlyMap<string, MatchRecord>,
): Promise<JudgedPair[]> {
  const both = pairs.flatMap(({ lowId, highId }) => {
    const [low, high] = [known.get(lowId), known.get(highId)];
    return low && high ? [{ lowId, highId, low, high }] : [];
  });
  if (both.length === 0) return [];
  const model = await modelFor(
    tx,
    both.flatMap(({ low, high }) => [low, high]),
  );
  return both.map(({ lowId, highId, low, high }) => ({
    lowId,
    highId,
    ...judge(model, compareRecords(low, high)),
  }));
}

/** How likely two profiles are one person, however they came to be compared. null: one of them is nobody any more. */
export async function judgeTwo(tx: Context, a: string, b: string): Promise<JudgedPair | null> {
  const records = await readRecords(tx, [a, b]);
  const [judged] = await judgePairs(
    tx,
    [pairOf(a, b)],
    new Map(records.map((record) => [record.id, record])),
  );
  return judged ?? null;
}

async function dropUnlikely(
  tx: Context,
  ids: readonly string[],
  likely: readonly JudgedPair[],
  later: boolean,
): Promise<void> {
  const mine = later
    ? sql`low_id = any(${[...ids]}::uuid[])`
    : sql`(low_id = any(${[...ids]}::uuid[]) or high_id = any(${[...ids]}::uuid[]))`;
  await sql`
    delete from public.duplicate_candidate where ${mine} and state in ('OPEN', 'SKIPPED') and claimed = '{}'
      and (low_id, high_id) not in (
        select * from unnest(${likely.map(({ lowId }) => lowId)}::uuid[], ${likely.map(({ highId }) => highId)}::uuid[]))`.execute(
    tx.sql,
  );
}

/** Whoever was skipped stays skipped: they come again when asked for. */
export async function queue(
  tx: Context,
  pairs: readonly JudgedPair[],
  claimed: readonly string[] = [],
): Promise<void> {
  if (pairs.length === 0) return;
  const rows = pairs.map(({ lowId, highId, probability, evidence }) => ({
    lowId,
    highId,
    probability,
    evidence,
  }));
  await sql`
    insert into public.duplicate_candidate as known (low_id, high_id, probability, evidence, claimed, state, found_at)
    select r."lowId", r."highId", r.probability, r.evidence, ${[...claimed]}::text[], 'OPEN', ${tx.clock.now()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r("lowId" uuid, "highId" uuid, probability double precision, evidence jsonb)
    on conflict (low_id, high_id) do update set probability = excluded.probability, evidence = excluded.evidence,
      claimed = array(select distinct unnest(known.claimed || excluded.claimed) order by 1)
    where known.state <> 'NOT_SAME'`.execute(tx.sql);
}
