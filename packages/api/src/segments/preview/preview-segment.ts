import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import {
  canonical,
  EVERYBODY,
  leavesOfCompany,
  matchingStatement,
  readInBulk,
  type Fragment,
} from '../language/index.ts';
import { askable, type Asked } from './ask.ts';
import { exactLater, knownExactly, type Counted } from './exact-later.ts';
import { MOST_ROWS, refuseHeavy } from './refuse-heavy.ts';
import { canceled } from './canceled.ts';
import { reachOf, type SegmentReachRecord } from './reach.ts';

export interface SegmentPreview {
  __typename: 'SegmentPreview';
  count: number;
  /** false: as a random sample tells; asked again a little later it is counted. */
  exact: boolean;
  asOf: Date;
  milliseconds: number;
  /** Some of them. */
  profileIds: string[];
  reach(): Promise<SegmentReachRecord[]>;
}

/** What an answer may cost. */
export interface PreviewLimits {
  /** Counting longer than that is left to be done behind. */
  quickMs: number;
  /** Rows the database would read. */
  rows: number;
}

const LIMITS: PreviewLimits = { quickMs: 800, rows: MOST_ROWS };
const SAMPLE_MS = 2_500;
/** People asked instead of everybody: a share of a tenth is right within half a percent. */
const SAMPLED = 10_000;
const MOST_SHOWN = 10;

/**
 * How many people fulfil a condition now, and some of them. Counted if that is quick; else told by a sample, and
 * counted in the background for whoever asks again.
 * @throws InvalidInput @throws SegmentTooHeavy
 */
export async function previewSegment(
  ctx: Context,
  { condition: value, sample }: { condition: unknown; sample?: number | null | undefined },
  { quickMs, rows }: PreviewLimits = LIMITS,
): Promise<SegmentPreview> {
  const shown = sample ?? MOST_SHOWN;
  if (!Number.isSafeInteger(shown) || shown < 0 || shown > MOST_SHOWN)
    throw new RequestError('BAD_REQUEST', `sample is a number from 0 to ${MOST_SHOWN}.`);
  const began = performance.now();
  const asked = await askable(ctx, value);
  const everybody = matching(ctx, asked);
  await refuseHeavy(ctx, everybody, rows);
  const found =
    (await countQuickly(ctx, asked.condition, everybody, quickMs)) ?? (await estimate(ctx, asked));
  const visible = seesPeople(ctx) ? found.profileIds.slice(0, shown) : [];
  return {
    __typename: 'SegmentPreview',
    asOf: asked.surroundings.now,
    ...found,
    profileIds: visible,
    milliseconds: Math.round(performance.now() - began),
  };
}

/** Staff of some stores see numbers; people they see in lists of their own. */
function seesPeople({ actor }: Context): boolean {
  return actor.storeIds === 'ALL' && actor.scopes.has('profiles.read');
}

/** `asOf`: of what was counted before. */
type Found = Pick<SegmentPreview, 'count' | 'exact' | 'profileIds' | 'reach'> & { asOf?: Date };

function matching(ctx: Context, { condition, surroundings }: Asked): Fragment {
  return matchingStatement(condition, leavesOfCompany(ctx), EVERYBODY, surroundings);
}

/** null: it takes longer; it is counted behind. */
async function countQuickly(
  ctx: Context,
  condition: Condition,
  people: Fragment,
  quickMs: number,
): Promise<Found | null> {
  const found = knownExactly(ctx, canonical(condition)) ?? (await countedWithin(ctx, people, quickMs));
  if (found !== null) return { ...found, exact: true, reach: () => reachWithin(ctx, people, 1) };
  exactLater(ctx, canonical(condition), (tx) => countOf(tx, people));
  return null;
}

/** @param milliseconds 0: nothing is that quick */
async function countedWithin(ctx: Context, people: Fragment, milliseconds: number): Promise<Counted | null> {
  if (milliseconds === 0) return null;
  try {
    return await within(ctx, milliseconds, (tx) => countOf(tx, people));
  } catch (error) {
    if (!canceled(error)) throw error;
    return null;
  }
}

async function countOf(ctx: Pick<Context, 'sql'>, people: Fragment): Promise<Counted> {
  const { rows } = await sql<Counted>`
    with found as materialized (${people})
    select (select count(*) from found)::int as count,
      array(select profile_id from found order by md5(profile_id::text) limit ${MOST_SHOWN}) as "profileIds"`.execute(
    ctx.sql,
  );
  return rows[0] ?? { count: 0, profileIds: [] };
}

/** @throws RequestError UNAVAILABLE where even a sample takes too long */
async function estimate(ctx: Context, { condition, surroundings }: Asked): Promise<Found> {
  const { profiles, persons } = await samplePersons(ctx);
  const people = matchingStatement(condition, leavesOfCompany(ctx), { profiles }, surroundings);
  const share = profiles.length === 0 ? 0 : persons / profiles.length;
  try {
    const found = await within(ctx, SAMPLE_MS, (tx) => countOf(tx, people));
    return {
      count: Math.round(found.count * share),
      exact: false,
      profileIds: found.profileIds,
      reach: () => reachWithin(ctx, people, share),
    };
  } catch (error) {
    if (!canceled(error)) throw error;
    throw new RequestError('BUSY', 'Counting takes long right now.', 2_000);
  }
}

/** Ids are spread evenly over what is kept in order of them: every so-manieth person, from a random one on. */
async function samplePersons(ctx: Context): Promise<{ profiles: string[]; persons: number }> {
  const { rows } = await sql<{ persons: number; profiles: string[] }>`
    with counted as (select count(*)::int as persons from public.profile
      where kind = 'PERSON' and merged_into is null and erased_at is null)
    select counted.persons, array(
      select p.id from public.profile p
      where p.kind = 'PERSON' and p.merged_into is null and p.erased_at is null
        and random() < ${SAMPLED}::float / greatest(counted.persons, 1)) as profiles
    from counted`.execute(ctx.sql);
  return rows[0] ?? { profiles: [], persons: 0 };
}

/** Cut off, it tells nobody rather than a number that is wrong. */
async function reachWithin(ctx: Context, people: Fragment, share: number): Promise<SegmentReachRecord[]> {
  try {
    const reach = await within(ctx, SAMPLE_MS, (tx) => reachOf(tx, people));
    return reach.map(({ channel, people: count }) => ({ channel, people: Math.round(count * share) }));
  } catch (error) {
    if (canceled(error)) return [];
    throw error;
  }
}

async function within<Result>(
  ctx: Context,
  milliseconds: number,
  work: (tx: Context) => Promise<Result>,
): Promise<Result> {
  return inTransaction(ctx, async (tx) => {
    await sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`.execute(tx.sql);
    await readInBulk(tx);
    return work(tx);
  });
}
