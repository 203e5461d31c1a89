import { leavesOf, segmentsNamed, type Leaf } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { startComputing } from '../membership/start-computing.ts';

/**
 * What a kind of leaf is judged by has changed for everybody: the segments that ask it, and those made of them, are computed
 * anew in the background.
 * @returns how many
 */
export async function recomputeAsking(tx: Context, asks: (leaf: Leaf) => boolean): Promise<number> {
  const segments = await tx.sql
    .selectFrom('segment')
    .select(['id', 'condition'])
    .where('archived_at', 'is', null)
    .where('state', '<>', 'NEEDS_ATTENTION')
    .orderBy('id')
    .forUpdate()
    .execute();
  const affected = new Set(
    segments
      .filter(({ condition }) => leavesOf(condition).some(({ node }) => asks(node)))
      .map(({ id }) => id),
  );
  for (let before = -1; before < affected.size;) {
    before = affected.size;
    for (const { id, condition } of segments)
      if (segmentsNamed(condition).some((named) => affected.has(named))) affected.add(id);
  }
  for (const id of affected) await startComputing(tx, id);
  return affected.size;
}
