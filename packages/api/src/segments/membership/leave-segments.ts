import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { tellTransitions } from './tell-transitions.ts';
import { ensureTransitionMonth } from './transition-months.ts';
import { readWorlds } from './world.ts';
import type { Moved } from './write-membership.ts';

/** These people are in no segment any more, in the caller's transaction; that they left is told. */
export async function leaveSegments(tx: Context, profileIds: readonly string[]): Promise<void> {
  const { rows } = await sql<Moved>`
    delete from public.profile_segment where profile_id = any(${[...profileIds]}::uuid[])
    returning profile_id as "profileId", '{}'::smallint[] as entered, segments as left`.execute(tx.sql);
  if (rows.length === 0) return;
  await ensureTransitionMonth(tx);
  await tellTransitions(tx, rows, (await readWorlds(tx)).live.segments);
}
