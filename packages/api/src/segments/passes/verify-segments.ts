import { sql } from 'kysely';
import * as z from 'zod';
import { writeSetting, type SettingKind } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import {
  inScope,
  leavesOfCompany,
  membershipStatement,
  readSurroundings,
  type Scope,
} from '../language/index.ts';
import { readWorlds } from '../membership/world.ts';
import { eachChunk } from './chunks.ts';
import { inTurn } from './pass-lock.ts';

export const VERIFY_SEGMENTS = 'segments.verify';

/** Somebody is in a segment they should not be in, or the other way round; or a size is not the number of members. */
export interface MembershipDifference {
  segmentId: string;
  /** null: of the size. */
  profileId: string | null;
  stored: string;
  computed: string;
}

const MOST_TOLD = 100;

/** What the last look found; 0 after a clean one. */
export const verifiedSegments: SettingKind<{ at: string | null; differences: number }> = {
  name: 'segments-verified',
  schema: z.object({ at: z.string().nullable(), differences: z.int() }),
  initial: { at: null, differences: 0 },
};

/** Every night: is what is stored what would be computed? Tells, and mends nothing. */
export const verifySegmentsTask: TaskKind = {
  kind: VERIFY_SEGMENTS,
  scope: 'segments.read',
  run: async (ctx, _facts, report, signal) => {
    const { people, differences } = await inTurn(ctx, signal, () => verifySegments(ctx, { report, signal }));
    await writeSetting(ctx, verifiedSegments, {
      at: ctx.clock.now().toISOString(),
      differences: differences.length,
    });
    for (const difference of differences)
      ctx.log.error({ difference }, 'a stored membership is not what would be computed');
    return { result: { people, differences: differences.length } };
  },
};

/** @returns how many people were looked at, and the first hundred differences */
export async function verifySegments(
  ctx: Context,
  progress: Parameters<typeof eachChunk>[1],
): Promise<{ people: number; differences: MembershipDifference[] }> {
  const differences: MembershipDifference[] = [];
  let people = 0;
  await eachChunk(ctx, progress, async (tx, scope) => {
    const chunk = await compareChunk(tx, scope);
    people += chunk.people;
    differences.push(...chunk.differences.slice(0, MOST_TOLD - differences.length));
  });
  differences.push(...(await compareSizes(ctx)).slice(0, Math.max(0, MOST_TOLD - differences.length)));
  return { people, differences };
}

interface Row {
  profileId: string;
  entered: number[];
  left: number[];
}

/** In one statement, so as of one moment. Who waits to be looked at, or whose moment has just come, is passed over. */
async function compareChunk(
  tx: Context,
  scope: Scope,
): Promise<{ people: number; differences: MembershipDifference[] }> {
  const { live } = await readWorlds(tx);
  const computed = live.segments.filter(({ frozen }) => !frozen);
  if (computed.length === 0) return { people: 0, differences: [] };
  const surroundings = await readSurroundings(tx, live.conditions);
  const numbers = computed.map(({ number }) => number);
  const { rows } = await sql<Row & { people: number }>`
    with fresh as materialized (${await membershipStatement(computed, leavesOfCompany(tx), scope, surroundings)}),
    stored as materialized (
      select profile_id, next_check_at, failed_at,
        array(select n from unnest(segments) n where n = any(${numbers}::smallint[]) order by 1) as segments
      from public.profile_segment where ${inScope(scope, sql`profile_id`)})
    select profile_id as "profileId",
      array(select unnest(fresh.segments) except select unnest(coalesce(stored.segments, '{}'))) as entered,
      array(select unnest(coalesce(stored.segments, '{}')) except select unnest(coalesce(fresh.segments, '{}'))) as left,
      (select count(*)::int from fresh) as people
    from fresh full join stored using (profile_id)
    where coalesce(fresh.segments, '{}') <> coalesce(stored.segments, '{}')
      and not exists (select from public.segment_dirty d where d.profile_id = coalesce(fresh.profile_id, stored.profile_id))
      and (stored.next_check_at is null or stored.next_check_at > ${surroundings.now})
    union all select null, '{}', '{}', (select count(*)::int from fresh)`.execute(tx.sql);
  const idOf = new Map(computed.map(({ id, number }) => [number, id]));
  const told = (row: Row, wrong: readonly number[], stored: 'in' | 'out') =>
    wrong.map((number) => ({
      segmentId: idOf.get(number) ?? '',
      profileId: row.profileId,
      stored,
      computed: stored === 'in' ? 'out' : 'in',
    }));
  return {
    people: rows.at(-1)?.people ?? 0,
    differences: rows
      .slice(0, -1)
      .flatMap((row) => [...told(row, row.entered, 'out'), ...told(row, row.left, 'in')]),
  };
}

async function compareSizes(ctx: Context): Promise<MembershipDifference[]> {
  const { rows } = await sql<{ id: string; stored: number; computed: number }>`
    select s.id, coalesce(last.size, 0) as stored, coalesce(counted.people, 0) as computed
    from public.segment s
    left join lateral (select size from public.segment_size z where z.segment_id = s.id order by day desc limit 1) last
      on true
    left join (select n, count(*)::int as people from public.profile_segment, unnest(segments) n group by n) counted
      on counted.n = s.number
    where s.live_condition is not null and coalesce(last.size, 0) <> coalesce(counted.people, 0)
    order by s.id`.execute(ctx.sql);
  return rows.map(({ id, stored, computed }) => ({
    segmentId: id,
    profileId: null,
    stored: String(stored),
    computed: String(computed),
  }));
}
