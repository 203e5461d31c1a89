import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { csvRecords } from '../reading/csv-records.ts';
import { openTextFile } from '../reading/open-file.ts';
import { readProblem } from './row-problem.ts';
import type { StagedFile } from './stage-file.ts';

interface Problems {
  /** Of a row of its own, or why it was set aside; by line of the file. */
  readonly byRow: ReadonlyMap<number, string>;
  /** Of an order: all its rows are listed, so that the corrected file can be imported as it is. */
  readonly byOrder: ReadonlyMap<string, string>;
}

/** More rows than this nobody corrects by hand. */
const MOST = 100_000;

/**
 * Writes every row that is not stored as it stood, with two columns more: its line in the file and why. Other columns
 * of a file do not matter to an import, so this one can be corrected and imported.
 * @returns how many rows were written; no file where there are none
 */
export async function writeErrorFile(
  client: PoolClient,
  file: StagedFile,
  errorFile: string,
): Promise<number> {
  const problems = await readProblems(client);
  if (problems.byRow.size + problems.byOrder.size === 0) return 0;
  let written = 0;
  const rows = async function* (): AsyncGenerator<string> {
    for await (const text of rowsWithProblems(file, problems)) {
      written += 1;
      yield text;
    }
  };
  const draft = `${errorFile}.part`;
  // It holds what the file held, contacts too.
  await pipeline(Readable.from(rows()), createWriteStream(draft, { mode: 0o600 }));
  await rename(draft, errorFile);
  return written - 1;
}

async function readProblems(client: PoolClient): Promise<Problems> {
  const { rows } = await client.query<{ row: number; problem: string | null; aside: string | null }>(
    `select row, problem, set_aside as aside from import_line
     where problem is not null or set_aside is not null order by row limit ${MOST}`,
  );
  const { rows: orders } = await client.query<{ externalId: string; status: string; problem: string | null }>(
    `select external_id as "externalId", status, problem from import_order
     where status in ('REJECTED', 'CONFLICT') order by row limit ${MOST}`,
  );
  return {
    byRow: new Map(
      rows.map(({ row, problem, aside }) => [
        row,
        problem === null ? `set aside: ${aside}` : readProblem(problem).words,
      ]),
    ),
    byOrder: new Map(
      orders.map(({ externalId, status, problem }) => [externalId, wordsOfOrder(status, problem)]),
    ),
  };
}

function wordsOfOrder(status: string, problem: string | null): string {
  if (status === 'CONFLICT') return 'is stored already, with another content';
  return problem === null ? 'is not stored' : readProblem(problem).words;
}

async function* rowsWithProblems(file: StagedFile, problems: Problems): AsyncGenerator<string> {
  const { delimiter, externalIdColumn } = file;
  const text = await openTextFile(file.path, file.encoding);
  let found: string[] = [];
  let isHeader = true;
  const write = (fields: readonly string[]): void => {
    found.push(`${fields.map((field) => quoted(field, delimiter)).join(delimiter)}\r\n`);
  };
  const records = csvRecords(delimiter, (fields, line) => {
    if (isHeader) {
      isHeader = false;
      return write([...fields, 'import row', 'import problem']);
    }
    const ofOrder = problems.byOrder.get(fields[externalIdColumn]?.trim() ?? '');
    const own = problems.byRow.get(line);
    const problem = own ?? (ofOrder === undefined ? undefined : `its order is not stored: ${ofOrder}`);
    if (problem !== undefined) write([...fields, String(line), problem]);
  });
  for await (const piece of text.pieces()) {
    records.push(piece);
    yield* found;
    found = [];
  }
  records.end();
  yield* found;
}

function quoted(field: string, delimiter: string): string {
  return field.includes('"') || field.includes(delimiter) || /[\r\n]/.test(field)
    ? `"${field.replaceAll('"', '""')}"`
    : field;
}
