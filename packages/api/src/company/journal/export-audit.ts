import { stringify } from 'csv-stringify/sync';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { keepFile } from '../../platform/files/index.ts';
import { startTask, type Report, type TaskKind } from '../../platform/tasks/index.ts';
import { audit } from '../audit.ts';
import { demandEverywhere, demandScope } from '../callers/demand-scope.ts';
import { readAudit, type AuditFilter } from './read-audit.ts';

const KIND = 'audit.export';
const BATCH = 1_000;

/** @returns the id of the task @throws RequestError FORBIDDEN */
export async function startAuditExport(ctx: Context, filter: AuditFilter): Promise<string> {
  demandScope(ctx, 'audit.read');
  demandEverywhere(ctx);
  const facts = { ...filter, from: filter.from?.toISOString() ?? null, to: filter.to?.toISOString() ?? null };
  return inTransaction(ctx, async (tx) => {
    const id = await startTask(tx, { kind: KIND, facts });
    await audit(tx, { action: 'audit.exported', subject: `task:${id}`, facts });
    return id;
  });
}

/** A CSV file of audit entries, the newest first. */
export const auditExportTask: TaskKind = {
  kind: KIND,
  scope: 'audit.read',
  run: async (ctx, facts, report, signal) => {
    const { from, to, ...filter } = facts as { from: string | null; to: string | null };
    const period = { from: from === null ? null : new Date(from), to: to === null ? null : new Date(to) };
    const written = { rows: 0 };
    const file = await keepFile(ctx, {
      name: `audit-${ctx.clock.now().toISOString().slice(0, 10)}.csv`,
      type: 'text/csv; charset=utf-8',
      scope: 'audit.read',
      stream: rowsOf(ctx, { ...filter, ...period }, written, report, signal),
    });
    if (signal.aborted) return;
    return { result: { rows: written.rows }, fileId: file.id };
  },
};

const COLUMNS = ['at', 'who', 'name', 'action', 'subject', 'subject name', 'before', 'after', 'facts'];

/** `;` and a byte order mark, as spreadsheets of this country open it. */
async function* rowsOf(
  ctx: Context,
  filter: AuditFilter,
  written: { rows: number },
  report: Report,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield `\uFEFF${csv([COLUMNS])}`;
  let after: [Date, string] | null = null;
  while (!signal.aborted) {
    const page: Awaited<ReturnType<typeof readAudit>> = await readAudit(ctx, filter, { after, limit: BATCH });
    const last = page.at(-1);
    if (last === undefined) return;
    yield csv(
      page.map(({ facts: { before, after: now, ...facts }, ...entry }) => [
        entry.occurredAt.toISOString(),
        `${entry.actorKind} ${entry.actorId}`,
        entry.actorName ?? '',
        entry.action,
        entry.subject,
        entry.subjectName ?? '',
        before === undefined ? '' : JSON.stringify(before),
        now === undefined ? '' : JSON.stringify(now),
        JSON.stringify(facts),
      ]),
    );
    written.rows += page.length;
    report(written.rows, null);
    after = [last.occurredAt, last.id];
  }
}

/** A cell that a spreadsheet would read as a formula begins with an apostrophe. */
function csv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: ';', escape_formulas: true },
  );
}
