import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { forgetPrograms, type ProgramMode } from './programs.ts';

export interface ProgramModeChange {
  programId: string;
  mode: ProgramMode;
  /** LIVE: from then on, now where absent. EARN_ONLY: when it becomes LIVE by itself, never where absent. */
  liveAt?: Date | null;
}

/** Switches a program for all stores at once. @throws InvalidInput */
export async function setProgramMode(
  ctx: Context,
  { programId, mode, liveAt }: ProgramModeChange,
): Promise<void> {
  const now = ctx.clock.now();
  if (mode === 'EARN_ONLY' && liveAt && liveAt <= now) {
    throw invalid('liveAt', 'RANGE', 'a program that is live already is not EARN_ONLY');
  }
  await inTransaction(ctx, async (tx) => {
    const changed = await tx.sql
      .updateTable('program')
      .set({ mode, live_at: mode === 'OFF' ? null : (liveAt ?? (mode === 'LIVE' ? now : null)) })
      .where('id', '=', programId)
      .returning('id')
      .executeTakeFirst();
    if (changed === undefined) throw invalid('programId', 'UNKNOWN', 'no such program');
    await audit(tx, { action: 'program.mode-set', subject: `program:${programId}`, facts: { mode } });
    await writeEvent(tx, { kind: 'program.changed', profileId: null, payload: { programId } });
  });
  forgetPrograms(ctx.database);
}
