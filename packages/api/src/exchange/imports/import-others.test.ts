import { presetSettings } from '@clientele/shared/receipt';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { productsBySku } from '../../catalog/index.ts';
import { adjustPoints, createProgram, verifyLedger } from '../../loyalty/index.ts';
import { createBrand } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { aTableImport, shortReport } from '../../testing/imports.builders.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { useContext } from '../../testing/use-context.ts';
import { ImportNotUndoable, undoImport } from './undo/undo-import.ts';

const run = useContext();

let sources = 0;
function aSource(): string {
  sources += 1;
  return `source-${sources}`;
}

async function aBrandWithProgram(ctx: Context): Promise<string> {
  const code = `brand-${sources}`;
  const brandId = await createBrand(ctx, { code, name: code });
  await createProgram(ctx, {
    brandId,
    name: code,
    mode: 'LIVE',
    settings: presetSettings,
    validFrom: new Date('2020-01-01T00:00:00Z'),
  });
  return code;
}

const BALANCE_COLUMNS = [
  ['операция', 'externalId'],
  ['телефон', 'phone'],
  ['баллы', 'points'],
  ['активны с', 'activateAt'],
  ['сгорают', 'expireAt'],
] as const;

async function lotsOf(ctx: Context, profileId: string): Promise<string[]> {
  const { rows } = await sql<{ lot: string }>`
    select source || ' ' || granted || ' = ' || active || ' + ' || pending || ' until ' || coalesce(expire_at::text, 'ever') as lot
    from lot where profile_id = ${profileId} order by granted`.execute(ctx.sql);
  return rows.map(({ lot }) => lot);
}

test('opening balances become lots, each row once; a check tells what they will cost', async () => {
  const { ctx, folder } = run;
  const source = aSource();
  const brand = await aBrandWithProgram(ctx);
  const shopper = await aShopper(ctx);
  const file = {
    folder,
    source,
    kind: 'BALANCES' as const,
    columns: BALANCE_COLUMNS,
    options: { brand },
    rows: [
      `1;${shopper.phone};1 500;;`,
      `2;${shopper.phone};300;01.12.2026;31.12.2026`,
      `3;${shopper.phone};0;;`,
      `4;${shopper.phone};10;;01.01.2020`,
      '5;+79990000000;10;;',
      `2;${shopper.phone};301;01.12.2026;31.12.2026`,
    ],
  };
  const dry = await aTableImport(ctx, { ...file, dryRun: true });
  expect(await lotsOf(ctx, shopper.id)).toEqual([]);
  const wet = await aTableImport(ctx, file);
  expect(shortReport(wet.report)).toBe('rows 6, created 2, conflict 1, rejected 3');
  expect(dry.report.counts).toEqual(wet.report.counts);
  expect(dry.report.totals).toMatchObject({ lots: 2, points: 1800, 'liability.RUB': 180_000 });
  expect(wet.report.problems.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
    '4 баллы POINTS',
    '5 сгорают DATE_RANGE',
    '6 телефон UNKNOWN_PROFILE',
    '7 null CONFLICT',
  ]);
  expect(await lotsOf(ctx, shopper.id)).toEqual([
    'IMPORT 300 = 0 + 300 until 2026-12-31 20:59:59+00',
    'IMPORT 1500 = 1500 + 0 until ever',
  ]);
  expect(shortReport((await aTableImport(ctx, file)).report)).toBe(
    'rows 6, unchanged 2, conflict 1, rejected 3',
  );
  expect(await verifyLedger(ctx)).toEqual([]);
});

test('undoing takes back the balances nobody has spent of, by journals of their own', async () => {
  const { ctx, folder } = run;
  const source = aSource();
  const brand = await aBrandWithProgram(ctx);
  const [anna, boris] = [await aShopper(ctx), await aShopper(ctx)];
  const { runId } = await aTableImport(ctx, {
    folder,
    source,
    kind: 'BALANCES',
    columns: BALANCE_COLUMNS,
    options: { brand },
    rows: [`1;${anna.phone};100;;`, `2;${boris.phone};100;;`, `3;${boris.phone};50;01.12.2026;`],
  });
  const { program_id: programId } = await ctx.sql
    .selectFrom('loyalty_account')
    .select('program_id')
    .where('profile_id', '=', boris.id)
    .executeTakeFirstOrThrow();
  await adjustPoints(ctx, { requestId: source, profileId: boris.id, programId, points: -1, reason: 'test' });
  expect(await undoImport(ctx, runId)).toEqual({ removed: 2, restored: 0, kept: { SPENT: 1 } });
  expect(await lotsOf(ctx, anna.id)).toEqual(['IMPORT 100 = 0 + 0 until ever']);
  expect(await lotsOf(ctx, boris.id)).toEqual([
    'IMPORT 50 = 0 + 0 until ever',
    'IMPORT 100 = 99 + 0 until ever',
  ]);
  expect(await verifyLedger(ctx)).toEqual([]);
  await expect(undoImport(ctx, runId)).rejects.toThrow(ImportNotUndoable);
});

const PRODUCT_COLUMNS = [
  ['артикул', 'sku'],
  ['название', 'name'],
  ['категория', 'category'],
  ['цена', 'price'],
  ['штрихкоды', 'barcode'],
  ['бренд', 'brand'],
] as const;

test('goods come with categories, prices and barcodes; undoing leaves what was changed since', async () => {
  const { ctx, folder } = run;
  const source = aSource();
  const sku = (name: string): string => `${source}-${name}`;
  const columns = PRODUCT_COLUMNS;
  await aTableImport(ctx, {
    folder,
    source,
    kind: 'PRODUCTS',
    columns,
    rows: [`${sku('old')};Лампа;;100,5;;Свет`],
  });
  const rows = [
    `${sku('old')};Лампа;;120;;Свет`,
    `${sku('new')};Абажур;Дом > Свет;1 200,00 ₽;46000${sources}1, 46000${sources}2;`,
    `${sku('bad')};Абажур;;1,234;;`,
    `;Без артикула;;1;;`,
    `${sku('new')};Абажур;Дом > Свет;1 200,00 ₽;46000${sources}1, 46000${sources}2;`,
    `${sku('touched')};Торшер;;5;;`,
  ];
  const productNamed = async (name: string) => (await productsBySku(ctx, [sku(name)])).get(sku(name));
  const file = { folder, source, kind: 'PRODUCTS' as const, columns, rows };
  const dry = await aTableImport(ctx, { ...file, dryRun: true });
  expect(await productNamed('new')).toBeUndefined();
  const { runId, report } = await aTableImport(ctx, file);
  expect(shortReport(report)).toBe('rows 6, created 2, updated 1, unchanged 1, rejected 2');
  expect(dry.report.counts).toEqual(report.counts);
  expect(report.problems.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
    '4 цена MONEY',
    '5 артикул REQUIRED',
  ]);
  expect(await productNamed('new')).toMatchObject({
    name: 'Абажур',
    category: 'Дом/Свет',
    price: { RUB: 120_000 },
    barcodes: [`46000${sources}1`, `46000${sources}2`],
  });
  run.ctx.clock.advance(60_000);
  await aTableImport(ctx, { ...file, source: 'hand', rows: [`${sku('touched')};Торшер новый;;5;;`] });
  expect(await undoImport(ctx, runId)).toEqual({ removed: 1, restored: 1, kept: { CHANGED: 1 } });
  expect(await productNamed('new')).toBeUndefined();
  expect(await productNamed('old')).toMatchObject({ price: { RUB: 10_050 } });
  expect(await productNamed('touched')).toMatchObject({ name: 'Торшер новый' });
});

test('events of known people and of visitors, counted once, undone whole', async () => {
  const { ctx, folder } = run;
  const source = aSource();
  const shopper = await aShopper(ctx, { phone: aPhone() });
  const file = {
    folder,
    source,
    kind: 'EVENTS' as const,
    columns: [
      ['time', 'occurredAt'],
      ['type', 'kind'],
      ['who', 'visitor'],
      ['phone', 'phone'],
      ['product_id', 'property:sku'],
    ] as const,
    options: { eventKinds: { view: 'VIEW_PRODUCT' } },
    rows: [
      '2026-10-01 00:00:00 UTC;view;u1;;44600062',
      `2026-10-01 00:01:00 UTC;view;;${shopper.phone};2103807459595387724`,
      '2026-10-01 00:00:00 UTC;view;u1;;44600062',
      'вчера;view;u1;;1',
      '2026-10-01 00:02:00 UTC;view;;;1',
    ],
  };
  const dry = await aTableImport(ctx, { ...file, dryRun: true });
  const { runId, report } = await aTableImport(ctx, file);
  expect(shortReport(report)).toBe('rows 5, created 2, unchanged 1, rejected 2');
  expect(dry.report.counts).toEqual(report.counts);
  expect(report.problems.map(({ row, code }) => `${row} ${code}`)).toEqual(['5 DATE_TIME', '6 NO_IDENTITY']);
  const events = await ctx.sql
    .selectFrom('event')
    .select(['kind', 'occurred_at', 'properties'])
    .where('source', '=', source)
    .orderBy('occurred_at')
    .execute();
  expect(events).toEqual([
    {
      kind: 'VIEW_PRODUCT',
      occurred_at: new Date('2026-10-01T00:00:00Z'),
      properties: { sku: '44600062' },
    },
    {
      kind: 'VIEW_PRODUCT',
      occurred_at: new Date('2026-10-01T00:01:00Z'),
      properties: { sku: '2103807459595387724' },
    },
  ]);
  expect(shortReport((await aTableImport(ctx, file)).report)).toBe('rows 5, unchanged 3, rejected 2');
  expect(await undoImport(ctx, runId)).toEqual({ removed: 2, restored: 0, kept: {} });
});
