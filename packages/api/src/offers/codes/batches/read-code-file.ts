import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { codeKey, isCodeKey, LONGEST_CODE } from '@clientele/shared/promo-codes';

export type CodeProblem = 'EMPTY' | 'FORMAT' | 'TOO_LONG' | 'EXPIRES' | 'REPEATED' | 'TAKEN';

export interface CodeRow {
  /** Line of the file, from 1. */
  row: number;
  code: string;
  key: string;
  expiresAt: Date | null;
}

export interface RefusedRow {
  row: number;
  text: string;
  problem: CodeProblem;
}

const HEADERS = new Set([
  'code',
  'codes',
  'promocode',
  'promo_code',
  'promo code',
  'код',
  'коды',
  'промокод',
  'промокоды',
]);
const SEPARATOR = /[;,\t]/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * Codes of a CSV file, one a line: `code` or `code;last day` (YYYY-MM-DD); further columns are let be. A heading, a
 * byte order mark and quotes are understood; the separator is a comma, a semicolon or a tab.
 * @param endOf when a day of the pool's zone is over
 */
export async function* readCodeFile(
  path: string,
  endOf: (date: string) => Date,
): AsyncGenerator<CodeRow | RefusedRow> {
  const input = createReadStream(path, { encoding: 'utf8' });
  let row = 0;
  try {
    for await (const raw of createInterface({ input, crlfDelay: Infinity })) {
      row += 1;
      const line = row === 1 ? raw.replace(/^\uFEFF/, '') : raw;
      if (line.trim() === '') continue;
      const [code = '', day = ''] = line.slice(0, 1_000).split(SEPARATOR, 2).map(plain);
      if (row === 1 && HEADERS.has(code.toLowerCase())) continue;
      yield readRow(row, code, day, endOf);
    }
  } finally {
    input.destroy();
  }
}

/** Without its quotes. */
function plain(cell: string): string {
  const trimmed = cell.trim();
  return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"').trim() : trimmed;
}

function readRow(
  row: number,
  code: string,
  day: string,
  endOf: (date: string) => Date,
): CodeRow | RefusedRow {
  const refused = (problem: CodeProblem): RefusedRow => ({ row, text: code, problem });
  if (code === '') return refused('EMPTY');
  if (code.length > LONGEST_CODE) return refused('TOO_LONG');
  const key = codeKey(code);
  if (!isCodeKey(key)) return refused('FORMAT');
  if (day !== '' && (!DATE.test(day) || Number.isNaN(Date.parse(day)))) return refused('EXPIRES');
  return { row, code, key, expiresAt: day === '' ? null : endOf(day) };
}
