import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { TaskKind } from '../../platform/tasks/index.ts';
import { inScope, type Scope } from '../language/index.ts';
import { SINCE } from '../membership/check-dirty.ts';
import { LAST_MARK } from '../membership/everybody-marks.ts';
import { REFRESH_SEGMENTS } from '../membership/start-computing.ts';
import { tellTransitions } from '../membership/tell-transitions.ts';
import { ensureTransitionMonth } from '../membership/transition-months.ts';
import { holdWorlds, readWorlds } from '../membership/world.ts';
import { holdRows, writeMembership } from '../membership/write-membership.ts';
import { checkReferences } from './check-references.ts';
import { eachChunk } from './chunks.ts';
import { inTurn } from './pass-lock.ts';

/** Looks at everybody anew: after imports, when goods have changed, when the clock was put back. */
export const refreshSegmentsTask: TaskKind = {
  kind: REFRESH_SEGMENTS,
  scope: 'segments.read',
  run: async (ctx, _facts, report, signal) => {
    const changed = await inTurn(ctx, signal, () => refreshAll(ctx, { report, signal }));
    return { result: { people: changed } };
  },
};

/** @returns how many people were in other segments than they should be */
export async function refreshAll(ctx: Context, progress: Parameters<typeof eachChunk>[1]): Promise<number> {
  await checkReferences(ctx);
  await ensureTransitionMonth(ctx);
  let changed = 0;
  await eachChunk(ctx, progress, async (tx, scope) => {
    await holdWorlds(tx);
    const { live, next } = await readWorlds(tx);
    const since = await takeScope(tx, scope);
    const held = await holdRows(tx, scope);
    const moved = await writeMembership(tx, {
      scope,
      held,
      worlds: next === null ? [live] : [live, next],
      keep: live.segments.filter(({ frozen }) => frozen).map(({ number }) => number),
      whole: true,
    });
    await tellTransitions(tx, moved, live.segments, since);
    changed += moved.length;
  });
  return changed;
}

/**
 * Whoever waits in the queue is looked at with the others; but for profiles merged away, of whom others stand elsewhere.
 * @returns since when what was written was true
 */
async function takeScope(tx: Context, scope: Scope): Promise<Map<string, Date>> {
  const { rows } = await sql<{ profileId: string; since: Date | null }>`
    with waiting as materialized (
      select profile_id, id from public.segment_dirty where ${inScope(scope, sql`profile_id`)}
        and profile_id > ${LAST_MARK}::uuid
        and not exists (select from public.profile own
          where own.id = segment_dirty.profile_id and own.merged_into is not null)
      for update skip locked),
    taken as (
      delete from public.segment_dirty gone using waiting
      where gone.profile_id = waiting.profile_id and gone.id = waiting.id
      returning gone.profile_id, gone.effective_at)
    select profile_id as "profileId", ${SINCE} as since from taken group by profile_id`.execute(tx.sql);
  return new Map(rows.flatMap(({ profileId, since }) => (since === null ? [] : [[profileId, since]])));
}
