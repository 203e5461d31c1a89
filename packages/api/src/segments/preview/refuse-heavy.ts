import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { readInBulk, type Fragment } from '../language/index.ts';
import { SegmentTooHeavy } from '../segments.errors.ts';

/** A company of 450,000 people with 5 million purchases of 3 lines reads 20 million rows for one about everything. */
export const MOST_ROWS = 100_000_000;

interface PlanNode {
  'Plan Rows': number;
  Plans?: PlanNode[];
}

/** @throws SegmentTooHeavy by what the database thinks it would read */
export async function refuseHeavy(ctx: Context, people: Fragment, most: number = MOST_ROWS): Promise<void> {
  const explained = await inTransaction(ctx, async (tx) => {
    await readInBulk(tx);
    return sql<{ 'QUERY PLAN': { Plan: PlanNode }[] }>`explain (format json) ${people}`.execute(tx.sql);
  });
  const plan = explained.rows[0]?.['QUERY PLAN'][0]?.Plan;
  const read = plan === undefined ? 0 : rowsOf(plan);
  if (read > most) throw new SegmentTooHeavy(read, most);
}

/** Of all steps together: a join that multiplies tells, too. */
function rowsOf(node: PlanNode): number {
  return (node.Plans ?? []).reduce((sum, part) => sum + rowsOf(part), node['Plan Rows']);
}
