import type { LineKind } from '@clientele/shared/receipt';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A line of an order as it was read; amounts in minor units, quantities in thousandths, all of them positive. */
export interface StagedLine {
  readonly externalId: string;
  /** Position among the stores of this import. */
  readonly store: number;
  readonly occurredAt: number;
  readonly isReturn: boolean;
  /** Keyed hash of who bought it; null: nobody known. */
  readonly shopper: string | null;
  readonly contact: { readonly sealed: string; readonly masked: string } | null;
  readonly sku: string;
  readonly name: string | null;
  readonly kind: LineKind;
  readonly earnable: false | null;
  readonly quantityMilli: number;
  readonly unitPrice: number;
  readonly gross: number;
  readonly discount: number;
  /** What rounding took from the exact amount, in millionths of a minor unit. */
  readonly rest: number;
  readonly hash: number;
  /** JSON of its print lines. */
  readonly printLines: string;
}

/** Filled by COPY; a row that could not be read holds its problem, or why it was set aside, and nothing else. */
export const CREATE_STAGING = `
  create unlogged table import_line (
    run integer not null, row integer not null, external_id text not null, problem text, set_aside text,
    store smallint, occurred_at timestamptz, is_return boolean, shopper text, sealed text, masked text, sku text, name text,
    kind text, earnable boolean, quantity_milli bigint, unit_price bigint, gross bigint, discount bigint, rest bigint,
    hash bigint, print_lines jsonb
  )`;

const NULL = '\\N';
const PIECE = 131_072;

export interface Staging {
  /** Resolves when the server keeps up: memory does not grow with the file. */
  add(row: number, line: StagedLine): Promise<void> | undefined;
  addProblem(row: number, externalId: string, problem: string): Promise<void> | undefined;
  addSetAside(row: number, externalId: string, reason: string): Promise<void> | undefined;
  end(): Promise<void>;
  /** Ends without keeping anything; the connection is not to be used again. */
  abandon(): void;
}

/** Streams rows into `import_line` of this connection. */
export function openStaging(client: PoolClient): Staging {
  const stream = client.query(copyFrom('copy import_line from stdin'));
  const done = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', reject);
  });
  // Awaited in `end`; until then a failure must not end the process.
  done.catch(() => undefined);
  let buffer = '';
  let run = 0;
  let runOf: string | null = null;
  let instant = Number.NaN;
  let instantText = '';

  /** Neighbours with one number are one run: where no order is scattered, a run is an order. */
  function runNumber(externalId: string): number {
    if (externalId !== runOf) {
      runOf = externalId;
      run += 1;
    }
    return run;
  }
  function timeText(value: number): string {
    if (value !== instant) {
      instant = value;
      instantText = new Date(value).toISOString();
    }
    return instantText;
  }
  function write(text: string): Promise<void> | undefined {
    buffer += text;
    if (buffer.length < PIECE) return undefined;
    const full = !stream.write(buffer);
    buffer = '';
    return full
      ? Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), done])
      : undefined;
  }

  return {
    add: (row, line) =>
      write(
        `${runNumber(line.externalId)}\t${row}\t${copyText(line.externalId)}\t\\N\t\\N\t${line.store}\t${timeText(line.occurredAt)}\t${
          line.isReturn ? 't' : 'f'
        }\t${line.shopper ?? NULL}\t${line.contact?.sealed ?? NULL}\t${
          line.contact === null ? NULL : copyText(line.contact.masked)
        }\t${copyText(line.sku)}\t${line.name === null ? NULL : copyText(line.name)}\t${line.kind}\t${
          line.earnable === null ? NULL : 'f'
        }\t${line.quantityMilli}\t${line.unitPrice}\t${line.gross}\t${line.discount}\t${line.rest}\t${line.hash}\t${line.printLines}\n`,
      ),
    addProblem: (row, externalId, problem) =>
      write(
        `${runNumber(externalId)}\t${row}\t${copyAnyText(externalId)}\t${copyAnyText(problem)}\t\\N${EMPTY}\n`,
      ),
    addSetAside: (row, externalId, reason) =>
      write(
        `${runNumber(externalId)}\t${row}\t${copyAnyText(externalId)}\t\\N\t${copyAnyText(reason)}${EMPTY}\n`,
      ),
    end: async () => {
      stream.end(buffer);
      await done;
    },
    abandon: () => stream.destroy(),
  };
}

const EMPTY = `\t${NULL}`.repeat(17);
const SPECIAL = /[\\\t\n\r]/;

/** A text as COPY reads it back. */
function copyText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/** What a refused row holds may be anything; a NUL, which no text of PostgreSQL may hold, becomes a visible sign. */
function copyAnyText(text: string): string {
  return copyText(text.replaceAll('\u0000', '\u2400'));
}
