import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBrand, createStore } from '@clientele/api/src/company/index.ts';
import { importOrders, parseMapping } from '@clientele/api/src/exchange/index.ts';
import { createProgram } from '@clientele/api/src/loyalty/index.ts';
import { presetSettings } from '@clientele/shared/receipt';
import { openCompany } from '../harness/company.ts';
import { median, say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';
import { generateOrders, type OrderFile } from './generate-orders.ts';
import { keepStored, timeReference, timeSameRows } from './reference.ts';

const ORDERS = 60_000;
const ORDERS_WITH_POINTS = 15_000;
const ROUNDS = 3;

const store = {
  code: 'bench',
  name: 'Bench',
  timeZone: 'Europe/Moscow',
  currency: 'RUB',
  country: 'RU',
  language: 'ru',
} as const;

const mapping = parseMapping({
  name: 'bench',
  store,
  columns: {
    externalId: 'number',
    occurredAt: 'at',
    shopper: 'shopper',
    sku: 'sku',
    name: 'name',
    quantity: 'quantity',
    unitPrice: 'price',
  },
});

/** Q7: a file of orders with 2–5 lines, against COPY of the same rows; each round takes both, one after the other. */
export async function measureImport(server: BenchServer): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-bench-import-'));
  try {
    const warmUp = await generateOrders(join(folder, 'w.csv'), join(folder, 'w.copy'), 3_000);
    const file = await generateOrders(join(folder, 'orders.csv'), join(folder, 'orders.copy'), ORDERS);
    const few = await generateOrders(join(folder, 'few.csv'), join(folder, 'few.copy'), ORDERS_WITH_POINTS);
    say(`Import: ${file.orders} orders, ${file.rows} rows, ${ROUNDS} rounds.`);
    const url = await server.database('import_reference');
    await timeReference(url, warmUp.copy);
    await timeImport(server, 'import_warm', warmUp, false);
    const rounds = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const reference = await timeReference(url, file.copy);
      const keep = (stored: string) => keepStored(stored, folder);
      const seconds = await timeImport(
        server,
        `import_${round}`,
        file,
        false,
        round === 1 ? keep : undefined,
      );
      const same = await timeByHand(server, `by_hand_${round}`, folder);
      say(
        `  round ${round}: COPY ${reference.copy.toFixed(2)} s, COPY and store ${reference.store.toFixed(2)} s, the same rows by hand ${same.toFixed(2)} s, import ${seconds.toFixed(2)} s`,
      );
      rounds.push({ ...reference, same, seconds });
    }
    const earning = await timeImport(server, 'import_points', few, true);
    return measures(rounds, file, { seconds: earning, file: few });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeImport(
  server: BenchServer,
  name: string,
  file: OrderFile,
  points: boolean,
  afterwards?: (url: string) => Promise<void>,
): Promise<number> {
  const url = await server.database(name);
  const company = await openCompany(url);
  try {
    const brandId = await createBrand(company.ctx, { code: 'bench', name: 'Bench' });
    await createStore(company.ctx, { ...store, brandId });
    if (points) {
      await createProgram(company.ctx, {
        brandId,
        name: 'Bench',
        mode: 'LIVE',
        settings: presetSettings,
        validFrom: new Date('2020-01-01T00:00:00Z'),
      });
    }
    const began = performance.now();
    const report = await importOrders(company.ctx, { path: file.csv, source: 'bench', mapping });
    const seconds = (performance.now() - began) / 1000;
    if (report.posted?.orders !== file.orders || report.posted.lines !== file.rows)
      throw new Error(`the import stored ${report.posted?.orders} orders of ${file.orders}`);
    await afterwards?.(url);
    return seconds;
  } finally {
    await company.close();
    await drop(url, name);
  }
}

async function timeByHand(server: BenchServer, name: string, folder: string): Promise<number> {
  const url = await server.database(name);
  try {
    await (await openCompany(url)).close();
    return await timeSameRows(url, folder);
  } finally {
    await drop(url, name);
  }
}

async function drop(url: string, name: string): Promise<void> {
  await query(url.replace(`/${name}`, '/postgres'), `drop database ${name} with (force)`);
}

function measures(
  rounds: readonly { copy: number; store: number; same: number; seconds: number }[],
  file: OrderFile,
  earning: { seconds: number; file: OrderFile },
): Measure[] {
  const of = (seconds: (round: (typeof rounds)[number]) => number): number => median(rounds.map(seconds));
  return [
    {
      target: 'Q7',
      name: 'import of orders / the same rows copied to staging and inserted by hand',
      value: of((round) => (100 * round.same) / round.seconds),
      unit: '%',
      floor: 35,
      goal: 60,
      note: 'the reference stores every row ready made, in the same tables, by one connection; the import has two',
    },
    {
      target: '',
      name: 'import of orders / COPY and INSERT … ON CONFLICT into two least tables',
      value: of((round) => (100 * round.store) / round.seconds),
      unit: '%',
    },
    {
      target: '',
      name: 'import of orders / a bare COPY of the file into one table',
      value: of((round) => (100 * round.copy) / round.seconds),
      unit: '%',
    },
    { target: '', name: 'COPY to staging, rows', value: of((round) => file.rows / round.copy), unit: '/s' },
    {
      target: '',
      name: 'COPY and store by hand, orders',
      value: of((round) => file.orders / round.store),
      unit: '/s',
    },
    {
      target: '',
      name: 'import without points, orders',
      value: of((round) => file.orders / round.seconds),
      unit: '/s',
    },
    {
      target: '',
      name: 'import without points, rows',
      value: of((round) => file.rows / round.seconds),
      unit: '/s',
    },
    {
      target: '',
      name: 'import with earning, orders',
      value: earning.file.orders / earning.seconds,
      unit: '/s',
    },
  ];
}
