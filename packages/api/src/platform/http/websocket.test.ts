import { beforeAll, expect, test } from 'vitest';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aKey, asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { openSocket, signedInSocket } from '../../testing/ws-client.ts';
import { globalId } from '../graphql/global-id.ts';
import { publish } from '../live/index.ts';
import { registerTaskKinds, startTask } from '../tasks/index.ts';
import { serveWebSocket } from './websocket.ts';

const server = useTestApp();
let url: string;

beforeAll(async () => {
  url = await server.app.listen();
});

function aTaskKind(): void {
  const run = async () => ({ result: { rows: 1 } });
  registerTaskKinds(server.app.database, [{ kind: 'test.work', scope: 'imports.run', run }]);
}

const TASK = 'subscription($id: ID!) { taskChanged(id: $id) { state done } }';

test('who subscribes to a task hears how it is now and of every change', async () => {
  aTaskKind();
  const key = await aKey(server.app.context());
  const id = await startTask(asActor(server.app.context(), key.actor), { kind: 'test.work' });
  const client = await signedInSocket(url, key.token);
  client.send({
    type: 'subscribe',
    id: '1',
    payload: { query: TASK, variables: { id: globalId('Task', id) } },
  });
  expect(await client.next()).toEqual({
    type: 'next',
    id: '1',
    payload: { data: { taskChanged: { state: 'QUEUED', done: 0 } } },
  });
  await runTasks(server.app.context());
  const states = [];
  do states.push((await client.next()).payload);
  while (JSON.stringify(states.at(-1)) !== '{"data":{"taskChanged":{"state":"DONE","done":0}}}');
  client.send({ type: 'complete', id: '1' });
  client.close();
  await client.closed;
  await expect.poll(() => server.app.database.live.readers).toBe(0);
});

test('another’s topic looks like none (28)', async () => {
  aTaskKind();
  const key = await aKey(server.app.context());
  const stranger = await aKey(server.app.context(), { scopes: ['staff.self'] });
  const id = await startTask(asActor(server.app.context(), key.actor), { kind: 'test.work' });
  const client = await signedInSocket(url, stranger.token);
  client.send({
    type: 'subscribe',
    id: '1',
    payload: { query: TASK, variables: { id: globalId('Task', id) } },
  });
  expect(await client.next()).toEqual({ type: 'complete', id: '1' });
  client.close();
});

test('without the right nothing is subscribed to', async () => {
  const key = await aKey(server.app.context(), { scopes: ['products.read'] });
  const client = await signedInSocket(url, key.token);
  client.send({ type: 'subscribe', id: '1', payload: { query: 'subscription { myTasksChanged { id } }' } });
  const { type, payload } = await client.next();
  expect(JSON.stringify([type, payload])).toContain('"code":"FORBIDDEN"');
  expect(server.app.database.live.readers).toBe(0);
  client.close();
});

test('limits of documents hold on a socket too, and a wrong one does not end it', async () => {
  const key = await aKey(server.app.context());
  const client = await signedInSocket(url, key.token);
  const aliases = Array.from({ length: 100 }, (_, index) => `a${index}: __typename`).join(' ');
  for (const query of [`{ ${aliases} }`, '{ unknown }', '{ {']) {
    client.send({ type: 'subscribe', id: 'x', payload: { query } });
    const { type, payload } = await client.next();
    expect([query.slice(0, 20), type, JSON.stringify(payload).includes('BAD_REQUEST')]).toEqual([
      query.slice(0, 20),
      'error',
      true,
    ]);
  }
  client.send({ type: 'subscribe', id: 'y', payload: { query: '{ __typename }' } });
  expect(await client.next()).toEqual({ type: 'next', id: 'y', payload: { data: { __typename: 'Query' } } });
  client.close();
});

test('a page of another site is not let in (27)', async () => {
  const key = await aKey(server.app.context());
  for (const origin of ['https://evil.example', 'null']) {
    const client = await openSocket(url, { origin });
    client.send({ type: 'connection_init', payload: { authorization: `Bearer ${key.token}` } });
    expect([origin, (await client.closed).code]).toEqual([origin, 4403]);
  }
  const own = await openSocket(url, { origin: url });
  own.send({ type: 'connection_init', payload: { authorization: `Bearer ${key.token}` } });
  expect(await own.next()).toEqual({ type: 'connection_ack' });
  own.close();
});

test('a wrong token is not let in, nor nobody', async () => {
  for (const payload of [{ authorization: 'Bearer ck_wrong' }, { authorization: 5 }, {}]) {
    const client = await openSocket(url);
    client.send({ type: 'connection_init', payload });
    expect((await client.closed).code).toBe(4403);
  }
});

test('who subscribes before it is let in is put out (27)', async () => {
  const client = await openSocket(url);
  client.send({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } });
  expect((await client.closed).code).toBe(4401);
});

test('who does not say who it is, is put out (27)', async () => {
  const http = createServer();
  const sockets = serveWebSocket(http, {
    graphql: null as never,
    log: server.app.context().log,
    authenticate: () => Promise.reject(new Error('nobody asks')),
    newContext: () => server.app.context() as never,
    initTimeoutMs: 20,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const client = await openSocket(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  expect((await client.closed).code).toBe(4408);
  await sockets.stop();
  await new Promise((resolve) => http.close(resolve));
});

test('a frame of 1 MiB ends the socket (27)', async () => {
  const key = await aKey(server.app.context());
  const client = await signedInSocket(url, key.token);
  client.send({ type: 'subscribe', id: '1', payload: { query: ' '.repeat(1024 * 1024) } });
  expect((await client.closed).code).toBe(1009);
});

test('the 21st operation at once is refused, the twenty go on (27)', async () => {
  const key = await aKey(server.app.context());
  const client = await signedInSocket(url, key.token);
  const query = 'subscription { myTasksChanged { state } }';
  for (let count = 1; count <= 21; count += 1)
    client.send({ type: 'subscribe', id: String(count), payload: { query } });
  const refused = await client.next();
  expect([refused.id, JSON.stringify(refused.payload).includes('"RATE_LIMITED"')]).toEqual(['21', true]);
  await expect.poll(() => server.app.database.live.readers).toBe(20);
  client.close();
  await expect.poll(() => server.app.database.live.readers).toBe(0);
});

test('a token taken back ends its sockets within five seconds (19)', async () => {
  const ctx = asSystem(server.app.context());
  const key = await aKey(ctx);
  const client = await signedInSocket(url, key.token);
  const began = performance.now();
  await ctx.sql
    .updateTable('api_key')
    .set({ revoked_at: ctx.clock.now() })
    .where('id', '=', key.id)
    .execute();
  // What was remembered of the token is forgotten by time.
  server.app.clock.advance(2_000);
  expect(await client.closed).toEqual({ code: 4403, reason: 'This session is over' });
  expect(performance.now() - began).toBeLessThan(5_000);
});

async function readEvents(response: Response, until: (text: string) => boolean): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text;
    text += value ?? '';
    if (until(text)) {
      await reader?.cancel();
      return text;
    }
  }
}

function subscribeByEvents(token: string, query: string, variables: object = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
}

test('the same over server-sent events, and who goes away is not read for any more', async () => {
  aTaskKind();
  const key = await aKey(server.app.context());
  const id = await startTask(asActor(server.app.context(), key.actor), { kind: 'test.work' });
  const response = await subscribeByEvents(key.token, TASK, { id: globalId('Task', id) });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const text = await readEvents(response, (sofar) => sofar.includes('data: {'));
  expect(text).toContain('event: next\ndata: {"data":{"taskChanged":{"state":"QUEUED","done":0}}}');
  await expect.poll(() => server.app.database.live.readers).toBe(0);
});

test('a token taken back ends its events within five seconds, in words (19)', async () => {
  const ctx = asSystem(server.app.context());
  const key = await aKey(ctx);
  const response = await subscribeByEvents(key.token, 'subscription { myTasksChanged { id } }');
  const began = performance.now();
  await ctx.sql
    .updateTable('api_key')
    .set({ revoked_at: ctx.clock.now() })
    .where('id', '=', key.id)
    .execute();
  server.app.clock.advance(2_000);
  const text = await readEvents(response, () => false).catch((error: unknown) => String(error));
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(text).toContain('event: complete');
  expect(server.app.database.live.readers).toBe(0);
});

test('a reader that never reads is dropped, and its neighbours hear everything (29)', async () => {
  aTaskKind();
  const ctx = server.app.context();
  const lazy = await aKey(ctx);
  const query = 'subscription { myTasksChanged { id kind state facts } }';
  const id = await startTask(asActor(ctx, lazy.actor), {
    kind: 'test.work',
    facts: { long: 'x'.repeat(100_000) },
  });
  const client = await signedInSocket(url, lazy.token);
  client.send({ type: 'subscribe', id: '1', payload: { query } });
  await expect.poll(() => server.app.database.live.readers).toBe(1);
  client.socket.pause();
  const topic = `tasks:${lazy.actor.client}`;
  for (let round = 0; round < 40; round += 1)
    await publish(
      ctx,
      ...Array.from({ length: 20 }, (_, index) => ({ topic, payload: { id, round, index } })),
    );
  await expect.poll(() => server.app.database.live.readers, { timeout: 10_000 }).toBe(0);
  client.socket.resume();
  client.close();
});
