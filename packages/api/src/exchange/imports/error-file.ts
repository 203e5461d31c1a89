import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ImportProblem } from './import-problem.ts';
import { problemInWords } from './problem-words.ts';

/** The two columns more of an error file; the mapping of the file it came from leaves them alone. */
export const ROW_COLUMN = 'import row';
export const PROBLEM_COLUMN = 'import problem';

/** What a spreadsheet would run as a formula, already quoted or not. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet runs: an apostrophe before it, taken away again when the file is imported. */
export function safeCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function openSafeCell(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** Whether a file was written here: then its cells are safe ones. */
export function isErrorFile(header: readonly string[]): boolean {
  return header.includes(ROW_COLUMN) && header.includes(PROBLEM_COLUMN);
}

export interface ErrorFile {
  readonly rows: number;
  add(row: number, fields: readonly string[], problems: readonly ImportProblem[]): Promise<void>;
  /** Makes the file appear; there is none where no row was added. */
  end(): Promise<void>;
  abandon(): Promise<void>;
}

/**
 * Writes the rows that were not taken, as they stood, with two columns more: where and why. UTF-8 with a byte order
 * mark and `;`, which is what a Russian spreadsheet opens by a double click.
 */
export function openErrorFile(
  path: string | undefined,
  header: readonly string[],
  language: 'ru' | 'en',
): ErrorFile {
  // A corrected file that failed again keeps the columns once.
  const kept = header.flatMap((name, at) => (name === ROW_COLUMN || name === PROBLEM_COLUMN ? [] : [at]));
  let rows = 0;
  let stream: WriteStream | undefined;
  const write = async (fields: readonly string[]): Promise<void> => {
    if (path === undefined) return;
    const first = stream === undefined;
    // It holds what the file held, contacts too.
    stream ??= createWriteStream(`${path}.part`, { mode: 0o600 });
    const line = `${first ? '\uFEFF' : ''}${fields.map(quoted).join(';')}\r\n`;
    if (!stream.write(line)) await once(stream, 'drain');
  };
  const close = async (): Promise<void> => {
    if (stream === undefined) return;
    stream.end();
    await finished(stream);
  };
  return {
    get rows() {
      return rows;
    },
    add: async (row, fields, problems) => {
      if (rows === 0) await write([...kept.map((at) => header[at] ?? ''), ROW_COLUMN, PROBLEM_COLUMN]);
      rows += 1;
      const words = problems.map((problem) => problemInWords(problem, language)).join('; ');
      // What stands behind the last column goes behind ours: every cell stays under its name.
      const more = fields.slice(header.length);
      await write([...kept.map((at) => fields[at] ?? ''), String(row), words, ...more]);
    },
    end: async () => {
      await close();
      if (stream !== undefined && path !== undefined) await rename(`${path}.part`, path);
    },
    abandon: async () => {
      stream?.destroy();
      if (path !== undefined) await rm(`${path}.part`, { force: true });
    },
  };
}

function quoted(field: string): string {
  const safe = safeCell(field);
  return /[";\r\n]/.test(safe) || safe.includes('\t') ? `"${safe.replaceAll('"', '""')}"` : safe;
}
