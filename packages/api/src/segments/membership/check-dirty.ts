import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inBackground } from '../../platform/database/in-transaction.ts';
import { LAST_MARK } from './everybody-marks.ts';
import { DUE_FROM } from './segment.entity.ts';
import { tellTransitions } from './tell-transitions.ts';
import { ensureTransitionMonth } from './transition-months.ts';
import { holdWorlds, readWorlds } from './world.ts';
import { holdRows, writeMembership } from './write-membership.ts';

export const AT_ONCE = 500;
/** Rows of the queue looked at for them: bursts about few people are one look. */
const QUEUE_ROWS = 2_000;
/** Whoever works in the background waits for others rather than fail. */
const WAIT = '20s';

/** Somebody to look at, and since when what makes the difference was true (null: now). */
interface Taken {
  profileId: string;
  since: Date | null;
}

/** Of rows of the queue about one person: the newest of what is told; null: now. */
export const SINCE = sql`case when bool_and(effective_at is not null) then nullif(max(effective_at), '-infinity') end`;

/** Which people: those waiting longest, the newest ones (while everybody is looked at anyway), or one. */
export type Turn = 'OLDEST' | 'NEWEST' | { profileId: string };

/**
 * Takes people whose segments may be others now out of the queue, and those whose moment has come; looks at all of them
 * at once and writes what is different, in one transaction. Several workers take different ones.
 * @returns how many people were looked at
 */
export async function checkDirty(ctx: Context, turn: Turn = 'OLDEST'): Promise<number> {
  await ensureTransitionMonth(ctx);
  return inBackground(ctx, async (tx) => {
    await sql`select set_config('lock_timeout', ${WAIT}, true)`.execute(tx.sql);
    await holdWorlds(tx);
    const taken = await takeQueued(tx, turn);
    // Most purchases are by nobody known: they cost no look.
    const queued = taken.filter(({ person }) => person);
    const scope = { profiles: queued.map(({ profileId }) => profileId) };
    const held = await holdRows(tx, scope);
    const due = without(queued, await takeDue(tx, turn, AT_ONCE - queued.length));
    const all = [...queued, ...due];
    if (all.length === 0) return taken.length;
    const worlds = await readWorlds(tx);
    const moved = await writeMembership(tx, {
      scope: { profiles: all.map(({ profileId }) => profileId) },
      held: sql`${held} || ${due.map(({ profileId }) => profileId)}::uuid[]`,
      worlds: worlds.next === null ? [worlds.live] : [worlds.live, worlds.next],
      keep: worlds.live.segments.filter(({ frozen }) => frozen).map(({ number }) => number),
      whole: true,
    });
    await tellTransitions(tx, moved, worlds.live.segments, sinceOf(all));
    return Math.max(all.length, taken.length);
  });
}

/**
 * Rows are taken out first: whatever is committed by then is seen by what is computed after. What is written for a profile
 * that was merged away (a code comes back with its purchase) concerns whoever has it now.
 */
async function takeQueued(tx: Context, turn: Turn): Promise<(Taken & { person: boolean })[]> {
  const order = turn === 'NEWEST' ? sql`desc` : sql`asc`;
  const whose =
    typeof turn === 'object' ? sql`profile_id = ${turn.profileId}` : sql`profile_id > ${LAST_MARK}::uuid`;
  const { rows } = await sql<Taken & { person: boolean }>`
    with waiting as materialized (
      select profile_id, id from public.segment_dirty where ${whose} order by id ${order} limit ${QUEUE_ROWS}
      for update skip locked),
    chosen as materialized (
      select profile_id from waiting group by profile_id order by min(id) ${order} limit ${AT_ONCE}),
    taken as (
      delete from public.segment_dirty gone using waiting join chosen using (profile_id)
      where gone.profile_id = waiting.profile_id and gone.id = waiting.id
      returning gone.profile_id, gone.effective_at)
    select who.id as "profileId", ${SINCE} as since,
      exists (select from public.profile p where p.id = who.id and p.kind = 'PERSON') as person
    from taken left join public.profile own on own.id = taken.profile_id
    cross join lateral (values (taken.profile_id), (own.merged_into)) who (id)
    where who.id is not null group by who.id order by who.id`.execute(tx.sql);
  return rows;
}

/** By the index of pieces of time, and then exactly. */
export function isDue({ clock }: Pick<Context, 'clock'>): RawBuilder<boolean> {
  return sql`(${sql.raw(DUE_FROM)} <= ${clock.now()} and next_check_at <= ${clock.now()})`;
}

/** Never waits, so that nobody who holds these rows can wait for us. */
async function takeDue(tx: Context, turn: Turn, limit: number): Promise<Taken[]> {
  if (limit <= 0) return [];
  const { rows } = await sql<Taken>`
    select profile_id as "profileId", next_check_at as since from public.profile_segment
    where ${isDue(tx)} and ${typeof turn === 'object' ? sql`profile_id = ${turn.profileId}` : sql`true`}
    order by ${sql.raw(DUE_FROM)} limit ${limit}
    for update skip locked`.execute(tx.sql);
  return rows;
}

/** What was written now counts more than what time did. */
function without(queued: readonly Taken[], due: readonly Taken[]): Taken[] {
  const known = new Set(queued.map(({ profileId }) => profileId));
  return due.filter(({ profileId }) => !known.has(profileId));
}

function sinceOf(taken: readonly Taken[]): Map<string, Date> {
  return new Map(taken.flatMap(({ profileId, since }) => (since === null ? [] : [[profileId, since]])));
}
