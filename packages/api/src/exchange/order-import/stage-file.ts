import type { PoolClient } from 'pg';
import { csvRecords } from '../reading/csv-records.ts';
import { guessDelimiter, openTextFile } from '../reading/open-file.ts';
import type { TextFile } from '../reading/open-file.ts';
import { UnreadableFile } from '../exchange.errors.ts';
import type { OrderMapping } from './mapping.ts';
import type { Pace } from './pace.ts';
import { rowReader } from './row-reader.ts';
import type { RowReaderOptions } from './row-reader.ts';
import { CREATE_STAGING, openStaging } from './staging.ts';

export interface StageFile extends Omit<RowReaderOptions, 'header'> {
  readonly path: string;
  readonly client: PoolClient;
  readonly pace: Pace;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file read so far, of how many. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

export interface StagedFile {
  readonly path: string;
  readonly rows: number;
  readonly encoding: TextFile['encoding'];
  readonly delimiter: string;
  /** Position of the order number. */
  readonly externalIdColumn: number;
  /** Rows that are no line of an order: set aside, or with a problem. */
  readonly unfit: number;
}

/** Reads the whole file into `import_line`. Memory does not grow with it. @throws UnreadableFile @throws UnusableMapping */
export async function stageFile(options: StageFile): Promise<StagedFile> {
  const file = await openTextFile(options.path, options.mapping.file.encoding);
  const delimiter = delimiterOf(options.mapping, file);
  await options.client.query(CREATE_STAGING);
  const staging = openStaging(options.client);
  let externalIdColumn = -1;
  let read: ReturnType<typeof rowReader> | undefined;
  let rows = 0;
  let unfit = 0;
  let waiting: Promise<void> | undefined;

  const records = csvRecords(delimiter, (fields, line) => {
    if (read === undefined) {
      read = rowReader({ ...options, header: fields });
      externalIdColumn = fields.findIndex((name) => name.trim() === options.mapping.columns.externalId);
      return;
    }
    rows += 1;
    const outcome = read(fields);
    if ('line' in outcome) {
      waiting = staging.add(line, outcome.line) ?? waiting;
      return;
    }
    unfit += 1;
    const { externalId } = outcome;
    waiting =
      ('setAside' in outcome
        ? staging.addSetAside(line, externalId, outcome.setAside)
        : staging.addProblem(line, externalId, outcome.problem)) ?? waiting;
  });
  try {
    for await (const piece of file.pieces((done) => options.onProgress?.(done, file.size))) {
      options.signal?.throwIfAborted();
      const began = performance.now();
      records.push(piece);
      // One piece at most is ahead of the database.
      await waiting;
      waiting = undefined;
      await options.pace.rest(performance.now() - began);
    }
    records.end();
  } catch (error) {
    staging.abandon();
    throw error;
  }
  await staging.end();
  if (read === undefined) throw new UnreadableFile(`${options.path} is empty`);
  return { path: options.path, rows, encoding: file.encoding, delimiter, externalIdColumn, unfit };
}

export function delimiterOf(mapping: OrderMapping, file: TextFile): string {
  return mapping.file.delimiter === 'auto' ? guessDelimiter(file.beginning) : mapping.file.delimiter;
}
