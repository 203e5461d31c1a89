import { sql } from 'kysely';
import { audit } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { keepFile } from '../../../platform/files/index.ts';
import { startTask, type Report, type TaskKind } from '../../../platform/tasks/index.ts';
import { endOfCode } from '../desk/code-dates.ts';
import { csvLines } from './csv-lines.ts';
import { lockPool, usablePool } from '../pools/lock-pool.ts';
import { authorOf } from '../pools/save-pool.ts';

const KIND = 'promo-codes.export';
const PORTION = 5_000;

/**
 * FREE: takes codes out of the pool to be given away: they count as issued from then on. ISSUED: all that are with
 * people, and not used.
 */
export type ExportedCodes = 'FREE' | 'ISSUED';

export interface CodeExport {
  poolId: string;
  codes: ExportedCodes;
  /** At most so many; all where null. */
  count: number | null;
}

/** A file of codes, in the background. @returns the id of the task @throws InvalidInput */
export async function startCodeExport(ctx: Context, input: CodeExport): Promise<string> {
  await usablePool(ctx, input.poolId);
  if (input.count !== null && (!Number.isSafeInteger(input.count) || input.count < 1))
    throw invalid('count', 'RANGE', 'is 1 at least');
  return inTransaction(ctx, async (tx) => {
    const id = await startTask(tx, { kind: KIND, facts: { ...input } });
    await audit(tx, {
      action: 'promo-codes.exported',
      subject: `promo-code-pool:${input.poolId}`,
      facts: { taskId: id, codes: input.codes, count: input.count },
    });
    return id;
  });
}

interface ExportedRow {
  code: string;
  issued_at: Date | null;
  expires_at: Date | null;
}

/** What was taken out of the pool is so only with the file that names it. */
export const exportCodesTask: TaskKind = {
  kind: KIND,
  scope: 'offers.read',
  run: async (ctx, facts, report, signal, { id }) => {
    const { poolId, codes, count } = facts as unknown as CodeExport;
    return inTransaction(ctx, async (tx) => {
      const before = await readBatch(tx, id);
      if (before !== null) return { result: { poolId, codes: before.codes }, fileId: before.fileId };
      const pool = await lockPool(tx, poolId, 'poolId');
      const written = { rows: 0 };
      const next =
        codes === 'FREE' ? takeOut(tx, poolId, endOfCode(pool, tx.clock.now())) : readIssued(tx, poolId);
      const file = await keepFile(tx, {
        name: `промокоды-${tx.clock.now().toISOString().slice(0, 10)}.csv`,
        type: 'text/csv; charset=utf-8',
        scope: 'offers.write',
        stream: csvLines(['code', 'issued', 'expires'], rowsOf(next, { count, written, report, signal })),
      });
      signal.throwIfAborted();
      await tx.sql
        .insertInto('promo_code_batch')
        .values({
          id,
          pool_id: poolId,
          kind: 'EXPORTED',
          codes: written.rows,
          file_id: file.id,
          created_by: authorOf(tx),
          created_at: tx.clock.now(),
        })
        .execute();
      return { result: { poolId, codes: written.rows }, fileId: file.id };
    });
  },
};

/** What a run before this one took out, if it got to its end. */
async function readBatch(tx: Context, id: string): Promise<{ codes: number; fileId: string } | null> {
  const batch = await tx.sql
    .selectFrom('promo_code_batch')
    .select(['codes', 'file_id as fileId'])
    .where('id', '=', id)
    .executeTakeFirst();
  return batch === undefined || batch.fileId === null ? null : { codes: batch.codes, fileId: batch.fileId };
}

async function* rowsOf(
  next: (limit: number) => Promise<ExportedRow[]>,
  run: { count: number | null; written: { rows: number }; report: Report; signal: AbortSignal },
): AsyncGenerator<string[]> {
  const { count, written, report, signal } = run;
  for (;;) {
    signal.throwIfAborted();
    const page = await next(Math.min(PORTION, (count ?? Infinity) - written.rows));
    for (const { code, issued_at, expires_at } of page)
      yield [code, issued_at?.toISOString() ?? '', expires_at?.toISOString() ?? ''];
    written.rows += page.length;
    report(written.rows, count);
    if (page.length === 0 || written.rows === count) return;
  }
}

/** The oldest first; whoever issues one at the same moment takes another. */
function takeOut(
  tx: Context,
  poolId: string,
  expiresAt: Date | null,
): (limit: number) => Promise<ExportedRow[]> {
  const now = tx.clock.now();
  return async (limit) => {
    const { rows } = await sql<ExportedRow>`
      update public.promo_code set state = 'ISSUED', issued_at = ${now}, expires_at = coalesce(expires_at, ${expiresAt})
      where id in (select id from public.promo_code where pool_id = ${poolId} and state = 'FREE'
        order by id limit ${limit} for update skip locked)
      returning code, issued_at, expires_at`.execute(tx.sql);
    return rows;
  };
}

function readIssued(tx: Context, poolId: string): (limit: number) => Promise<ExportedRow[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  return async (limit) => {
    const rows = await tx.sql
      .selectFrom('promo_code')
      .select(['id', 'code', 'issued_at', 'expires_at'])
      .where('pool_id', '=', poolId)
      .where('state', 'in', ['ISSUED', 'HELD'])
      .where('issued_at', 'is not', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    after = rows.at(-1)?.id ?? after;
    return rows;
  };
}
