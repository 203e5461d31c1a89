import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newId } from '../../platform/ids.ts';
import { UnusableMapping } from '../exchange.errors.ts';
import type { OrderMapping } from '../order-import/mapping.ts';
import { openTable, type Table } from '../reading/table.ts';
import { orderMappingOf } from './mapping/order-fields.ts';

export interface OrderFile {
  readonly path: string;
  readonly mapping: OrderMapping;
  /** Takes away what was written on the way. */
  forget(): Promise<void>;
}

/** What a line costs in files that tell no price of a piece. */
const PRICE_COLUMN = 'unit price of the total';
/** More digits than money has, so that quantity × price is the total again. */
const PRICE_DIGITS = 9;

/**
 * A file of orders as the importer reads it. Where the mapping names a column with the total of the line (`lineTotal`)
 * instead of a unit price, the file is written again with one; lines of no pieces and no money are set aside.
 * @param folder for the written file
 * @throws UnusableMapping @throws UnreadableFile
 */
export async function openOrderFile(path: string, content: unknown, folder: string): Promise<OrderFile> {
  const { lineTotal, ...rest } = (content ?? {}) as { lineTotal?: unknown; columns?: object };
  if (lineTotal === undefined)
    return { path, mapping: orderMappingOf(content), forget: async () => undefined };
  const mapping = orderMappingOf({
    ...rest,
    file: { delimiter: ',', encoding: 'utf-8' },
    columns: { ...rest.columns, unitPrice: PRICE_COLUMN },
    setAside: [{ quantity: 'NEGATIVE', unitPrice: 'ZERO', reason: 'no pieces and no money' }],
  });
  const table = await openTable(path, { encoding: 'auto', delimiter: 'auto', sheet: null });
  const at = {
    total: columnOf(table, String(lineTotal)),
    quantity: columnOf(table, mapping.columns.quantity),
  };
  const written = join(folder, `${newId()}.orders.csv`);
  await pipeline(Readable.from(rewritten(table, at)), createWriteStream(written, { mode: 0o600 }));
  return { path: written, mapping, forget: () => rm(written, { force: true }) };
}

function columnOf({ header }: Table, name: string): number {
  const at = header.indexOf(name);
  if (at === -1) throw new UnusableMapping(`the file has no column "${name}"`);
  return at;
}

async function* rewritten(table: Table, at: { total: number; quantity: number }): AsyncGenerator<string> {
  yield lineOf([...table.header, PRICE_COLUMN]);
  for await (const rows of table.batches(1_000)) {
    let text = '';
    for (const { fields } of rows) {
      const [quantity, price] = priceOf(fields[at.quantity] ?? '', fields[at.total] ?? '');
      text += lineOf([...fields.map((field, column) => (column === at.quantity ? quantity : field)), price]);
    }
    yield text;
  }
}

/** Digits behind the sixth are what is left of somebody's binary fractions. */
const DECIMAL = /^(\d{1,12})(?:\.(\d{1,6})\d{0,20})?$/;

/** @returns quantity and price; what cannot be read stays as it is, for the importer to refuse */
function priceOf(quantity: string, total: string): [string, string] {
  const [pieces, money] = [millionths(quantity), millionths(total)];
  if (pieces === null || money === null) return [quantity, total];
  if (pieces === 0n) return money === 0n ? ['-1', '0'] : [quantity, total];
  const scale = 10n ** BigInt(PRICE_DIGITS);
  const price = (2n * money * scale + pieces) / (2n * pieces);
  const digits = price.toString().padStart(PRICE_DIGITS + 1, '0');
  return [quantity, `${digits.slice(0, -PRICE_DIGITS)}.${digits.slice(-PRICE_DIGITS)}`];
}

function millionths(text: string): bigint | null {
  const match = DECIMAL.exec(text.trim());
  return match === null ? null : BigInt(`${match[1]}${(match[2] ?? '').padEnd(6, '0')}`);
}

function lineOf(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
}

/**
 * What a mapping of orders says, by the path of its file or the name of one that comes with the product.
 * @throws UnusableMapping
 */
export function readOrderPreset(nameOrPath: string, cwd: string): unknown {
  const ready = join(import.meta.dirname, '..', 'mappings', `${nameOrPath}.json`);
  const file = [resolve(cwd, nameOrPath), ready].find((path) => existsSync(path));
  if (file === undefined) throw new UnusableMapping(`there is no mapping ${nameOrPath}`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UnusableMapping(`${file} is no JSON`);
  }
}
