import { auditChange, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { writeEvent } from '../../platform/outbox/write-event.ts';
import { lockProgram } from './lock-program.ts';
import { forgetPrograms, type ProgramMode } from './programs.ts';

export interface ProgramModeChange {
  programId: string;
  mode: ProgramMode;
  /** LIVE: from then on, now where absent. EARN_ONLY: when it becomes LIVE by itself, never where absent. */
  liveAt?: Date | null;
  /** The program's version the caller saw; absent: whatever it is now. */
  version?: number;
}

/** Switches a program for all stores at once. @throws InvalidInput @throws VersionConflict */
export async function setProgramMode(ctx: Context, change: ProgramModeChange): Promise<void> {
  const { programId, mode } = change;
  const now = ctx.clock.now();
  if (mode === 'EARN_ONLY' && change.liveAt && change.liveAt <= now) {
    throw invalid('liveAt', 'RANGE', 'a program that is live already is not EARN_ONLY');
  }
  await inTransaction(ctx, async (tx) => {
    const before = await lockProgram(tx, programId);
    const subject = `program:${programId}`;
    await demandVersion(tx, subject, before, change.version ?? before.version);
    const liveAt = mode === 'OFF' ? null : (change.liveAt ?? (mode === 'LIVE' ? now : null));
    const after = { mode, liveAt };
    if (!(await auditChange(tx, { action: 'program.mode-set', subject, before, after }))) return;
    await tx.sql
      .updateTable('program')
      .set({ mode, live_at: liveAt, version: before.version + 1 })
      .where('id', '=', programId)
      .execute();
    await writeEvent(tx, { kind: 'program.changed', profileId: null, payload: { programId } });
  });
  forgetPrograms(ctx.database);
}
