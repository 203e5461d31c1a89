import { leavesOf, type Condition } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { canonical } from '../language/index.ts';
import { EVERYBODY_MARKS, LAST_MARK, type EverybodyMark } from '../membership/everybody-marks.ts';
import { startRefresh } from '../membership/start-computing.ts';
import { readWorlds } from '../membership/world.ts';

/** Which conditions look at it. */
const LOOKING: Readonly<Record<EverybodyMark, (condition: Condition) => boolean>> = {
  GOODS: (condition) => /"goods":|DISTINCT_CATEGORIES/.test(canonical(condition)),
  CODES: (condition) => leavesOf(condition).some(({ node }) => node.leaf === 'PROMO_CODE'),
  // Ages, anniversaries, months and days of purchases: hardly any condition asks none of them.
  STORES: () => true,
};

/** Everybody is looked at anew, if any condition looks at what has changed. @param until marks up to this row of the queue */
export async function everybodyChanged(ctx: Context, until: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const taken = await tx.sql
      .deleteFrom('segment_dirty')
      .where('profile_id', '<=', LAST_MARK)
      .where('id', '<=', until)
      .returning('profile_id as id')
      .execute();
    const marked = new Set<string>(taken.map(({ id }) => id));
    const { live, next } = await readWorlds(tx);
    // What is being worked out may have been for some already.
    const conditions = [...live.segments, ...(next?.segments ?? [])].map(({ condition }) => condition);
    const marks = (Object.keys(LOOKING) as EverybodyMark[]).filter((mark) =>
      marked.has(EVERYBODY_MARKS[mark]),
    );
    if (marks.some((mark) => conditions.some(LOOKING[mark]))) await startRefresh(tx);
  });
}
