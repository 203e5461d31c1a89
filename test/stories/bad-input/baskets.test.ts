import { expect, test } from 'vitest';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { DOCUMENTS } from './documents.ts';
import { aShopperWith, ask, LINE, problemsOf, respond, sell, useShop } from './shop.ts';
import { unchanged } from './unchanged.ts';

const shop = useShop();

/** A line that is wrong, and where. 3: what does not add up; 4: what no goods cost or weigh. */
const WRONG_LINES: [line: Record<string, unknown>, problem: string][] = [
  // 3: two kopecks off, more than rounding explains.
  [{ ...LINE, amount: '1000.02' }, 'amount MISMATCH'],
  [{ ...LINE, amount: '999.98' }, 'amount MISMATCH'],
  [{ ...LINE, quantity: '1.235', unitPrice: '99.90', amount: '123.40' }, 'amount MISMATCH'],
  [{ ...LINE, quantity: '3', unitPrice: '111.00', amount: '111.00' }, 'amount MISMATCH'],
  [{ ...LINE, discount: '1000.01' }, 'discount RANGE'],
  // 3: digits of another currency, or of none.
  [{ ...LINE, unitPrice: '1000' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '1000.0' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '1000.000' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '1000,00' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '1 000.00' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '01000.00' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '+1000.00' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '1e3' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '0x3E8' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '１０００.００' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: 'NaN' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '90071992547409.93' }, 'unitPrice FORMAT'],
  [{ ...LINE, unitPrice: '' }, 'unitPrice FORMAT'],
  [{ ...LINE, amount: '' }, 'amount FORMAT'],
  [{ ...LINE, discount: '1%' }, 'discount FORMAT'],
  [{ ...LINE, minUnitPrice: '1' }, 'minUnitPrice FORMAT'],
  // 4
  [{ ...LINE, unitPrice: '-1000.00' }, 'unitPrice RANGE'],
  [{ ...LINE, unitPrice: '-0.01' }, 'unitPrice RANGE'],
  [{ ...LINE, unitPrice: '999999999999.00' }, 'unitPrice RANGE'],
  [{ ...LINE, amount: '-1000.00' }, 'amount RANGE'],
  [{ ...LINE, discount: '-0.01' }, 'discount RANGE'],
  [{ ...LINE, minUnitPrice: '-0.01' }, 'minUnitPrice RANGE'],
  [{ ...LINE, quantity: '-1' }, 'quantity RANGE'],
  [{ ...LINE, quantity: '0' }, 'quantity RANGE'],
  [{ ...LINE, quantity: '0.000' }, 'quantity RANGE'],
  [{ ...LINE, quantity: '1000001' }, 'quantity RANGE'],
  [{ ...LINE, quantity: '1.2345' }, 'quantity FORMAT'],
  [{ ...LINE, quantity: '1.' }, 'quantity FORMAT'],
  [{ ...LINE, quantity: '1,5' }, 'quantity FORMAT'],
  [{ ...LINE, quantity: '1e2' }, 'quantity FORMAT'],
  [{ ...LINE, quantity: 'Infinity' }, 'quantity FORMAT'],
  [{ ...LINE, quantity: '1000000', unitPrice: '999999999.00' }, 'unitPrice RANGE'],
  [{ ...LINE, sku: '' }, 'sku REQUIRED'],
  [{ ...LINE, sku: '   ' }, 'sku REQUIRED'],
  [{ ...LINE, sku: 'x'.repeat(101) }, 'sku RANGE'],
  [{ ...LINE, sku: 'a\u0007b' }, 'sku FORMAT'],
];

const WRONG = WRONG_LINES.map(([line]) => line);
const at = (path: string) => WRONG_LINES.map(([, problem], index) => `${path}lines.${index}.${problem}`);

test('3, 4: every wrong line of a basket is told by its path, in one answer, and nothing is begun', async () => {
  const { visitId } = await aShopperWith(shop, 100);
  const good = { shopper: { visitId }, lines: [LINE] };
  const { quoteHash } = await ask(shop, 'preview', good);
  const begin = { requestId: newId(), externalId: newId(), quoteHash };
  await unchanged(shop.app, async () => {
    expect(problemsOf(await ask(shop, 'preview', { ...good, lines: WRONG }))).toEqual(at(''));
    expect(problemsOf(await ask(shop, 'begin', { ...begin, draft: { ...good, lines: WRONG } }))).toEqual(
      at('draft.'),
    );
    for (const [line, problem] of WRONG_LINES)
      expect(problemsOf(await ask(shop, 'preview', { ...good, lines: [LINE, line] }))).toEqual([
        `lines.1.${problem}`,
      ]);
  });
  expect(await ask(shop, 'begin', { ...begin, draft: good })).toMatchObject({ __typename: 'OrderBegun' });
});

const RECORD = { occurredAt: '2026-11-22T08:00:00Z', channel: 'STORE', lines: [LINE] };

test('3, 4: a record with such a line is rejected, its neighbours are not', async () => {
  const { token, actor, till } = shop.cashier;
  const record = (lines: object[]) => ({ ...RECORD, externalId: newId(), storeCode: till.store.code, lines });
  const source = actor.ownSource;
  const wrong = { source, orders: WRONG_LINES.map(([line]) => record([LINE, line])) };
  const rejected = await unchanged(shop.app, () => ask(shop, 'record', wrong, token));
  const told = rejected.results.map(({ status, problems }) => [
    status,
    ...problems.map(({ path, code }) => `${path.join('.')} ${code}`),
  ]);
  expect(told).toEqual(WRONG_LINES.map(([, problem]) => ['REJECTED', `lines.1.${problem}`]));
  const mixed = await ask(shop, 'record', { source, orders: [record(WRONG), record([LINE])] }, token);
  expect(mixed.results.map(({ status }) => status)).toEqual(['REJECTED', 'CREATED']);
});

test('3: an order in another currency than its store sells in, or of another store, is none', async () => {
  await unchanged(shop.app, async () => {
    const preview = (facts: object) => ask(shop, 'preview', { lines: [LINE], ...facts });
    for (const currency of ['KZT', 'USD', 'rub', 'XXX', ''])
      expect([currency, (await preview({ currency })).__typename]).toEqual([
        currency,
        currency === '' ? 'OrderQuote' : 'InvalidInput',
      ]);
    expect(problemsOf(await preview({ currency: 'KZT' }))).toEqual(['currency MISMATCH']);
    const long = { input: { lines: [LINE], currency: 'ROUBLE' } };
    expect((await respond(shop, DOCUMENTS.preview, long, shop.cashier.token)).codes).toEqual(['BAD_REQUEST']);
    const { code } = shop.stores[1];
    expect(problemsOf(await preview({ storeCode: code }))).toEqual(['storeCode UNKNOWN']);
  });
});

function goods(count: number) {
  return Array.from({ length: count }, () => LINE);
}

test('4: five hundred lines are a basket, one more is none; a recorded purchase has two thousand', async () => {
  const { token, actor, till } = shop.cashier;
  const record = (count: number) => ({
    source: actor.ownSource,
    orders: [{ ...RECORD, externalId: newId(), storeCode: till.store.code, lines: goods(count) }],
  });
  expect(await ask(shop, 'preview', { lines: goods(500) })).toMatchObject({ gross: '500000.00' });
  await unchanged(shop.app, async () => {
    expect(problemsOf(await ask(shop, 'preview', { lines: goods(501) }))).toEqual(['lines TOO_MANY']);
    expect(problemsOf(await ask(shop, 'preview', { lines: [] }))).toEqual(['lines REQUIRED']);
    const [long] = (await ask(shop, 'record', record(2_001), token)).results;
    expect(long).toMatchObject({ status: 'REJECTED', problems: [{ path: ['lines'], code: 'TOO_MANY' }] });
    const orders = Array.from({ length: 1_001 }, () => ({ ...RECORD, externalId: newId(), storeCode: 'x' }));
    const many = { source: actor.ownSource, orders };
    expect(problemsOf(await ask(shop, 'record', many, token))).toEqual(['orders TOO_MANY']);
    const heavy = {
      source: actor.ownSource,
      orders: Array.from({ length: 11 }, () => record(2_000).orders[0]),
    };
    expect(problemsOf(await ask(shop, 'record', heavy, token))).toEqual(['orders TOO_MANY']);
  });
});

test('4: lines that are each bearable and together are not, are refused before anybody must count that far', async () => {
  const dear = { ...LINE, unitPrice: '9999999999.00' };
  const lines = Array.from({ length: 500 }, () => dear);
  const { token, actor, till } = shop.cashier;
  const record = { ...RECORD, externalId: newId(), storeCode: till.store.code, lines };
  await unchanged(shop.app, async () => {
    expect(problemsOf(await ask(shop, 'preview', { lines }))).toEqual(['lines RANGE']);
    const [result] = (await ask(shop, 'record', { source: actor.ownSource, orders: [record] }, token))
      .results;
    expect(result).toMatchObject({ status: 'REJECTED', problems: [{ path: ['lines'], code: 'RANGE' }] });
  });
  expect(await ask(shop, 'preview', { lines: [dear] })).toMatchObject({
    gross: '9999999999.00',
    earning: { points: 299_999_997 },
  });
});

test('3, 4: a return of what was not sold, of more, of a part or of a part of a piece', async () => {
  const lines = [
    { ...LINE, quantity: '2' },
    { ...LINE, sku: 'cheese', quantity: '0.347', unitPrice: '990.00' },
  ];
  const sold = await sell(shop, { lines });
  const order = { external: { id: sold.externalId } };
  const back = (returned: object[]) =>
    ask(shop, 'giveBack', { requestId: newId(), externalId: newId(), order, lines: returned });
  await unchanged(shop.app, async () => {
    for (const [returned, refused] of [
      [[{ number: 1, quantity: '3' }], { __typename: 'QuantityExceeded', number: 1, returnable: '2' }],
      [
        [
          { number: 1, quantity: '2' },
          { number: 1, quantity: '1' },
        ],
        { __typename: 'QuantityExceeded', number: 1 },
      ],
      [
        [{ number: 2, quantity: '0.348' }],
        { __typename: 'QuantityExceeded', number: 2, returnable: '0.347' },
      ],
      [[{ number: 3, quantity: '1' }], { __typename: 'QuantityExceeded', number: 3, returnable: '0' }],
      [[{ number: 0, quantity: '1' }], { __typename: 'QuantityExceeded', number: 0, returnable: '0' }],
      [[{ number: -1, quantity: '1' }], { __typename: 'QuantityExceeded', number: -1, returnable: '0' }],
    ] as const)
      expect(await back([...returned])).toMatchObject(refused);
    for (const [returned, problem] of [
      [{ number: 1, quantity: '0.5' }, 'lines.0.quantity RANGE'],
      [{ number: 1, quantity: '0' }, 'lines.0.quantity FORMAT'],
      [{ number: 1, quantity: '-1' }, 'lines.0.quantity FORMAT'],
      [{ number: 2, quantity: '0.3471' }, 'lines.0.quantity FORMAT'],
    ] as const)
      expect(problemsOf(await back([returned]))).toEqual([problem]);
    expect(problemsOf(await back([]))).toEqual(['lines REQUIRED']);
    const both = { order, lines: [{ number: 1, quantity: '3' }] };
    expect(await ask(shop, 'previewReturn', both)).toMatchObject({ __typename: 'QuantityExceeded' });
  });
  expect(await back([{ number: 1, quantity: '2' }])).toMatchObject({ moneyBack: '2000.00' });
});

test('3: money of a receipt is money: other digits, a minus or nothing is told by path', async () => {
  const { visitId } = await aShopperWith(shop, 0);
  const draft = { shopper: { visitId }, lines: [LINE] };
  const { quoteHash } = await ask(shop, 'preview', draft);
  const externalId = newId();
  await ask(shop, 'begin', { requestId: newId(), externalId, draft, quoteHash });
  const receipt = { fiscalDrive: '1', fiscalDocument: newId() };
  const commit = (receipts: object[]) =>
    ask(shop, 'commit', { requestId: newId(), order: { external: { id: externalId } }, receipts });
  await unchanged(shop.app, async () => {
    for (const [total, code] of [
      ['1000', 'FORMAT'],
      ['1000.000', 'FORMAT'],
      ['', 'FORMAT'],
      ['-1000.00', 'RANGE'],
    ])
      expect(problemsOf(await commit([{ ...receipt, total }]))).toEqual([`receipts.0.total ${code}`]);
    expect(problemsOf(await commit([receipt, receipt]))).toEqual(['receipts.1 DUPLICATE']);
    expect(problemsOf(await commit([{ ...receipt, fiscalDrive: ' ' }]))).toEqual([
      'receipts.0.fiscalDrive REQUIRED',
    ]);
    const many = Array.from({ length: 51 }, (_, index) => ({
      fiscalDrive: '1',
      fiscalDocument: `m${index}`,
    }));
    expect(problemsOf(await commit(many))).toEqual(['receipts TOO_MANY']);
  });
  expect(await commit([receipt])).toMatchObject({ __typename: 'OrderCommitted' });
});
