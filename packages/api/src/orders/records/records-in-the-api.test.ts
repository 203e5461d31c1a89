import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { aKey, aTill, type BuiltKey, type BuiltTill } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import { aFreshPhone } from '../../testing/records.builders.ts';

const server = useTestApp();

const REFUSED = '... on Refusal { code message } ... on InvalidInput { problems { path code } }';
const RECORD = `mutation ($input: RecordOrdersInput!) { recordOrders(input: $input) { __typename ${REFUSED}
  ... on OrdersRecorded { results { externalId status earned problems { path code message }
    order { source externalId state channel identifiedAt gross discount toPay earned store { code } till { id }
      lines { number sku quantity toPay returnable } receipts { fiscalDocument total } } } } } }`;
const BACK = `mutation ($input: RecordReturnsInput!) { recordReturns(input: $input) { __typename ${REFUSED}
  ... on ReturnsRecorded { results { externalId status problems { path code message }
    return { externalId moneyBack receipts { fiscalDocument } } } } } }`;
const MANY = `mutation ($input: RecordOrdersInput!) { recordOrders(input: $input) { __typename ${REFUSED}
  ... on OrdersRecorded { results { status earned } } } }`;

let till: BuiltTill;
let key: BuiltKey;

beforeAll(async () => {
  const ctx = server.app.context();
  till = await aTill(ctx);
  key = await aKey(ctx);
  await aProgram(ctx, { brandId: till.store.brandId });
});

async function call(query: string, input: object, token: string): Promise<Record<string, unknown>> {
  const { data, errors } = await server.app.graphql({ query, variables: { input }, token });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return Object.values(data ?? {})[0] as Record<string, unknown>;
}

function aPurchase(facts: object = {}) {
  return {
    externalId: newId(),
    occurredAt: '2026-11-22T03:00:00+03:00',
    storeCode: till.store.code,
    channel: 'STORE',
    lines: [{ sku: 'coat', quantity: '1', unitPrice: '1990.00' }],
    ...facts,
  };
}

test('a till flushes its queue after a night offline, without anybody signed in', async () => {
  const source = till.actor.ownSource;
  const document = { fiscalDrive: newId(), fiscalDocument: '7', total: '1990.00' };
  const sale = aPurchase({ profile: { phone: aFreshPhone() }, receipts: [document] });
  const told = await call(RECORD, { source, orders: [sale, { ...sale, lines: [] }] }, till.token);
  expect(told).toEqual({
    __typename: 'OrdersRecorded',
    results: [
      {
        externalId: sale.externalId,
        status: 'CREATED',
        earned: 57,
        problems: [],
        order: {
          source,
          externalId: sale.externalId,
          state: 'COMMITTED',
          channel: 'STORE',
          identifiedAt: 'SALE',
          gross: '1990.00',
          discount: '0.00',
          toPay: '1990.00',
          earned: 57,
          store: { code: till.store.code },
          till: { id: expect.any(String) as string },
          lines: [{ number: 1, sku: 'coat', quantity: '1', toPay: '1990.00', returnable: '1' }],
          receipts: [{ fiscalDocument: '7', total: '1990.00' }],
        },
      },
      {
        externalId: sale.externalId,
        status: 'REJECTED',
        earned: 0,
        problems: [{ path: ['lines'], code: 'REQUIRED', message: 'has at least one line' }],
        order: null,
      },
    ],
  });
  const back = {
    externalId: newId(),
    occurredAt: '2026-11-22T08:00:00Z',
    order: { receipt: { fiscalDrive: document.fiscalDrive, fiscalDocument: '7' } },
    lines: [{ sku: 'coat', quantity: '1' }],
    receipts: [{ fiscalDrive: document.fiscalDrive, fiscalDocument: '8' }],
  };
  const unknown = { ...back, externalId: newId(), order: { external: { id: 'not-here-yet' } }, receipts: [] };
  expect(await call(BACK, { source, returns: [back, unknown] }, till.token)).toEqual({
    __typename: 'ReturnsRecorded',
    results: [
      {
        externalId: back.externalId,
        status: 'CREATED',
        problems: [],
        return: { externalId: back.externalId, moneyBack: '1990.00', receipts: [{ fiscalDocument: '8' }] },
      },
      { externalId: unknown.externalId, status: 'WAITING', problems: [], return: null },
    ],
  });
});

test('one requestId is one batch; a source of somebody else is refused', async () => {
  const source = `shop-${newId()}`;
  const input = { requestId: newId(), source, orders: [aPurchase()] };
  const first = await call(RECORD, input, key.token);
  expect(first).toMatchObject({ results: [{ status: 'CREATED' }] });
  expect(await call(RECORD, input, key.token)).toEqual(first);
  expect(await call(RECORD, { ...input, orders: [aPurchase()] }, key.token)).toMatchObject({
    __typename: 'IdempotencyConflict',
  });
  expect(await call(RECORD, { source, orders: [aPurchase()] }, till.token)).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: ['source'], code: 'UNKNOWN' }],
  });
  expect(await call(BACK, { source, returns: [] }, till.token)).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: ['source'], code: 'UNKNOWN' }],
  });
});

test('who may not record is told so', async () => {
  const reader = await aKey(server.app.context(), { scopes: ['orders.read'] });
  const input = { source: 'x', orders: [] };
  const { errors } = await server.app.graphql({ query: MANY, variables: { input }, token: reader.token });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
});

test('a thousand purchases in one call', async () => {
  const phones = Array.from({ length: 100 }, aFreshPhone);
  const orders = Array.from({ length: 1_000 }, (_, index) =>
    aPurchase({
      profile: { phone: phones[index % 100] },
      lines: Array.from({ length: 4 }, (_line, place) => ({
        sku: `sku-${(index * 7 + place) % 500}`,
        quantity: String(1 + (place % 3)),
        unitPrice: '149.90',
      })),
      receipts: [{ fiscalDrive: `drive-${index % 5}-${newId()}`, fiscalDocument: String(index) }],
    }),
  );
  const input = { source: `shop-${newId()}`, orders };
  const answer = await call(MANY, input, key.token);
  expect(answer['results']).toEqual(orders.map(() => ({ status: 'CREATED', earned: 30 })));
  const again = await call(MANY, input, key.token);
  expect(again['results']).toEqual(orders.map(() => ({ status: 'UNCHANGED', earned: 30 })));
});
