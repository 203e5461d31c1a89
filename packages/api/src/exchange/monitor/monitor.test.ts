import { beforeAll, expect, test } from 'vitest';
import type { Role } from '@clientele/shared/permissions';
import { upsertProducts } from '../../catalog/index.ts';
import { recordOrders, type RecordedOrderInput } from '../../orders/index.ts';
import { identityIndex, phoneIdentity, upsertProfiles } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { forgetRejectedAbout } from '../../platform/intake/index.ts';
import { readTask } from '../../platform/tasks/index.ts';
import { schema } from '../../schema.ts';
import { aKey, asActor, asSystem, aStore, type BuiltStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import { aFreshPhone } from '../../testing/records.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { dismissRejected } from './dismiss-rejected.ts';
import { editSource } from './edit-source.ts';
import { listRejected } from './list-rejected.ts';
import { readSources } from './read-sources.ts';
import { replayAll } from './replay-all.ts';
import { replayRejected } from './replay-rejected.ts';
import { shownContent } from './shown-content.ts';

const server = useTestApp();
let store: BuiltStore;

beforeAll(async () => {
  store = await aStore(server.app.context());
  await aProgram(server.app.context(), { brandId: store.brandId });
});

function system(): Context {
  return asSystem(server.app.context());
}

async function as(role: Role): Promise<Context> {
  return asActor(server.app.context(), await staffActor(server.app.context(), [role]));
}

function anOrder(facts: Partial<RecordedOrderInput> = {}): RecordedOrderInput {
  return {
    externalId: newId(),
    occurredAt: new Date('2026-11-22T08:00:00Z'),
    storeCode: store.code,
    channel: 'STORE',
    lines: [{ sku: 'coat', quantity: '1', unitPrice: '1000.00' }],
    cancelled: false,
    receipts: [],
    ...facts,
  };
}

const wrong = (facts: Partial<RecordedOrderInput> = {}) =>
  anOrder({ lines: [{ sku: 'coat', quantity: '0', unitPrice: '1000.00' }], ...facts });

async function record(ctx: Context, source: string, ...orders: RecordedOrderInput[]): Promise<string[]> {
  return (await recordOrders(ctx, { source, orders })).results.map(({ status }) => status);
}

async function open(ctx: Context, source: string) {
  return (await listRejected(ctx, { source, states: ['OPEN'] })).edges.map(({ node }) => node);
}

async function counts(source: string) {
  const [state] = await readSources(system(), { source });
  return state?.total;
}

async function stateOf(id: string) {
  return system()
    .sql.selectFrom('rejected_record')
    .select(['state', 'times', 'corrected', 'resolved_by', 'reason', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

test('a batch is counted, its wrong records wait, its neighbours are taken', async () => {
  const source = newId();
  const bad = wrong();
  const good = anOrder();
  expect(await record(system(), source, anOrder(), bad, good)).toEqual(['CREATED', 'REJECTED', 'CREATED']);
  expect(await record(system(), source, good)).toEqual(['UNCHANGED']);
  const [state] = await readSources(system(), { source });
  const now = server.app.clock.now();
  expect(state).toMatchObject({
    kind: 'ORDERS',
    freshness: 'UNWATCHED',
    firstAt: now,
    lastAttemptAt: now,
    lastSuccessAt: now,
    total: { accepted: 2, unchanged: 1, refused: 1 },
    hours: [{ hour: new Date('2026-11-22T09:00:00Z'), accepted: 2, unchanged: 1, refused: 1 }],
    openRejected: 1,
  });
  const [waiting] = await open(system(), source);
  expect(waiting).toMatchObject({
    key: bad.externalId,
    status: 'REJECTED',
    state: 'OPEN',
    times: 1,
    problems: [{ path: ['lines', '0', 'quantity'], code: 'RANGE' }],
  });
  expect(waiting?.content).not.toContain('coat');
});

test('a call that is repeated with its requestId is counted once', async () => {
  const source = newId();
  const call = { source, requestId: newId(), orders: [anOrder(), wrong()] };
  await recordOrders(system(), call);
  await recordOrders(system(), call);
  expect(await counts(source)).toEqual({ accepted: 1, unchanged: 0, refused: 1 });
  expect((await open(system(), source)).map(({ times }) => times)).toEqual([1]);
});

test('a record refused again stays one, and its source bringing it right closes it', async () => {
  const source = newId();
  const bad = wrong();
  await record(system(), source, bad);
  await record(system(), source, bad);
  const [waiting] = await open(system(), source);
  expect(waiting).toMatchObject({ times: 2 });
  await record(system(), source, anOrder({ externalId: bad.externalId }));
  expect(await open(system(), source)).toEqual([]);
  expect(await stateOf(waiting?.id ?? '')).toMatchObject({ state: 'CORRECTED', resolved_by: null });
});

test('a corrected record is taken the way it came, once, and nothing is counted twice', async () => {
  const ctx = await as('INTEGRATOR');
  const source = newId();
  const bad = wrong();
  await record(system(), source, bad);
  const [waiting] = await open(ctx, source);
  const id = waiting?.id ?? '';
  const content = JSON.parse(JSON.stringify(anOrder({ externalId: bad.externalId }))) as object;
  await expect(replayRejected(ctx, schema, { id, content, version: 7 })).rejects.toBeInstanceOf(
    VersionConflict,
  );
  const replayed = await replayRejected(ctx, schema, { id, content, version: 1 });
  expect([replayed.taken, replayed.record.state, replayed.record.corrected]).toEqual([
    true,
    'CORRECTED',
    true,
  ]);
  expect(replayed.record.resolved_by).toBe(ctx.actor.client);
  expect(await counts(source)).toEqual({ accepted: 1, unchanged: 0, refused: 1 });

  const again = await replayRejected(ctx, schema, { id });
  expect([again.taken, again.record.state]).toEqual([true, 'CORRECTED']);
  const { orders } = await ctx.sql
    .selectFrom('order_key')
    .select((eb) => eb.fn.countAll<number>().as('orders'))
    .where('source', '=', source)
    .executeTakeFirstOrThrow();
  expect(Number(orders)).toBe(1);
});

test('what is refused again stays, with its new content and reasons', async () => {
  const ctx = await as('INTEGRATOR');
  const source = newId();
  await record(system(), source, wrong());
  const [waiting] = await open(ctx, source);
  const content = JSON.parse(JSON.stringify(anOrder({ storeCode: 'no such store' }))) as object;
  const { taken, record: row } = await replayRejected(ctx, schema, {
    id: waiting?.id ?? '',
    content,
    version: 1,
  });
  expect([taken, row.state, row.times, row.version, row.corrected]).toEqual([false, 'OPEN', 2, 2, true]);
  expect(row.problems).toEqual([
    { path: ['storeCode'], code: 'UNKNOWN', message: 'is no store of this caller' },
  ]);
  // The number it was given in the correction is no second record.
  expect(await open(ctx, source)).toHaveLength(1);
});

test('a correction that is no such record is refused by its path, and nothing changes', async () => {
  const ctx = await as('INTEGRATOR');
  const source = newId();
  await record(system(), source, wrong());
  const [waiting] = await open(ctx, source);
  const content = { externalId: 'x', occurredAt: 'yesterday', storeCode: 5, lines: {}, price: 1 };
  const failure = await replayRejected(ctx, schema, { id: waiting?.id ?? '', content, version: 1 }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(InvalidInput);
  const paths = (failure as InvalidInput).problems.map(({ path }) => path.join('.')).toSorted();
  expect(paths).toContain('content.occurredAt');
  expect(paths).toContain('content.storeCode');
  expect(await stateOf(waiting?.id ?? '')).toMatchObject({ state: 'OPEN', version: 1, times: 1 });
});

test('everything of a source is replayed in the background: what is right by now is taken, the rest stays', async () => {
  const ctx = await as('INTEGRATOR');
  const source = newId();
  const code = newId();
  const later = Array.from({ length: 60 }, () => anOrder({ storeCode: code }));
  await record(system(), source, ...later, wrong(), wrong());
  expect(await open(ctx, source)).toHaveLength(20);
  const task = await replayAll(ctx, { source, kind: 'ORDERS' });
  await aStore(server.app.context(), { brandId: store.brandId, code });
  await runTasks(server.app.context());
  expect(await readTask(ctx, task)).toMatchObject({
    state: 'DONE',
    done: 62,
    total: 62,
    result: { taken: 60, refused: 2 },
  });
  expect((await open(ctx, source)).map(({ times }) => times)).toEqual([2, 2]);
  expect(await counts(source)).toEqual({ accepted: 60, unchanged: 0, refused: 62 });
  const again = await replayAll(ctx, { source, kind: 'ORDERS' });
  await runTasks(server.app.context());
  expect(await readTask(ctx, again)).toMatchObject({ state: 'DONE', result: { taken: 0, refused: 2 } });
});

test('a record is dismissed with a reason, and stays so', async () => {
  const ctx = await as('INTEGRATOR');
  const source = newId();
  await record(system(), source, wrong());
  const [waiting] = await open(ctx, source);
  const id = waiting?.id ?? '';
  await expect(dismissRejected(ctx, { id, reason: ' ' })).rejects.toBeInstanceOf(InvalidInput);
  await dismissRejected(ctx, { id, reason: 'a test of the till' });
  expect(await stateOf(id)).toMatchObject({
    state: 'DISMISSED',
    reason: 'a test of the till',
    resolved_by: ctx.actor.client,
  });
  expect(await replayRejected(ctx, schema, { id })).toMatchObject({ taken: false });
  expect(await stateOf(id)).toMatchObject({ state: 'DISMISSED' });
});

test('profiles and products wait too, and go the same way again', async () => {
  const ctx = await as('MARKETER');
  const source = newId();
  const sku = newId();
  await upsertProducts(system(), {
    source,
    products: [
      { sku, price: '1.999' },
      { sku: newId(), price: '2.00' },
    ],
  });
  await upsertProfiles(system(), {
    requestId: null,
    source,
    profiles: [{ externalId: 'a-1', birthDate: '2026-02-30' }, { externalId: 'a-2' }],
  });
  const waiting = await open(ctx, source);
  expect(waiting.map(({ kind, status }) => [kind, status])).toEqual([
    ['PRODUCTS', 'REJECTED'],
    ['PROFILES', 'REJECTED'],
  ]);
  const [product, profile] = waiting;
  const taken = [
    await replayRejected(ctx, schema, { id: product?.id ?? '', content: { sku, price: '1.99' }, version: 1 }),
    await replayRejected(ctx, schema, {
      id: profile?.id ?? '',
      content: { externalId: 'a-1', birthDate: '1990-02-28' },
      version: 1,
    }),
  ];
  expect(taken.map(({ record: { kind, state } }) => [kind, state])).toEqual([
    ['PRODUCTS', 'CORRECTED'],
    ['PROFILES', 'CORRECTED'],
  ]);
});

const REJECTED = `query($source: String!) { rejectedRecords(source: $source, first: 10) {
  edges { node { id key content problems { path code } } } } }`;

interface Answer {
  rejectedRecords: {
    edges: { node: { id: string; key: string | null; content: Record<string, unknown> } }[];
  };
}

test('who may not read contacts sees masks, an analyst nothing, and a mask left alone hides no value', async () => {
  const source = newId();
  const phone = aFreshPhone();
  const person = {
    externalId: 'p-1',
    phones: [phone, 'no phone'],
    givenName: 'Пётр',
    attributes: { flat: 12 },
  };
  await upsertProfiles(system(), { requestId: null, source, profiles: [person] });
  const seen = async (...scopes: string[]) => {
    const key = await aKey(server.app.context(), { scopes });
    const { data } = await server.app.graphql<Answer>({
      query: REJECTED,
      token: key.token,
      variables: { source },
    });
    return data?.rejectedRecords.edges[0]?.node;
  };
  expect((await seen('imports.read', 'profiles.contacts'))?.content).toEqual(person);
  const masked = await seen('imports.read', 'imports.run');
  expect(masked).toMatchObject({
    key: null,
    content: {
      externalId: 'p-1',
      phones: [`•••${phone.slice(-2)}`, '•••ne'],
      givenName: '•••',
      attributes: { flat: '•••' },
    },
  });
  expect(shownContent(await as('ANALYST'), person)).toEqual({
    externalId: 'p-1',
    phones: [null, null],
    givenName: null,
    attributes: { flat: null },
  });

  const ctx = await as('INTEGRATOR');
  const content = { ...masked?.content, phones: [`•••${phone.slice(-2)}`] };
  const [waiting] = await open(ctx, source);
  expect(await replayRejected(ctx, schema, { id: waiting?.id ?? '', content, version: 1 })).toMatchObject({
    taken: true,
  });
  const identity = phoneIdentity(phone, 'RU');
  const found = await ctx.sql
    .selectFrom('identity_key')
    .innerJoin('profile', 'profile.id', 'identity_key.profile_id')
    .select('given_name')
    .where('blind_index', '=', identity === null ? '' : identityIndex(ctx.vault, identity))
    .executeTakeFirst();
  expect(found).toEqual({ given_name: 'Пётр' });
});

test('records that name an erased person go with what they hold', async () => {
  const source = newId();
  const phone = aFreshPhone();
  await upsertProfiles(system(), {
    requestId: null,
    source,
    profiles: [{ phones: [phone], birthDate: 'no' }],
  });
  await record(system(), source, wrong({ profile: { phone } }), wrong());
  expect(await open(system(), source)).toHaveLength(3);
  const identity = phoneIdentity(phone, 'RU');
  const index = identity === null ? '' : identityIndex(system().vault, identity);
  expect(await forgetRejectedAbout(system(), [index])).toBe(2);
  expect(await open(system(), source)).toHaveLength(1);
});

test('how often a source should come is set by who saw its last version', async () => {
  const ctx = await as('INTEGRATOR');
  const source = newId();
  await record(system(), source, anOrder());
  await readSources(ctx);
  const edit = { source, kind: 'ORDERS' as const, name: 'Сайт', expectedEveryMinutes: 60, version: 1 };
  expect(await editSource(ctx, edit)).toMatchObject({ name: 'Сайт', freshness: 'FRESH', version: 2 });
  await expect(editSource(ctx, edit)).rejects.toMatchObject({ version: 2 });
  await expect(editSource(ctx, { ...edit, expectedEveryMinutes: 0, version: 2 })).rejects.toBeInstanceOf(
    InvalidInput,
  );
  server.app.clock.advance(73 * 60_000);
  expect((await readSources(ctx, { source }))[0]?.freshness).toBe('LATE');
});

test('who may not import changes nothing', async () => {
  const ctx = await as('ANALYST');
  const source = newId();
  await record(system(), source, wrong());
  const [waiting] = await open(ctx, source);
  const id = waiting?.id ?? '';
  const refused = { code: 'FORBIDDEN' };
  await expect(replayRejected(ctx, schema, { id })).rejects.toMatchObject(refused);
  await expect(dismissRejected(ctx, { id, reason: 'no' })).rejects.toMatchObject(refused);
  await expect(replayAll(ctx, { source, kind: 'ORDERS' })).rejects.toMatchObject(refused);
  await expect(listRejected(await as('SALES_ASSISTANT'), { source })).rejects.toMatchObject(refused);
});
