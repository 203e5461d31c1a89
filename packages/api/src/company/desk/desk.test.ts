import { beforeAll, expect, test } from 'vitest';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { openSocket } from '../../testing/ws-client.ts';
import { notify } from '../index.ts';
import { listNotifications, markRead } from './notifications.ts';
import { deleteView, savedViews, saveView } from './saved-views.ts';

const it = useTestApp();
let url: string;
beforeAll(async () => {
  url = await it.app.listen();
});

test('people are told by what they may do; the same thing is told once while it is unread', async () => {
  const ctx = it.app.context();
  const [owner, integrator, analyst] = [
    await staffActor(ctx, ['OWNER']),
    await staffActor(ctx, ['INTEGRATOR']),
    await staffActor(ctx, ['ANALYST']),
  ];
  const news = { kind: 'import.failed', facts: { rows: 3 }, link: '/data/runs/1', key: 'run:1' };
  const told = await notify(ctx, { scope: 'imports.run' }, news);
  expect(told).toBeGreaterThanOrEqual(2);
  expect(await notify(ctx, { staffId: owner.id }, news)).toBe(0);
  const of = async (actor: typeof owner) =>
    (await listNotifications(asActor(ctx, actor), {})).edges.map(({ node }) => node);
  expect(await of(integrator)).toMatchObject([
    { kind: 'import.failed', facts: { rows: 3 }, link: '/data/runs/1', readAt: null },
  ]);
  expect(await of(analyst)).toEqual([]);
  expect(await markRead(asActor(ctx, owner), null)).toBe(0);
  expect(await notify(ctx, { staffId: owner.id }, news)).toBe(1);
  expect(await of(owner)).toHaveLength(2);
});

test('the newest first, page by page; another’s stay unread whoever names them', async () => {
  const ctx = it.app.context();
  const [one, other] = [await staffActor(ctx, ['SUPPORT']), await staffActor(ctx, ['SUPPORT'])];
  for (let count = 1; count <= 5; count += 1) {
    it.app.clock.advance(1_000);
    await notify(ctx, { staffId: one.id }, { kind: 'test', facts: { count } });
  }
  const mine = asActor(ctx, one);
  const counts: unknown[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listNotifications>> = await listNotifications(mine, {
      first: 2,
      after,
    });
    counts.push(page.edges.map(({ node }) => node.facts['count']));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(counts).toEqual([[5, 4], [3, 2], [1]]);
  const [first] = (await listNotifications(mine, { first: 1 })).edges;
  expect(await markRead(asActor(ctx, other), [first?.node.id ?? ''])).toBe(0);
  expect(await markRead(mine, [first?.node.id ?? ''])).toBe(4);
});

test('an open page hears of it by its session, and is put out within five seconds of signing out (19, 24)', async () => {
  const ctx = asSystem(it.app.context());
  const { session, staffId } = await aSession(ctx, ['SUPPORT']);
  const cookie = `clientele_session=${session}`;
  const { host } = new URL(url);
  const foreign = await openSocket(url, { headers: { cookie, origin: 'https://evil.example' } });
  foreign.send({ type: 'connection_init' });
  expect((await foreign.closed).code).toBe(4403);
  const nowhere = await openSocket(url, { headers: { cookie } });
  nowhere.send({ type: 'connection_init' });
  expect((await nowhere.closed).code).toBe(4403);

  const client = await openSocket(url, { headers: { cookie, origin: `http://${host}` } });
  client.send({ type: 'connection_init' });
  expect(await client.next()).toEqual({ type: 'connection_ack' });
  const query = 'subscription { notificationAdded { unread notification { kind } } }';
  client.send({ type: 'subscribe', id: '1', payload: { query } });
  const heard = async () => (await client.next()).payload;
  expect(await heard()).toEqual({ data: { notificationAdded: { unread: 0, notification: null } } });
  await notify(ctx, { staffId }, { kind: 'test' });
  expect(await heard()).toEqual({
    data: { notificationAdded: { unread: 1, notification: { kind: 'test' } } },
  });

  const began = performance.now();
  const out = await it.app.graphql({ query: 'mutation { signOut }', session });
  expect(out.data).toEqual({ signOut: true });
  expect((await client.closed).code).toBe(4403);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('views: own ones and shared ones, under their names, taken away by their owner or who may', async () => {
  const ctx = it.app.context();
  const [one, other, owner] = [
    asActor(ctx, await staffActor(ctx, ['MARKETER'], { name: 'Марина' })),
    asActor(ctx, await staffActor(ctx, ['MARKETER'])),
    asActor(ctx, await staffActor(ctx, ['OWNER'])),
  ];
  const view = { page: 'customers', name: 'Спящие', query: 'status=sleeping', shared: false };
  const own = await saveView(one, view);
  const shared = await saveView(one, { ...view, name: 'Новые', query: 'sort=-createdAt', shared: true });
  const renewed = await saveView(one, { ...view, query: 'status=asleep' });
  expect(renewed).toMatchObject({ id: own.id, query: 'status=asleep' });
  expect((await savedViews(one, 'customers')).map(({ name }) => name)).toEqual(['Новые', 'Спящие']);
  expect(await savedViews(other, 'customers')).toEqual([{ ...shared, owner: 'Марина', mine: false }]);
  expect(await deleteView(other, shared.id)).toBe(false);
  expect(await deleteView(owner, own.id)).toBe(false);
  expect(await deleteView(owner, shared.id)).toBe(true);
  expect(await deleteView(one, own.id)).toBe(true);
});

test('a view has a name and the query of an address, nothing else', async () => {
  const ctx = asActor(it.app.context(), await staffActor(it.app.context(), ['MARKETER']));
  const wrong = { page: '../etc', name: ' ', query: 'a=b\r\nSet-Cookie: x', shared: false };
  await expect(saveView(ctx, wrong)).rejects.toMatchObject({
    problems: [
      { path: ['name'], code: 'REQUIRED' },
      { path: ['page'], code: 'FORMAT' },
      { path: ['query'], code: 'FORMAT' },
    ],
  });
});

test('a key has neither', async () => {
  const { data, errors } = await it.app.graphql({ query: '{ unreadNotifications }' });
  expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED']);
});
