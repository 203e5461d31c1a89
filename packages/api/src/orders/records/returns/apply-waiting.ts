import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import type { InputProblem } from '../../../platform/errors.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import type { Job } from '../../../platform/jobs/jobs.ts';
import { applyReturn, readReturn, type SoldOrder } from './apply-return.ts';
import { judgeKnownReturn } from './judge-return.ts';
import type { ReturnOfOrder } from './recorded-return.ts';

interface Waiting {
  source: string;
  record: ReturnOfOrder;
}

/** Returns that waited for these orders, in the order of time; called in the transaction the orders came in. */
export async function applyWaitingReturns(tx: Context, orderIds: readonly string[]): Promise<void> {
  await applyAll(tx, sql`public.returns_waiting_for(${[...orderIds]}::uuid[])`);
}

/** After the order was committed, which nothing can undo: where it fails the job does it. */
export async function applyReturnsAfterCommit(ctx: Context, orderId: string): Promise<void> {
  try {
    await inTransaction(ctx, (tx) => applyWaitingReturns(tx, [orderId]));
  } catch (error) {
    ctx.log.error({ err: error, orderId }, 'returns that wait for an order could not be applied');
  }
}

/** A return and its order that were told at the same moment did not see each other: found within a minute. */
export const waitingReturnsJob: Job = {
  name: 'orders-apply-waiting-returns',
  cron: '* * * * *',
  run: (ctx) => inTransaction(ctx, (tx) => applyAll(tx, sql`public.returns_left_waiting()`)),
};

async function applyAll(tx: Context, waiting: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<Waiting>`select source, record from ${waiting}`.execute(tx.sql);
  for (const { source, record } of rows) await apply(tx, source, readBack(record));
}

async function apply(tx: Context, source: string, record: ReturnOfOrder): Promise<void> {
  const read = await readReturn(tx, source, record);
  const { order } = read;
  if (order === null) return;
  const problems = await problemsOf(tx, source, record, { ...read, order });
  if (problems.length === 0) return;
  // It waits on, for staff: a return that does not fit never stops a sale.
  await callFunction(tx.sql, 'note_waiting_return', { source, externalId: record.externalId, problems });
}

/** Applies it, unless somebody used its number or documents while it waited. */
async function problemsOf(
  tx: Context,
  source: string,
  record: ReturnOfOrder,
  sale: SoldOrder,
): Promise<readonly InputProblem[]> {
  const known = judgeKnownReturn(record, { ...sale, waiting: null });
  if (known === null) {
    const outcome = await applyReturn(tx, source, record, sale);
    return 'problems' in outcome ? outcome.problems : [];
  }
  if (known.is === 'TOLD' && known.result.status === 'CONFLICT') return known.result.problems ?? [];
  await tx.sql
    .deleteFrom('waiting_return')
    .where('source', '=', source)
    .where('external_id', '=', record.externalId)
    .execute();
  return [];
}

/** Moments are text in the database. */
function readBack(record: ReturnOfOrder): ReturnOfOrder {
  const { occurredAt, told, skewed } = record.moment;
  return { ...record, moment: { occurredAt: new Date(occurredAt), told: new Date(told), skewed } };
}
