import { leavesOf, type Leaf } from '@clientele/shared/segments';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { startRefresh } from '../membership/start-computing.ts';
import { stopWorlds } from '../membership/world.ts';

/**
 * What a kind of leaf is judged by is another for everybody as soon as this transaction commits: if any segment asks it, all
 * are looked at anew in the background.
 * @returns whether they are
 */
export async function refreshAsking(tx: Context, asks: (leaf: Leaf) => boolean): Promise<boolean> {
  await sql`select set_config('lock_timeout', '30s', true)`.execute(tx.sql);
  // Whoever is at work finishes by what was true before, and a pass that has not begun sees what is true then.
  await stopWorlds(tx);
  const segments = await tx.sql
    .selectFrom('segment')
    .select(['condition', 'live_condition'])
    .where('archived_at', 'is', null)
    .execute();
  const asked = segments
    .flatMap(({ condition, live_condition: live }) => (live === null ? [condition] : [condition, live]))
    .some((condition) => leavesOf(condition).some(({ node }) => asks(node)));
  if (asked) await startRefresh(tx);
  return asked;
}
