import { removeEvents } from '../../../activity/index.ts';
import { audit } from '../../../company/index.ts';
import { actorLabel } from '../../../loyalty/index.ts';
import type { Context } from '../../../platform/context.ts';
import { callFunction } from '../../../platform/database/call-function.ts';
import { DISTRIBUTION } from '../../../platform/database/distribution.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { DomainError } from '../../../platform/errors.ts';
import { retried } from '../kinds/retried.ts';
import { restoreProfiles } from './restore-profiles.ts';
import type { Telling, Undone } from './undone.ts';
import { undoProducts } from './undo-products.ts';

/** Why a run cannot be taken back. */
export type NotUndoableReason = 'UNKNOWN' | 'RUNNING' | 'DRY_RUN' | 'UNDONE' | 'ORDERS';

export class ImportNotUndoable extends DomainError {
  readonly reason: NotUndoableReason;

  constructor(reason: NotUndoableReason) {
    super(`This import cannot be taken back: ${reason}.`);
    this.reason = reason;
  }
}

type Run = Awaited<ReturnType<typeof readRun>>;

async function readRun(ctx: Context, id: string) {
  return ctx.sql
    .selectFrom('import_run')
    .select(['id', 'kind', 'source', 'state', 'dry_run', 'started_at', 'undone_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Whether the run can be taken back. @throws ImportNotUndoable */
export async function demandUndoable(ctx: Context, runId: string): Promise<NonNullable<Run>> {
  const run = await readRun(ctx, runId);
  if (run === undefined) throw new ImportNotUndoable('UNKNOWN');
  if (run.dry_run) throw new ImportNotUndoable('DRY_RUN');
  if (run.undone_at !== null) throw new ImportNotUndoable('UNDONE');
  if (run.state === 'RUNNING') throw new ImportNotUndoable('RUNNING');
  // What was sold was sold: purchases are cancelled one by one, points and returns with them.
  if (run.kind === 'ORDERS') throw new ImportNotUndoable('ORDERS');
  return run;
}

/**
 * Takes back what a run brought, as far as nobody has used or changed it since; the rest is counted by reason. Can be
 * stopped and called again.
 * @throws ImportNotUndoable
 */
export async function undoImport(
  ctx: Context,
  runId: string,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Undone> {
  const run = await demandUndoable(ctx, runId);
  const undone: Undone = { removed: 0, restored: 0, kept: {} };
  const keep = (reason: string, count: number): void => {
    if (count > 0) undone.kept[reason] = (undone.kept[reason] ?? 0) + count;
  };
  const told = { undone, keep, onProgress: () => onProgress?.(undone.removed + undone.restored), signal };
  if (run.kind === 'PROFILES') await undoProfiles(ctx, run, told);
  if (run.kind === 'PRODUCTS') await undoProducts(ctx, run, told);
  if (run.kind === 'BALANCES') await undoBalances(ctx, run, told);
  if (run.kind === 'EVENTS') undone.removed = await removeEvents(ctx, run.id);
  await inTransaction(ctx, async (tx) => {
    await tx.sql
      .updateTable('import_run')
      .set({ undone_at: tx.clock.now(), undone: { ...undone } })
      .where('id', '=', run.id)
      .execute();
    await audit(tx, { action: 'import.undone', subject: `import:${run.id}`, facts: { ...undone } });
  });
  return undone;
}

const BATCH = 200;

/** Rows about a person that nobody but the product itself writes, or that say nothing of what they did. */
const NO_LIFE = new Set([
  'profile',
  'identity',
  'consent',
  'outbox_event',
  'import_change',
  'profile_change',
  'profile_segment',
  'segment_dirty',
  'segment_transition',
]);

/** A person with a row in any of these has lived since; a table that comes later counts too until somebody says no. */
const LIFE = Object.keys(DISTRIBUTION).filter(
  (table) => DISTRIBUTION[table] === 'profile' && !NO_LIFE.has(table),
);

async function undoProfiles(ctx: Context, run: NonNullable<Run>, told: Telling): Promise<void> {
  for (let after: string | null = null; ;) {
    told.signal?.throwIfAborted();
    // The latest change first: a profile changed twice by one run goes back step by step.
    const changes = await ctx.sql
      .selectFrom('import_change')
      .select(['profile_id', 'id', 'created', 'before'])
      .where('run_id', '=', run.id)
      .$if(after !== null, (query) => query.where('id', '<', after))
      .orderBy('id', 'desc')
      .limit(BATCH)
      .execute();
    const last = changes.at(-1);
    if (last === undefined) return;
    after = last.id;
    await retried(() => inTransaction(ctx, (tx) => restoreProfiles(tx, run, changes, told)));
    const created = changes.filter((change) => change.created).map(({ profile_id }) => profile_id);
    await removeCreated(ctx, run, created, told);
    told.onProgress();
  }
}

async function removeCreated(
  ctx: Context,
  { source, started_at }: NonNullable<Run>,
  profileIds: readonly string[],
  { undone, keep }: Telling,
): Promise<void> {
  if (profileIds.length === 0) return;
  const { removed, used, changed } = await retried(() =>
    callFunction<{ removed: number; used: number; changed: number }>(ctx.sql, 'import_remove_profiles', {
      profileIds,
      source,
      moment: started_at,
      life: LIFE,
    }),
  );
  undone.removed += removed;
  keep('USED', used);
  keep('CHANGED', changed);
}

async function undoBalances(ctx: Context, run: NonNullable<Run>, told: Telling): Promise<void> {
  for (let after = ''; ;) {
    told.signal?.throwIfAborted();
    const reply: { undone: number; spent: number; last: string | null } = await retried(() =>
      callFunction(ctx.sql, 'import_undo_balances', {
        runId: run.id,
        source: run.source,
        after,
        limit: 50,
        now: ctx.clock.now(),
        actor: actorLabel(ctx.actor),
      }),
    );
    if (reply.last === null) return;
    after = reply.last;
    told.undone.removed += reply.undone;
    told.keep('SPENT', reply.spent);
    told.onProgress();
  }
}
