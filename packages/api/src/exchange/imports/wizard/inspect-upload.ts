import { demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { invalid } from '../../../platform/errors.ts';
import { findFile } from '../../../platform/files/index.ts';
import type { FileEncoding } from '../../reading/open-file.ts';
import { openTable } from '../../reading/table.ts';
import { FIELDS } from '../mapping/fields.ts';
import { guessKind, guessMapping, type GuessedColumn } from '../mapping/guess-mapping.ts';
import { guessOrderMapping, ORDER_FIELDS } from '../mapping/order-fields.ts';
import type { TableKind } from '../mapping/table-mapping.ts';

export type ImportKind = TableKind | 'ORDERS';

export interface UploadInspection {
  __typename: 'UploadInspection';
  fileName: string;
  bytes: number;
  format: 'CSV' | 'XLSX';
  encoding: string | null;
  delimiter: string | null;
  /** As asked for, else guessed by the header. */
  kind: ImportKind;
  columns: (GuessedColumn & { samples: string[] })[];
  /** The first rows below the header. */
  rows: { row: number; fields: string[] }[];
  /** About how many there are. */
  estimatedRows: number | null;
}

export interface InspectUpload {
  uploadId: string;
  kind?: ImportKind | null | undefined;
  encoding?: string | null | undefined;
  delimiter?: string | null | undefined;
}

const SHOWN_ROWS = 20;
const SAMPLES = 3;
const ENCODINGS = new Set(['auto', 'utf-8', 'windows-1251', 'utf-16le', 'utf-16be', 'iso-8859-1']);

/** What an uploaded file is and what its columns probably are. @throws UnreadableFile @throws InvalidInput */
export async function inspectUpload(ctx: Context, input: InspectUpload): Promise<UploadInspection> {
  demandScope(ctx, 'imports.run');
  const file = await uploadedFile(ctx, input.uploadId);
  const encoding = input.encoding ?? 'auto';
  const delimiter = input.delimiter ?? 'auto';
  if (!ENCODINGS.has(encoding)) throw invalid('encoding', 'UNKNOWN', 'is no encoding that can be read');
  if (delimiter !== 'auto' && delimiter.length !== 1)
    throw invalid('delimiter', 'FORMAT', 'is one character or auto');
  const table = await openTable(file.path, { encoding: encoding as FileEncoding, delimiter, sheet: null });
  const rows: { row: number; fields: string[] }[] = [];
  for await (const batch of table.batches(SHOWN_ROWS)) {
    rows.push(...batch.map(({ row, fields }) => ({ row, fields: [...fields] })));
    break;
  }
  const kind = input.kind ?? guessKind(table.header);
  const fields = rows.map((row) => row.fields);
  const guessed =
    kind === 'ORDERS' ? guessOrderMapping(table.header) : guessMapping(kind, table.header, fields);
  return {
    __typename: 'UploadInspection',
    fileName: file.name,
    bytes: file.bytes,
    format: table.format,
    encoding: table.encoding,
    delimiter: table.delimiter,
    kind,
    columns: guessed.map((column, at) => ({ ...column, samples: samplesOf(fields, at) })),
    rows,
    estimatedRows: estimate(table.size, rows.length, fields),
  };
}

/** @throws InvalidInput UNKNOWN */
export async function uploadedFile(ctx: Context, uploadId: string) {
  const file = await findFile(ctx, uploadId, 'UPLOADS');
  if (file === null) throw invalid('uploadId', 'UNKNOWN', 'is no uploaded file, or no longer');
  return file;
}

function samplesOf(rows: readonly (readonly string[])[], at: number): string[] {
  const cells = rows.map((row) => row[at]?.trim() ?? '').filter((cell) => cell !== '');
  return [...new Set(cells)].slice(0, SAMPLES);
}

function estimate(bytes: number, count: number, rows: readonly (readonly string[])[]): number | null {
  if (count < SHOWN_ROWS) return count;
  const sample = rows.reduce((sum, row) => sum + Buffer.byteLength(row.join(';')) + 2, 0);
  return sample === 0 ? null : Math.round((bytes / sample) * count);
}

/** What the columns of a kind may mean. */
export function fieldsOf(kind: ImportKind) {
  return kind === 'ORDERS' ? ORDER_FIELDS : FIELDS[kind];
}
