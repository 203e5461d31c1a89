import type ExcelJs from 'exceljs';
import { UnreadableFile } from '../exchange.errors.ts';
import { checkZip, type ZipLimits } from './zip-limits.ts';

/** The one place that knows which library reads spreadsheets. */
export interface Spreadsheet {
  readonly sheets: readonly string[];
  /**
   * Rows of one sheet, the first unless named; empty ones are passed over. Formulas are read as the value that was
   * stored with them; memory holds one row and the texts shared between cells.
   * @throws UnreadableFile
   */
  rows(sheet: string | null): AsyncGenerator<SpreadsheetRow>;
}

export interface SpreadsheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number;
  readonly fields: string[];
}

const LIMITS: ZipLimits = {
  total: 1_500_000_000,
  // Shared texts stand in memory while the sheet is read.
  entry: (name) => (name.endsWith('sharedStrings.xml') ? 150_000_000 : 1_200_000_000),
  ratio: 250,
};

/** @throws UnreadableFile */
export async function openSpreadsheet(path: string): Promise<Spreadsheet> {
  await checkZip(path, LIMITS);
  const sheets: string[] = [];
  for await (const sheet of reader(path)) {
    sheets.push(nameOf(sheet));
    // Names of all sheets are known as soon as the first one is met; cells are read later.
    break;
  }
  if (sheets.length === 0) throw new UnreadableFile('the spreadsheet has no sheet', { reason: 'NO_SHEET' });
  return { sheets, rows: (sheet) => rowsOf(path, sheet) };
}

async function* rowsOf(path: string, wanted: string | null): AsyncGenerator<SpreadsheetRow> {
  for await (const sheet of reader(path)) {
    if (wanted !== null && nameOf(sheet) !== wanted) continue;
    for await (const row of sheet) yield { row: row.number, fields: fieldsOf(row) };
    return;
  }
  throw new UnreadableFile(`the spreadsheet has no sheet ${wanted}`, { reason: 'NO_SHEET' });
}

async function* reader(path: string): AsyncGenerator<ExcelJs.stream.xlsx.WorksheetReader> {
  // Loaded when the first spreadsheet is met: few processes ever read one.
  const { default: library } = await import('exceljs');
  const workbook = new library.stream.xlsx.WorkbookReader(path, {
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    worksheets: 'emit',
    entries: 'ignore',
  });
  try {
    yield* workbook;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(`the spreadsheet cannot be read: ${reason}`, { reason: 'DAMAGED' });
  }
}

/** The name stands in the reader, only not in its types. */
function nameOf(sheet: ExcelJs.stream.xlsx.WorksheetReader): string {
  const { name, id } = sheet as unknown as { name?: string; id?: number | string };
  return name ?? `Sheet${id ?? 1}`;
}

function fieldsOf(row: ExcelJs.Row): string[] {
  const fields: string[] = [];
  row.eachCell({ includeEmpty: false }, (cell, column) => {
    while (fields.length < column - 1) fields.push('');
    fields[column - 1] = textOf(cell.value);
  });
  return fields;
}

function textOf(value: ExcelJs.CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return dateText(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return '';
  if ('result' in value) return textOf(value.result ?? null);
  if ('text' in value) return typeof value.text === 'string' ? value.text : textOf(value.text);
  return '';
}

/** Phones and card numbers typed as numbers keep all their digits. */
function numberText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
}

/** Spreadsheets know no zones: the moment is that of the wall. */
function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  const text = value.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
