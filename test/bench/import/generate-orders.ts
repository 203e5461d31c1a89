import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface OrderFile {
  /** As a shop exports it. */
  readonly csv: string;
  /** The same rows as COPY reads them. */
  readonly copy: string;
  readonly orders: number;
  readonly rows: number;
}

const SHOPPERS = 20_000;
const GOODS = 3_000;

/** Orders of 2–5 lines over a year, one in five by nobody known; the same ones every time. */
export async function generateOrders(csv: string, copy: string, orders: number): Promise<OrderFile> {
  let rows = 0;
  const lines = function* (separator: string, header: boolean): Generator<string> {
    const random = generator();
    if (header) yield 'number,at,shopper,sku,name,quantity,price\n';
    for (let order = 1; order <= orders; order += 1) {
      const at = new Date(Date.UTC(2026, 0, 1) + Math.floor((order / orders) * 300 * 86_400_000));
      const time = at.toISOString().slice(0, 19).replace('T', ' ');
      const shopper = random(5) === 0 ? '' : String(10_000 + random(SHOPPERS));
      const count = 2 + random(4);
      let text = '';
      for (let line = 0; line < count; line += 1) {
        const sku = random(GOODS);
        const price = (1 + ((sku * 7919) % 99_000) / 100).toFixed(2);
        text += `${[`N${order}`, time, shopper, `sku-${sku}`, `Goods number ${sku}`, 1 + random(4), price].join(separator)}\n`;
        if (header) rows += 1;
      }
      yield text;
    }
  };
  await pipeline(Readable.from(chunked(lines(',', true))), createWriteStream(csv));
  await pipeline(Readable.from(chunked(lines('\t', false))), createWriteStream(copy));
  return { csv, copy, orders, rows };
}

function* chunked(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

/** A small generator of equal numbers on every machine (mulberry32). @returns a whole number below the limit */
function generator(): (limit: number) => number {
  let state = 20_261_122;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
