import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, type Measure } from '../harness/results.ts';
import type { BenchServer } from '../harness/server.ts';
import { importByCommand } from '../import-profiles/command-line.ts';
import { generateOrders } from '../import/generate-orders.ts';
import { measureTillsBeside } from './measure-tills-beside.ts';

/** 2–5 lines each: a million rows. */
const ORDERS = Number(process.env['ORDERS'] ?? 286_000);

const MAPPING = {
  name: 'bench',
  store: {
    code: 'history',
    name: 'History',
    timeZone: 'Europe/Moscow',
    currency: 'RUB',
    country: 'RU',
    language: 'ru',
  },
  columns: {
    externalId: 'number',
    occurredAt: 'at',
    shopper: 'shopper',
    sku: 'sku',
    name: 'name',
    quantity: 'quantity',
    unitPrice: 'price',
  },
};

/** Q8: the tills while a million rows of history come in. */
export async function measureOrdersBeside(server: BenchServer): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-bench-beside-'));
  try {
    const csv = join(folder, 'history.csv');
    const { rows } = await generateOrders(csv, join(folder, 'history.copy'), ORDERS);
    const mapping = join(folder, 'mapping.json');
    await writeFile(mapping, JSON.stringify(MAPPING));
    say(`Orders beside the tills: ${ORDERS} orders, ${rows} rows.`);
    return await measureTillsBeside(server, folder, {
      what: `${rows} rows of orders`,
      run: (url) => importByCommand({ url, kind: 'orders', csv, mapping, folder }),
      hasBegun: `select from pg_namespace where nspname like 'import\\_%'`,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
