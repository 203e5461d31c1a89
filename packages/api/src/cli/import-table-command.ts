import { constants, setPriority } from 'node:os';
import { formatMoney } from '@clientele/shared/money';
import {
  guessedMapping,
  importTable,
  problemInWords,
  readTableMapping,
  type TableKind,
  type TableReport,
} from '../exchange/index.ts';
import type { Company } from './company.ts';
import type { ImportArguments, Progress } from './import-arguments.ts';
import { say } from './say.ts';

export const TABLE_KINDS = ['profiles', 'products', 'events', 'balances'] as const;
type TableWord = (typeof TABLE_KINDS)[number];

export function isTableKind(what: string): what is TableWord {
  return (TABLE_KINDS as readonly string[]).includes(what);
}

const KINDS: Record<TableWord, TableKind> = {
  profiles: 'PROFILES',
  products: 'PRODUCTS',
  events: 'EVENTS',
  balances: 'BALANCES',
};

interface Work {
  readonly what: TableWord;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Without a mapping, columns are what their names say. @returns the exit code: 2 where some rows were refused */
export async function importTableFile(
  { ctx }: Company,
  { path, source, map, errorFile, dryRun, cwd }: ImportArguments,
  { what, progress, signal }: Work,
): Promise<number> {
  // Tills on the same machine come first.
  setPriority(constants.priority.PRIORITY_LOW);
  const kind = KINDS[what];
  const mapping = map === undefined ? await guessedMapping(kind, path) : readTableMapping(kind, map, cwd);
  if (map === undefined)
    for (const { column, field } of mapping.columns) say(`"${column}" is read as ${field}`);
  const { report, runId } = await importTable(ctx, {
    path,
    source,
    mapping,
    dryRun,
    errorFile,
    language: 'en',
    signal,
    onProgress: (done, of) => progress.show(dryRun ? 'checking' : what, done, of),
  });
  progress.stop();
  for (const line of tableReportInWords(report)) say(line);
  if (report.errorRows > 0) say(`Error file: ${errorFile}`);
  if (!dryRun) say(`Import ${runId}`);
  return report.errorRows > 0 ? 2 : 0;
}

const SHOWN = 20;

/** The report as lines a person reads. */
export function tableReportInWords(report: TableReport): string[] {
  const { rows, counts, encoding, delimiter, format } = report;
  const read = format === 'XLSX' ? 'spreadsheet' : `${encoding}, columns separated by ${named(delimiter)}`;
  return [
    `${rows} ${rows === 1 ? 'row' : 'rows'} read (${read})`,
    `  ${counts.CREATED} new, ${counts.UPDATED} changed, ${counts.UNCHANGED} stored before and unchanged`,
    ...(counts.REJECTED + counts.CONFLICT > 0
      ? [`  ${counts.REJECTED} refused, ${counts.CONFLICT} against what is stored`]
      : []),
    ...(report.skippedValues > 0 ? [`  ${report.skippedValues} values left out`] : []),
    ...Object.entries(report.totals).map(([name, sum]) => `  ${totalInWords(name, sum)}`),
    ...(report.dryRun ? ['Nothing was written: this was a dry run.'] : []),
    ...problemLines(report),
  ];
}

function totalInWords(name: string, sum: number): string {
  const [what, currency] = name.split('.');
  return what === 'liability' && currency !== undefined
    ? `worth ${formatMoney(sum, currency)} ${currency} when spent`
    : `${what}: ${sum}`;
}

function problemLines({ problems, reasons }: TableReport): string[] {
  if (problems.length === 0) return [];
  const shown = problems.slice(0, SHOWN);
  return [
    'Why, by how often:',
    ...reasons.map(
      ({ column, code, rows }) =>
        `  ${rows} × ${problemInWords({ row: 0, column, code, value: '', detail: null }, 'en')}`,
    ),
    `The first ${shown.length}:`,
    ...shown.map((problem) => `  line ${problem.row}, ${problemInWords(problem, 'en')}`),
  ];
}

function named(delimiter: string | null): string {
  return delimiter === '\t' ? 'tabs' : `"${delimiter}"`;
}
