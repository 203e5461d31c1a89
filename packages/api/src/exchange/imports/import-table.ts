import { basename } from 'node:path';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { openTable, type Table, type TableRow } from '../reading/table.ts';
import { breather } from './breathe.ts';
import { isErrorFile, openErrorFile, openSafeCell, type ErrorFile } from './error-file.ts';
import { lockImport } from './import-lock.ts';
import type { CellProblem, ImportProblem, RowOutcome } from './import-problem.ts';
import { momentOf, startRun, type RunNote } from './import-run.ts';
import { intakeOf } from './intake.ts';
import type { KindDoor, KindOptions } from './kinds/kind-door.ts';
import { openKind } from './kinds/open-kind.ts';
import { placeColumns } from './mapping/fields.ts';
import type { TableMapping } from './mapping/table-mapping.ts';
import { Tally, type TableReport } from './report.ts';

export interface ImportTable {
  readonly path: string;
  /** What people call the file; absent: the end of its path. */
  readonly fileName?: string | undefined;
  /** Whose ids these are. */
  readonly source: string;
  readonly mapping: TableMapping;
  /** Reads and judges everything, writes nothing but its report. */
  readonly dryRun?: boolean | undefined;
  /** Where rows that are not taken are written; written only when there are some. */
  readonly errorFile?: string | undefined;
  /** Of the words in the error file. */
  readonly language?: 'ru' | 'en' | undefined;
  readonly taskId?: string | undefined;
  /** Bytes of the file that are done, of how many. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
  /** Of a run that is gone on with: what it writes, it writes as the first part did. */
  readonly runId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TableImported {
  readonly runId: string;
  readonly report: TableReport;
}

/** One transaction each; small enough that nobody waits for it. */
const BATCH = 250;

/**
 * Brings in a file of rows, some at a time: what was stored stays, so after a kill the same call goes on where it
 * stood, and a second one changes nothing. A row that is not taken never hurts its neighbours.
 * @throws UnreadableFile @throws UnusableMapping @throws ImportRunning
 */
export async function importTable(ctx: Context, input: ImportTable): Promise<TableImported> {
  const { mapping, source } = input;
  const table = await openTable(input.path, mapping.file);
  const columns = placeColumns(mapping, table.header);
  const runId = input.runId ?? newId();
  const now = await momentOf(ctx, runId);
  // Whoever may import may write as the source of the file.
  const actor = { ...ctx.actor, sources: 'ANY' as const };
  const still: Context = { ...ctx, actor, clock: { now: () => now } };
  const lock = await lockImport(ctx, mapping.kind, source);
  const dryRun = input.dryRun ?? false;
  const intake = intakeOf(mapping.kind, source);
  let run: RunNote | undefined;
  const errors = openErrorFile(input.errorFile, table.header, input.language ?? 'ru');
  try {
    const kind = await openKind({
      ctx: still,
      mapping,
      columns,
      source,
      dryRun,
      runId,
      intake,
      client: lock.client,
    });
    run = await startRun(ctx, {
      id: runId,
      kind: mapping.kind,
      source,
      fileName: input.fileName ?? basename(input.path),
      mapping: mapping.name,
      dryRun,
      startedAt: now,
      taskId: input.taskId ?? null,
    });
    const tally = await takeRows({ ctx: still, input, table, kind, errors, intake });
    await errors.end();
    const report = reportOf(table, tally, { mapping, dryRun, errorRows: errors.rows, kind });
    await run('DONE', report);
    return { runId, report };
  } catch (error) {
    await errors.abandon();
    await run?.(input.signal?.aborted === true ? 'CANCELLED' : 'FAILED', null);
    throw error;
  } finally {
    lock.release();
  }
}

interface Taking {
  readonly input: ImportTable;
  readonly table: Table;
  readonly kind: KindDoor<unknown>;
  readonly errors: ErrorFile;
  readonly ctx: Context;
  readonly intake: KindOptions['intake'];
}

interface Read {
  readonly source: TableRow;
  readonly row: unknown;
  readonly problems: readonly CellProblem[];
  readonly content?: Record<string, unknown>;
}

/** While some rows are stored, the next ones are read. Whatever stops it, nothing is being stored any more then. */
async function takeRows(taking: Taking): Promise<Tally> {
  const { input, table } = taking;
  const tally = new Tally();
  let storing: Promise<void> = Promise.resolve();
  let done = 0;
  try {
    for await (const rows of table.batches(BATCH, (bytes) => (done = bytes))) {
      input.signal?.throwIfAborted();
      const read = await readRows(taking, rows);
      await storing;
      storing = storeRows(taking, tally, read);
      // It is waited for with the next rows; meanwhile its failure is nobody's.
      storing.catch(() => undefined);
      input.onProgress?.(Math.min(done, table.size), table.size);
    }
    await storing;
  } finally {
    await storing.catch(() => undefined);
  }
  input.onProgress?.(table.size, table.size);
  return tally;
}

async function readRows({ table, kind }: Taking, rows: readonly TableRow[]): Promise<Read[]> {
  const breathe = breather();
  const safe = isErrorFile(table.header);
  const read: Read[] = [];
  for (const source of rows) {
    const fields = safe ? source.fields.map(openSafeCell) : source.fields;
    const shape = shapeProblem(table, fields);
    if (shape !== null) read.push({ source: { row: source.row, fields }, row: null, problems: [shape] });
    else read.push({ source: { row: source.row, fields }, ...kind.read(fields) });
    await breathe();
  }
  return read;
}

/** Empty cells behind the last column are how some programs end a row. */
function shapeProblem({ header }: Table, fields: readonly string[]): CellProblem | null {
  if (fields.length === header.length) return null;
  if (fields.length > header.length && fields.slice(header.length).every((field) => field.trim() === ''))
    return null;
  return { at: null, code: 'COLUMNS', detail: `${fields.length} ≠ ${header.length}` };
}

async function storeRows(taking: Taking, tally: Tally, read: readonly Read[]): Promise<void> {
  const sound = read.filter(({ row }) => row !== null);
  const outcomes = await taking.kind.store(sound.map(({ row }) => row));
  if (taking.input.dryRun !== true) await tellUnread(taking, read);
  let next = 0;
  for (const { source, row, problems } of read) {
    const outcome: RowOutcome =
      row === null
        ? { status: 'REJECTED', problems }
        : (outcomes[next++] ?? { status: 'REJECTED', problems });
    const skipped = row === null ? [] : problems.map((problem) => shown(taking.table, source, problem));
    const told = outcome.problems.map((problem) => shown(taking.table, source, problem));
    for (const problem of skipped) tally.note(problem);
    tally.skippedValues += skipped.length;
    tally.add(outcome.status, told);
    if (outcome.status === 'REJECTED' || outcome.status === 'CONFLICT')
      await taking.errors.add(source.row, source.fields, told);
  }
}

/** Rows nobody could even judge wait in the monitor as well, as far as they are records at all. */
async function tellUnread({ ctx, table, intake }: Taking, read: readonly Read[]): Promise<void> {
  const unread = read.filter(({ row, content }) => row === null && content !== undefined);
  if (unread.length === 0) return;
  await intake(
    ctx,
    unread.map(({ source, problems, content }) => ({
      key: typeof content?.['externalId'] === 'string' ? content['externalId'] : null,
      status: 'REJECTED' as const,
      problems: problems.map((problem) => {
        const { column, code } = shown(table, source, problem);
        return { path: column === null ? [] : [column], code: 'FORMAT' as const, message: code };
      }),
      input: content,
    })),
  );
}

const SHOWN_VALUE = 60;

function shown(
  { header }: Table,
  { row, fields }: TableRow,
  { at, code, detail }: CellProblem,
): ImportProblem {
  return {
    row,
    column: at === null ? null : (header[at] ?? null),
    code,
    value: at === null ? '' : (fields[at] ?? '').trim().slice(0, SHOWN_VALUE),
    detail: detail ?? null,
  };
}

function reportOf(
  { format, encoding, delimiter }: Table,
  tally: Tally,
  about: { mapping: TableMapping; dryRun: boolean; errorRows: number; kind: KindDoor<unknown> },
): TableReport {
  return {
    kind: about.mapping.kind,
    dryRun: about.dryRun,
    format,
    encoding,
    delimiter,
    rows: tally.rows,
    counts: tally.counts,
    reasons: tally.reasons,
    problems: tally.problems,
    skippedValues: tally.skippedValues,
    errorRows: about.errorRows,
    totals: about.kind.totals?.() ?? {},
  };
}
