import { audit, demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { rejectedRow, type RejectedRow } from './rejected-row.ts';

export interface DismissRejected {
  id: string;
  /** Why it is not needed: read by whoever asks later where it went. */
  reason: string;
}

export interface RecordDismissed {
  __typename: 'RecordDismissed';
  record: RejectedRow;
}

const LONGEST_REASON = 500;

/** Somebody decides that a record is not to be taken. One that is closed stays as it is. @throws InvalidInput @throws RequestError FORBIDDEN */
export async function dismissRejected(ctx: Context, input: DismissRejected): Promise<RecordDismissed> {
  demandScope(ctx, 'imports.run');
  const problems = new InputProblems();
  const reason = problems.text(input.reason, ['reason'], LONGEST_REASON);
  problems.refuseAny();
  await rejectedRow(ctx, input.id);
  await inTransaction(ctx, async (tx) => {
    const closed = await tx.sql
      .updateTable('rejected_record')
      .set((eb) => ({
        state: 'DISMISSED' as const,
        reason: reason ?? null,
        resolved_at: tx.clock.now(),
        resolved_by: tx.actor.client,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', input.id)
      .where('state', '=', 'OPEN')
      .executeTakeFirst();
    if (closed.numUpdatedRows > 0n)
      await audit(tx, { action: 'rejected-record.dismissed', subject: `rejected-record:${input.id}` });
  });
  return { __typename: 'RecordDismissed', record: await rejectedRow(ctx, input.id) };
}
