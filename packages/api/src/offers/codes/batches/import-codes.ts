import { instantOfLocal } from '@clientele/shared/time';
import { audit } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { findFile, forgetFile, keepFile } from '../../../platform/files/index.ts';
import { startTask, type TaskKind } from '../../../platform/tasks/index.ts';
import { endOfCode } from '../desk/code-dates.ts';
import { csvLines } from './csv-lines.ts';
import { hasBatch } from './generate-codes.ts';
import { insertCodes } from './insert-codes.ts';
import { usablePool, type PoolRow } from '../pools/lock-pool.ts';
import { readCodeFile, type CodeProblem, type CodeRow, type RefusedRow } from './read-code-file.ts';
import { authorOf } from '../pools/save-pool.ts';

const KIND = 'promo-codes.import';
const PORTION = 5_000;
const MOST_ROWS = 2_000_000;
const MOST_BYTES = 64_000_000;
const KEEP_ERRORS_MS = 14 * 86_400_000;

/**
 * Codes of an uploaded file come into a pool, in the background.
 * @param issued they are with people already and work at once with the pool's days counted from now
 * @returns the id of the task, which is that of the batch
 * @throws InvalidInput
 */
export async function startCodeImport(
  ctx: Context,
  { poolId, uploadId, issued }: { poolId: string; uploadId: string; issued: boolean },
): Promise<string> {
  await usablePool(ctx, poolId);
  const file = await findFile(ctx, uploadId, 'UPLOADS');
  if (file === null) throw invalid('uploadId', 'UNKNOWN', 'is no file you uploaded, or it is over');
  if (file.bytes > MOST_BYTES) throw invalid('uploadId', 'TOO_MANY', `has more than ${MOST_BYTES} bytes`);
  return inTransaction(ctx, async (tx) => {
    const id = await startTask(tx, { kind: KIND, facts: { poolId, uploadId, issued } });
    await audit(tx, {
      action: 'promo-codes.imported',
      subject: `promo-code-pool:${poolId}`,
      facts: { taskId: id, issued },
    });
    return id;
  });
}

/** Good rows come in at once, all or none; the others are told in a file, each with what is wrong. */
export const importCodesTask: TaskKind = {
  kind: KIND,
  scope: 'offers.read',
  run: async (ctx, facts, report, signal, { id }) => {
    const { poolId, uploadId, issued } = facts as { poolId: string; uploadId: string; issued: boolean };
    const read = await inTransaction(ctx, async (tx) => {
      if (await hasBatch(tx, id)) return null;
      const pool = await usablePool(tx, poolId);
      const file = await findFile(tx, uploadId, 'UPLOADS');
      if (file === null) throw invalid('uploadId', 'UNKNOWN', 'the file is over');
      const taking = new TakingCodes(tx, { pool, batchId: id, issued });
      for await (const row of readCodeFile(file.path, endOfDayIn(pool.time_zone))) {
        await taking.take(row);
        if (taking.rows % PORTION === 0) report(taking.rows, null);
        signal.throwIfAborted();
      }
      await taking.end();
      await noteBatch(tx, taking, { id, poolId });
      signal.throwIfAborted();
      return taking;
    });
    await forgetFile(ctx, uploadId);
    if (read === null) return { result: { poolId } };
    const fileId = await keepRefused(ctx, read.refused);
    if (fileId !== null)
      await ctx.sql.updateTable('promo_code_batch').set({ file_id: fileId }).where('id', '=', id).execute();
    return {
      result: { poolId, codes: read.added, refused: read.refused.length, problems: read.problems() },
      ...(fileId === null ? {} : { fileId }),
    };
  },
};

function endOfDayIn(zone: string): (date: string) => Date {
  return (date) => new Date(instantOfLocal(date, '23:59:59', zone));
}

async function noteBatch(
  tx: Context,
  { added, refused }: TakingCodes,
  { id, poolId }: { id: string; poolId: string },
): Promise<void> {
  await tx.sql
    .insertInto('promo_code_batch')
    .values({
      id,
      pool_id: poolId,
      kind: 'IMPORTED',
      codes: added,
      refused: refused.length,
      created_by: authorOf(tx),
      created_at: tx.clock.now(),
    })
    .execute();
}

/** Rows on their way in, a portion at a time. */
class TakingCodes {
  readonly refused: RefusedRow[] = [];
  rows = 0;
  added = 0;
  readonly #tx: Context;
  readonly #into: { pool: PoolRow; batchId: string; issued: boolean };
  readonly #seen = new Set<string>();
  #portion: CodeRow[] = [];

  constructor(tx: Context, into: { pool: PoolRow; batchId: string; issued: boolean }) {
    this.#tx = tx;
    this.#into = into;
  }

  async take(row: CodeRow | RefusedRow): Promise<void> {
    this.rows += 1;
    if (this.rows > MOST_ROWS) throw invalid('uploadId', 'TOO_MANY', `has more than ${MOST_ROWS} rows`);
    if ('problem' in row) {
      this.refused.push(row);
    } else if (this.#seen.has(row.key)) {
      this.refused.push({ row: row.row, text: row.code, problem: 'REPEATED' });
    } else {
      this.#seen.add(row.key);
      this.#portion.push(row);
      if (this.#portion.length >= PORTION) await this.end();
    }
  }

  async end(): Promise<void> {
    const { pool, batchId, issued } = this.#into;
    const end = issued ? endOfCode(pool, this.#tx.clock.now()) : null;
    const codes = this.#portion.map((row) => ({ ...row, expiresAt: row.expiresAt ?? end }));
    this.#portion = [];
    if (codes.length === 0) return;
    const added = await insertCodes(this.#tx, pool, { batchId, codes, issued });
    this.added += added.size;
    for (const { row, code, key } of codes)
      if (!added.has(key)) this.refused.push({ row, text: code, problem: 'TAKEN' });
  }

  problems(): Partial<Record<CodeProblem, number>> {
    const counts: Partial<Record<CodeProblem, number>> = {};
    for (const { problem } of this.refused) counts[problem] = (counts[problem] ?? 0) + 1;
    return counts;
  }
}

const WORDS: Readonly<Record<CodeProblem, string>> = {
  EMPTY: 'нет кода / no code',
  FORMAT: 'только буквы и цифры, от 3 знаков / letters and digits only, 3 signs at least',
  TOO_LONG: 'длиннее 64 знаков / longer than 64 signs',
  EXPIRES: 'последний день не в виде ГГГГ-ММ-ДД / last day is not YYYY-MM-DD',
  REPEATED: 'уже был в этом файле / came in this file before',
  TAKEN: 'такой код у марки уже есть / the brand has this code already',
};

async function keepRefused(ctx: Context, refused: readonly RefusedRow[]): Promise<string | null> {
  if (refused.length === 0) return null;
  const { id } = await keepFile(ctx, {
    name: 'промокоды-с-ошибками.csv',
    type: 'text/csv; charset=utf-8',
    scope: 'offers.read',
    expiresAt: new Date(ctx.clock.now().getTime() + KEEP_ERRORS_MS),
    stream: refusedLines(refused),
  });
  return id;
}

async function* refusedLines(refused: readonly RefusedRow[]): AsyncGenerator<string> {
  const inOrder = refused.toSorted((a, b) => a.row - b.row);
  yield* csvLines(
    ['code', 'row', 'problem'],
    inOrder.map(({ row, text, problem }) => [text, String(row), WORDS[problem]]),
  );
}
