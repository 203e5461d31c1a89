import { open } from 'node:fs/promises';
import { stat } from 'node:fs/promises';
import { UnreadableFile } from '../exchange.errors.ts';
import { csvRecords } from './csv-records.ts';
import { guessDelimiter, openTextFile, type FileEncoding } from './open-file.ts';
import { openSpreadsheet, type Spreadsheet } from './spreadsheet.ts';

export interface TableRow {
  /** Line of the file it begins on, or row of the sheet; from 1, the header's is counted. */
  readonly row: number;
  readonly fields: readonly string[];
}

/** A file of rows under one header, whatever it was saved as. */
export interface Table {
  readonly format: 'CSV' | 'XLSX';
  /** Bytes on disk: what progress counts. */
  readonly size: number;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Column names; one without a name is called by its number, `#3`. */
  readonly header: readonly string[];
  /**
   * Rows below the header, some at a time; memory does not grow with the file.
   * @param onProgress bytes of the file read so far
   * @throws UnreadableFile
   */
  batches(size: number, onProgress?: (bytes: number) => void): AsyncGenerator<TableRow[]>;
}

export interface TableSettings {
  readonly encoding: FileEncoding;
  /** One character, or `auto`. */
  readonly delimiter: string;
  readonly sheet: string | null;
}

export const MOST_COLUMNS = 1_000;
const MOST_ROWS = 5_000_000;

/** @throws UnreadableFile */
export async function openTable(path: string, settings: TableSettings): Promise<Table> {
  const kind = await kindOf(path);
  if (kind === 'OLD')
    throw new UnreadableFile('this is a spreadsheet of an old format: save it as XLSX or CSV', {
      reason: 'OLD_SPREADSHEET',
    });
  return kind === 'XLSX' ? openSheet(path, settings) : openCsv(path, settings);
}

async function kindOf(path: string): Promise<'CSV' | 'XLSX' | 'OLD'> {
  const file = await open(path).catch(() => {
    throw new UnreadableFile(`there is no file ${path}`, { reason: 'NO_FILE' });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const magic = buffer.toString('latin1', 0, bytesRead);
    if (magic === 'PK\u0003\u0004') return 'XLSX';
    return magic === '\u00D0\u00CF\u0011\u00E0' ? 'OLD' : 'CSV';
  } finally {
    await file.close();
  }
}

async function openCsv(path: string, settings: TableSettings): Promise<Table> {
  const file = await openTextFile(path, settings.encoding);
  const delimiter = settings.delimiter === 'auto' ? guessDelimiter(file.beginning) : settings.delimiter;

  async function* records(onProgress?: (bytes: number) => void): AsyncGenerator<TableRow[]> {
    let found: TableRow[] = [];
    const reader = csvRecords(delimiter, (fields, row) => found.push({ row, fields }));
    for await (const piece of file.pieces(onProgress)) {
      reader.push(piece);
      if (found.length > 0) yield found;
      found = [];
    }
    reader.end();
    if (found.length > 0) yield found;
  }

  const first = await firstOf(records());
  const header = headerOf(first?.fields, path);
  return {
    format: 'CSV',
    size: file.size,
    encoding: file.encoding,
    delimiter,
    header,
    batches: (size, onProgress) => inBatches(records(onProgress), size),
  };
}

async function openSheet(path: string, { sheet }: TableSettings): Promise<Table> {
  const { size } = await stat(path);
  const spreadsheet = await openSpreadsheet(path);
  const first = await firstOf(sheetRecords(spreadsheet, sheet, 0));
  const header = headerOf(first?.fields, path);
  const rows = (): AsyncGenerator<TableRow[]> => sheetRecords(spreadsheet, sheet, header.length);
  return {
    format: 'XLSX',
    size,
    encoding: null,
    delimiter: null,
    header,
    batches: (count) => inBatches(rows(), count),
  };
}

/** Empty cells at the end of a row are not stored: every row gets as many fields as the header has. */
async function* sheetRecords(
  spreadsheet: Spreadsheet,
  sheet: string | null,
  width: number,
): AsyncGenerator<TableRow[]> {
  for await (const { row, fields } of spreadsheet.rows(sheet)) {
    if (fields.every((field) => field === '')) continue;
    while (fields.length < width) fields.push('');
    yield [{ row, fields }];
  }
}

async function firstOf(records: AsyncGenerator<TableRow[]>): Promise<TableRow | undefined> {
  for await (const [first] of records) return first;
  return undefined;
}

async function* inBatches(records: AsyncGenerator<TableRow[]>, size: number): AsyncGenerator<TableRow[]> {
  let rows = 0;
  let isHeader = true;
  let batch: TableRow[] = [];
  for await (const found of records) {
    for (const record of found) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      rows += 1;
      if (rows > MOST_ROWS)
        throw new UnreadableFile(`the file has more than ${MOST_ROWS} rows: cut it`, {
          reason: 'TOO_MANY_ROWS',
          limit: MOST_ROWS,
        });
      batch.push(record);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** @throws UnreadableFile */
function headerOf(fields: readonly string[] | undefined, path: string): string[] {
  if (fields === undefined) throw new UnreadableFile(`${path} is empty`, { reason: 'EMPTY' });
  if (fields.length > MOST_COLUMNS)
    throw new UnreadableFile(`the file has ${fields.length} columns, at most ${MOST_COLUMNS} are read`, {
      reason: 'TOO_MANY_COLUMNS',
      found: fields.length,
      limit: MOST_COLUMNS,
    });
  const names = fields.map((field, index) => field.trim() || `#${index + 1}`);
  const doubled = names.filter((name, index) => names.indexOf(name) !== index);
  if (doubled.length > 0)
    throw new UnreadableFile(`columns stand twice in the header: ${[...new Set(doubled)].join(', ')}`, {
      reason: 'DUPLICATE_HEADER',
      columns: [...new Set(doubled)],
    });
  return names;
}
