import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { presetSettings } from '@clientele/shared/receipt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishProgramVersion, verifyLedger } from '../../loyalty/index.ts';
import { asSystem, aStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import {
  anImport,
  anOrderFile,
  balancesOf,
  HEADER,
  ordersOf,
  returnsOf,
} from '../../testing/exchange.builders.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ImportRunning, UnusableMapping } from '../exchange.errors.ts';
import { reportInWords } from './report-in-words.ts';

// Now is 2026-11-22 12:00 in Moscow; the preset gives 3 points for each full 100 roubles, active after 14 days.
const run = useTestApp();
let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder('clientele-import-');
});
afterAll(() => rm(folder, { recursive: true }));

let sources = 0;
/** A store with a live program, and a source nobody used. */
async function aShop(program = true) {
  const ctx = asSystem(run.app.context());
  const store = await aStore(ctx);
  if (program) await aProgram(ctx, { brandId: store.brandId });
  sources += 1;
  return { ctx, store, source: `shop-${sources}` };
}

const ROWS = [
  '1,2026-11-01 10:00,STORE,anna,lamp,2,150.00,',
  '2,2026-11-02 10:00,STORE,,lamp,10,150.00,',
  '1,2026-11-01 10:00,STORE,anna,shade,3,33.33,10.00',
  '3,2026-11-10 18:30,STORE,boris,cloth,1.5,1000.00,',
  '3,2026-11-10 18:30,STORE,boris,delivery,1,300.00,',
];

test('lines become orders of persons and of nobody, earning by the rules of the day', async () => {
  const { ctx, store, source } = await aShop();
  const report = await anImport(ctx, { path: await anOrderFile(folder, store, ROWS), source });
  expect(await ordersOf(ctx, source)).toEqual([
    '1 COMMITTED 39999-1000=38999 +9 anna',
    '2 COMMITTED 150000-0=150000 +0 walk_in',
    '3 COMMITTED 180000-0=180000 +45 boris',
  ]);
  // Bought on the 1st: active. Bought on the 10th: two days to wait.
  expect(await balancesOf(ctx, source)).toEqual(['anna 9/0/0', 'boris 0/45/0']);
  expect(report.posted).toMatchObject({ persons: 2, orders: 3, lines: 5, gross: 369_999, earned: 54 });
  expect(await verifyLedger(ctx)).toEqual([]);
});

test('lines keep what they were sold for, as the printer would show it', async () => {
  const { ctx, store, source } = await aShop();
  await anImport(ctx, { path: await anOrderFile(folder, store, ROWS), source });
  const lines = await ctx.sql
    .selectFrom('order_line')
    .innerJoin('order_key', 'order_key.order_id', 'order_line.order_id')
    .where('source', '=', source)
    .select(['external_id', 'number', 'sku', 'kind', 'quantity_milli', 'unit_price', 'to_pay'])
    .select(['earnable', 'earn_base', 'earn_share', 'print_lines'])
    .orderBy('external_id')
    .orderBy('number')
    .execute();
  expect(lines[1]).toEqual({
    external_id: '1',
    number: 2,
    sku: 'shade',
    kind: 'GOODS',
    quantity_milli: 3000,
    unit_price: 3333,
    to_pay: 8999,
    earnable: true,
    earn_base: 8999,
    earn_share: 2,
    print_lines: [
      { quantityMilli: 1000, unitPrice: 2999, amount: 2999 },
      { quantityMilli: 2000, unitPrice: 3000, amount: 6000 },
    ],
  });
  expect(lines[4]).toMatchObject({ sku: 'delivery', kind: 'DELIVERY', earnable: false, earn_base: 0 });
});

test('the same file again changes nothing; another content under a known number is left alone', async () => {
  const { ctx, store, source } = await aShop();
  const path = await anOrderFile(folder, store, ROWS);
  await anImport(ctx, { path, source });
  const again = await anImport(ctx, { path, source });
  expect(again.orders).toEqual({
    UNCHANGED: { documents: 3, lines: 5, amount: { RUB: 368_999 } },
  });
  expect(again.posted).toMatchObject({ persons: 0, orders: 0, earned: 0 });
  const changed = ROWS.map((row) => row.replace('lamp,10,', 'lamp,11,'));
  const third = await anImport(ctx, { path: await anOrderFile(folder, store, changed), source });
  expect(third.orders.CONFLICT).toEqual({ documents: 1, lines: 1, amount: { RUB: 165_000 } });
  expect((await ordersOf(ctx, source))[1]).toBe('2 COMMITTED 150000-0=150000 +0 walk_in');
  expect(await balancesOf(ctx, source)).toEqual(['anna 9/0/0', 'boris 0/45/0']);
});

const WITH_RETURNS = [
  '1,2026-11-01 10:00,STORE,anna,lamp,4,100.00,',
  '2,2026-11-03 10:00,STORE,anna,lamp,2,100.00,',
  '2,2026-11-03 10:00,STORE,anna,shade,1,50.00,',
  '4,2026-11-09 10:00,STORE,anna,lamp,5,100.00,',
  'R1,2026-11-05 10:00,STORE,anna,lamp,-3,100.00,',
  'R2,2026-11-05 11:00,STORE,anna,lamp,-4,100.00,',
  'R3,2026-11-06 10:00,STORE,,lamp,-1,100.00,',
];

test('returns undo the latest earlier purchases and take back what those had earned', async () => {
  const { ctx, store, source } = await aShop();
  const report = await anImport(ctx, { path: await anOrderFile(folder, store, WITH_RETURNS), source });
  expect(await returnsOf(ctx, source)).toEqual([
    'R1 of 2 20000 -6',
    'R1#2 of 1 10000 -3',
    'R2 of 1 30000 -9',
    'R2#2 of - 10000 -0',
    'R3 of - 10000 -0',
  ]);
  expect(await ordersOf(ctx, source)).toEqual([
    '1 RETURNED 40000-0=40000 +12 anna',
    '2 PARTIALLY_RETURNED 25000-0=25000 +6 anna',
    '4 COMMITTED 50000-0=50000 +15 anna',
  ]);
  expect(await balancesOf(ctx, source)).toEqual(['anna 0/15/0']);
  expect(report.posted).toMatchObject({ returns: 5, clawed: 18, linkedLines: 3, unlinkedLines: 2 });
  expect(await verifyLedger(ctx)).toEqual([]);
});

test('a shuffled file gives the same orders, returns and balances', async () => {
  const [straight, shuffled] = [await aShop(), await aShop()];
  const order = [4, 2, 6, 0, 5, 3, 1];
  for (const [shop, rows] of [
    [straight, WITH_RETURNS],
    [shuffled, order.map((index) => WITH_RETURNS[index] ?? '')],
  ] as const)
    await anImport(shop.ctx, { path: await anOrderFile(folder, shop.store, rows), source: shop.source });
  for (const told of [ordersOf, returnsOf, balancesOf])
    expect(await told(shuffled.ctx, shuffled.source)).toEqual(await told(straight.ctx, straight.source));
});

test('returns of a later file find purchases of an earlier one, less what was returned before', async () => {
  const { ctx, store, source } = await aShop();
  await anImport(ctx, { path: await anOrderFile(folder, store, WITH_RETURNS), source });
  const later = ['R9,2026-11-12 10:00,STORE,anna,lamp,-6,100.00,'];
  await anImport(ctx, { path: await anOrderFile(folder, store, later), source });
  expect((await returnsOf(ctx, source)).slice(-2)).toEqual(['R9 of 4 50000 -15', 'R9#2 of - 10000 -0']);
  expect(await balancesOf(ctx, source)).toEqual(['anna 0/0/0']);
});

test('an order is judged by the version that held when it happened, by none before the first', async () => {
  const { ctx, store, source } = await aShop(false);
  run.app.clock.set('2026-11-10T00:00:00Z');
  const programId = await aProgram(ctx, {
    brandId: store.brandId,
    validFrom: new Date('2026-11-01T00:00:00Z'),
  });
  const steps = { RUB: { stepMinor: 10_000, points: 6 } };
  const settings = {
    ...presetSettings,
    earningRules: [{ code: 'purchase', type: 'AMOUNT_STEP' as const, steps }],
  };
  await publishProgramVersion(ctx, { programId, settings, validFrom: new Date('2026-11-15T00:00:00Z') });
  run.app.clock.set('2026-11-22T09:00:00Z');
  const rows = ['2026-10-31', '2026-11-02', '2026-11-16'].map(
    (day, index) => `${index},${day} 12:00,STORE,vera,lamp,1,1000.00,`,
  );
  await anImport(ctx, { path: await anOrderFile(folder, store, rows), source });
  expect((await ordersOf(ctx, source)).map((told) => told.split(' ')[3])).toEqual(['+0', '+30', '+60']);
});

test('points for each piece count the pieces of a line', async () => {
  const { ctx, store, source } = await aShop(false);
  await aProgram(ctx, {
    brandId: store.brandId,
    settings: { earningRules: [{ code: 'piece', type: 'PER_ITEM', points: 4 }] },
  });
  const rows = ['1,2026-11-01 10:00,STORE,anna,lamp,3,100.00,'];
  await anImport(ctx, { path: await anOrderFile(folder, store, rows), source });
  expect(await ordersOf(ctx, source)).toEqual(['1 COMMITTED 30000-0=30000 +12 anna']);
});

test('a limit over days counts what the file granted before', async () => {
  const { ctx, store, source } = await aShop(false);
  const limit = { code: 'day', scope: 'SHOPPER', window: 'DAY', max: 50 } as const;
  await aProgram(ctx, { brandId: store.brandId, settings: { earningLimits: [limit] } });
  const rows = ['02 10:00', '02 18:00', '03 09:00'].map(
    (at, index) => `${index},2026-11-${at},STORE,vera,lamp,1,1000.00,`,
  );
  await anImport(ctx, { path: await anOrderFile(folder, store, rows), source });
  expect((await ordersOf(ctx, source)).map((told) => told.split(' ')[3])).toEqual(['+30', '+20', '+30']);
});

test('a refused order refuses no neighbour; the error file can be corrected and imported', async () => {
  const { ctx, store, source } = await aShop();
  const errorFile = join(folder, 'errors.csv');
  const rows = [
    '1,2026-11-01 10:00,STORE,anna,lamp,1,100.00,',
    '2,2026-11-01 10:00,STORE,anna,lamp,1,100.00,',
    '2,2026-11-01 10:00,STORE,anna,"shade, ""small""",0,100.00,',
    '3,2026-11-31 10:00,STORE,anna,lamp,1,100.00,',
    '4,2026-11-01 10:00,nowhere,anna,lamp,1,100.00,',
    '5,2026-11-01 10:00,STORE,anna,lamp,1,100.00,',
    '5,2026-11-01 10:00,STORE,boris,lamp,1,100.00,',
    '6,2026-11-01 10:00,STORE,,lamp,-7,0.00,',
    '7,2026-11-01 10:00,STORE,anna,lamp,-7,5.00,',
    ',2026-11-01 10:00,STORE,anna,lamp,1',
  ];
  const report = await anImport(ctx, { path: await anOrderFile(folder, store, rows), source, errorFile });
  expect(await ordersOf(ctx, source)).toEqual(['1 COMMITTED 10000-0=10000 +3 anna']);
  expect(report.problems.map(({ row, problem }) => `${row} ${problem.words}`)).toEqual([
    '4 a purchase has the quantity "0"',
    '5 "2026-11-31 10:00" is no date with time',
    '6 names the store "nowhere", which is not there',
    '7 its lines name different shoppers',
    '10 a purchase has the quantity "-7"',
    '11 has 6 columns, the header has 8',
  ]);
  const lines = (await readFile(errorFile, 'utf8')).replaceAll(store.code, 'STORE').split('\r\n');
  expect(lines[0]).toBe(`${HEADER},import row,import problem`);
  expect(lines.slice(1, 3)).toEqual([
    '2,2026-11-01 10:00,STORE,anna,lamp,1,100.00,,3,"its order is not stored: a purchase has the quantity ""0"""',
    '2,2026-11-01 10:00,STORE,anna,"shade, ""small""",0,100.00,,4,"a purchase has the quantity ""0"""',
  ]);
  expect(lines).toHaveLength(1 + report.errorRows + 1);
  expect(report.errorRows).toBe(9);

  const corrected = lines.slice(0, 3).join('\n').replace(',0,100.00', ',1,100.00').split('\n');
  const path = join(folder, 'corrected.csv');
  await writeFile(path, corrected.join('\n').replaceAll('STORE', store.code));
  await anImport(ctx, { path, source });
  expect(await ordersOf(ctx, source)).toEqual([
    '1 COMMITTED 10000-0=10000 +3 anna',
    '2 COMMITTED 20000-0=20000 +6 anna',
  ]);
});

test('prices finer than money are rounded once a line, and the difference is told', async () => {
  const { ctx, store, source } = await aShop();
  const rows = ['1,2026-11-01 10:00,STORE,,pad,1,0.001,', '2,2026-11-01 10:00,STORE,,tape,3,0.125,'];
  const report = await anImport(ctx, { path: await anOrderFile(folder, store, rows), source });
  expect(await ordersOf(ctx, source)).toEqual([
    '1 COMMITTED 0-0=0 +0 walk_in',
    '2 COMMITTED 38-0=38 +0 walk_in',
  ]);
  // 0.001 − 0.00 and 0.375 − 0.38
  expect(report.rounding).toEqual({ RUB: { orders: 2, difference: '-0.004' } });
});

test('a dry run judges everything and writes nothing', async () => {
  const { ctx, store, source } = await aShop();
  const path = await anOrderFile(folder, store, WITH_RETURNS);
  const report = await anImport(ctx, { path, source, dryRun: true });
  expect(report).toMatchObject({ newShoppers: 1, posted: null });
  expect(report.orders.NEW?.documents).toBe(3);
  expect(await ordersOf(ctx, source)).toEqual([]);
  expect(await balancesOf(ctx, source)).toEqual([]);
  expect(reportInWords(report)).toEqual([
    '7 rows read (utf-8, columns separated by ",")',
    'Orders:',
    '  3 new, 4 lines, 1150.00 RUB',
    'Returns:',
    '  3 new, 3 lines, 800.00 RUB',
    'New shoppers: 1',
    'Nothing was written: this was a dry run.',
  ]);
});

test('an import that was cancelled goes on where it stood', async () => {
  const { ctx, store, source } = await aShop();
  const rows = Array.from(
    { length: 600 },
    (_, index) => `${1000 + index},2026-11-01 10:00,STORE,shopper ${index % 7},lamp,1,100.00,`,
  );
  const path = await anOrderFile(folder, store, rows);
  const stop = new AbortController();
  const stopped = anImport(ctx, {
    path,
    source,
    signal: stop.signal,
    onProgress: (phase) => {
      if (phase === 'ORDERS') stop.abort(new Error('stopped'));
    },
  });
  await expect(stopped).rejects.toThrow('stopped');
  const runs = await ctx.sql.selectFrom('import_run').select('state').where('source', '=', source).execute();
  expect(runs).toEqual([{ state: 'CANCELLED' }]);
  const half = (await ordersOf(ctx, source)).length;
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(600);
  const report = await anImport(ctx, { path, source });
  expect(report.orders).toMatchObject({ UNCHANGED: { documents: half }, NEW: { documents: 600 - half } });
  expect(await ordersOf(ctx, source)).toHaveLength(600);
  const balances = await balancesOf(ctx, source);
  expect(balances[0]).toBe(`shopper 0 ${86 * 3}/0/0`);
  expect(balances[6]).toBe(`shopper 6 ${85 * 3}/0/0`);
  expect(await verifyLedger(ctx)).toEqual([]);
});

test('two imports of one source do not run at once', async () => {
  const { ctx, store, source } = await aShop();
  const path = await anOrderFile(folder, store, ROWS);
  const other = await ctx.database.pool.connect();
  await other.query('select pg_advisory_lock(hashtextextended($1, 0))', [`import:${source}`]);
  await expect(anImport(ctx, { path, source })).rejects.toBeInstanceOf(ImportRunning);
  other.release(true);
  await anImport(ctx, { path, source });
  expect(await ordersOf(ctx, source)).toHaveLength(3);
});

test('purchases of an erased person stay out, with the reason', async () => {
  const { ctx, store, source } = await aShop();
  await anImport(ctx, { path: await anOrderFile(folder, store, ROWS), source });
  await ctx.sql
    .insertInto('erased_identity')
    .columns(['blind_index', 'erased_at'])
    .expression((eb) =>
      eb
        .selectFrom('identity')
        .select(['blind_index', eb.val(ctx.clock.now()).as('erased_at')])
        .where('source', '=', source)
        .where('masked', '=', 'anna'),
    )
    .execute();
  const later = [
    '8,2026-11-03 10:00,STORE,anna,lamp,1,100.00,',
    '9,2026-11-03 10:00,STORE,boris,lamp,1,100.00,',
  ];
  const report = await anImport(ctx, { path: await anOrderFile(folder, store, later), source });
  expect(report.problems).toEqual([
    {
      row: 2,
      externalId: '8',
      problem: { code: 'ERASED', column: 'shopper', value: '', words: 'its shopper was erased' },
    },
  ]);
  expect((await ordersOf(ctx, source)).slice(3)).toEqual(['9 COMMITTED 10000-0=10000 +3 boris']);
});

test('a person merged away while an import goes on: the survivor gets the purchases', async () => {
  const { ctx, store, source } = await aShop();
  await anImport(ctx, { path: await anOrderFile(folder, store, ROWS), source });
  const merging = await ctx.database.pool.connect();
  await merging.query(`begin; select pg_advisory_xact_lock(hashtextextended('merge of profiles', 0))`);
  const later = ['9,2026-11-03 10:00,STORE,boris,lamp,1,100.00,'];
  const path = await anOrderFile(folder, store, later);
  const imported = anImport(ctx, { path, source });
  await expect
    .poll(async () => {
      const waits = `select count(*) as count from pg_locks where locktype = 'advisory' and not granted and mode = 'ShareLock'
        and database = (select oid from pg_database where datname = current_database())`;
      return (await ctx.database.pool.query<{ count: number }>(waits)).rows[0]?.count;
    })
    .toBe(1);
  await merging.query(`
    update profile set merged_into = (select profile_id from identity where masked = 'anna' and source = '${source}')
    where id = (select profile_id from identity where masked = 'boris' and source = '${source}')`);
  await merging.query('commit');
  merging.release();
  await imported;
  expect((await ordersOf(ctx, source)).at(-1)).toBe('9 COMMITTED 10000-0=10000 +3 anna');
});

test('nothing of the tables an import works in is left, be it by one that was killed', async () => {
  const { ctx, store, source } = await aShop();
  await ctx.database.pool.query(`select public.import_make_schema('import_00000000000000ff', current_user)`);
  await anImport(ctx, { path: await anOrderFile(folder, store, ROWS), source });
  const { rows } = await ctx.database.pool.query(
    `select nspname from pg_namespace where nspname ~ '^import_'`,
  );
  expect(rows).toEqual([]);
});

test('the application may make no schema but that of an import', async () => {
  const { ctx } = await aShop();
  const make = (name: string) =>
    ctx.database.pool.query('select public.import_make_schema($1, current_user)', [name]);
  await expect(make('public2')).rejects.toThrow('no name of an import: public2');
  await expect(ctx.database.pool.query('create schema import_of_ours')).rejects.toThrow('permission denied');
});

test('a file without the columns of the mapping is told by their names', async () => {
  const { ctx, source } = await aShop();
  const path = join(folder, 'other.csv');
  await writeFile(path, 'number;at;store\n1;2;3\n');
  await expect(anImport(ctx, { path, source })).rejects.toThrow(
    new UnusableMapping(
      'the file has no column "sku", "quantity", "price"; its columns are "number", "at", "store"',
    ),
  );
});
