import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asActor, aKey, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { runTasks, silence } from '../../testing/tasks.builders.ts';
import { invalid } from '../errors.ts';
import type { Context } from '../context.ts';
import { globalId } from '../graphql/global-id.ts';
import { cancelTask } from './cancel-task.ts';
import { registerTaskKinds, startTask } from './index.ts';
import { runTask } from './run-task.ts';
import { readTask } from './read-tasks.ts';
import { takeUpLost } from './start-tasks.ts';
import type { TaskKind } from './task.ts';

const server = useTestApp();

function kind(run: TaskKind['run'], name = 'test.work'): TaskKind {
  const one: TaskKind = { kind: name, scope: 'imports.run', run };
  registerTaskKinds(server.app.database, [one]);
  return one;
}

function system(): Context {
  return asSystem(server.app.context());
}

test('work is done with the rights of who asked for it, and its result can be read', async () => {
  const ctx = asActor(server.app.context(), await staffActor(server.app.context(), ['MARKETER']));
  const seen: unknown[] = [];
  kind(async (tx, facts, report) => {
    seen.push(tx.actor.id, tx.actor.scopes.has('imports.run'), tx.actor.scopes.has('points.adjust'), facts);
    report(3, 4);
    return { result: { rows: 4 } };
  });
  const id = await startTask(ctx, { kind: 'test.work', facts: { source: 'crm' } });
  expect(await readTask(ctx, id)).toMatchObject({ state: 'QUEUED', done: 0, total: null });
  await runTasks(server.app.context());
  expect(seen).toEqual([ctx.actor.id, true, false, { source: 'crm' }]);
  expect(await readTask(ctx, id)).toMatchObject({
    state: 'DONE',
    done: 3,
    total: 4,
    result: { rows: 4 },
    attempts: 1,
    error_code: null,
    finished_at: server.app.clock.now(),
  });
});

test('a task that is refused says why, one with a bug says under which number the log has it', async () => {
  kind((_ctx, facts) => {
    if (facts['bug'] === true) throw new Error('secret of the house');
    throw invalid('file', 'FORMAT', 'is no table');
  });
  const refused = await startTask(system(), { kind: 'test.work' });
  const broken = await startTask(system(), { kind: 'test.work', facts: { bug: true } });
  await runTasks(system());
  expect(await readTask(system(), refused)).toMatchObject({
    state: 'FAILED',
    error_code: 'InvalidInput',
    error_text: 'file: is no table',
  });
  const task = await readTask(system(), broken);
  expect([task?.state, task?.error_code]).toEqual(['FAILED', 'INTERNAL']);
  expect(task?.error_text).toMatch(/^[0-9a-f-]{36}$/);
});

test('what is rolled back was never asked for', async () => {
  kind(async () => undefined);
  const ctx = system();
  const { inTransaction } = await import('../database/in-transaction.ts');
  let id = '';
  await expect(
    inTransaction(ctx, async (tx) => {
      id = await startTask(tx, { kind: 'test.work' });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await readTask(ctx, id)).toBeNull();
});

test('a waiting task is cancelled at once, a running one within seconds, one that is over stays', async () => {
  kind(async (_ctx, _facts, report, signal) => {
    report(1, 10);
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    );
  });
  const waiting = await startTask(system(), { kind: 'test.work' });
  expect(await cancelTask(system(), waiting)).toMatchObject({ state: 'CANCELLED' });
  await runTasks(system());
  expect(await readTask(system(), waiting)).toMatchObject({ state: 'CANCELLED', attempts: 0 });

  const running = await startTask(system(), { kind: 'test.work' });
  const run = await runTask(system(), running);
  expect(await cancelTask(system(), running)).toMatchObject({ state: 'RUNNING' });
  await run?.finished;
  expect(await readTask(system(), running)).toMatchObject({ state: 'CANCELLED', done: 1, total: 10 });
  expect(await cancelTask(system(), running)).toMatchObject({ state: 'CANCELLED' });
});

test('a task whose worker was killed is taken up again, and the dead one changes nothing more', async () => {
  const hands: { finish(): void }[] = [];
  kind(async (_ctx, _facts, report) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    hands.push({ finish: resolve });
    const mine = hands.length;
    await promise;
    report(mine, 2);
    return { result: { by: mine } };
  });
  const id = await startTask(system(), { kind: 'test.work' });
  const dead = await runTask(system(), id);
  await takeUpLost(system());
  expect(await readTask(system(), id)).toMatchObject({ state: 'RUNNING' });

  await silence(system(), id);
  await takeUpLost(system());
  expect(await readTask(system(), id)).toMatchObject({ state: 'QUEUED', run_id: null });
  const living = await runTask(system(), id);
  hands[0]?.finish();
  await dead?.finished;
  expect(await readTask(system(), id)).toMatchObject({ state: 'RUNNING', done: 0, attempts: 2 });
  hands[1]?.finish();
  await living?.finished;
  expect(await readTask(system(), id)).toMatchObject({ state: 'DONE', done: 2, result: { by: 2 } });
});

test('a worker killed at 37 % leaves a task that the next one does from the start', async () => {
  kind(async (_ctx, _facts, report) => {
    report(100, 100);
    return { result: { whole: true } };
  });
  const id = await startTask(system(), { kind: 'test.work' });
  const fixture = join(import.meta.dirname, '../../testing/killed-worker.fixture.ts');
  const url = String(server.app.database.pool.options.connectionString);
  const worker = spawn(process.execPath, [fixture, url, id], { stdio: 'ignore' });
  await expect
    .poll(() => readTask(system(), id), { timeout: 30_000 })
    .toMatchObject({ state: 'RUNNING', done: 37, total: 100 });
  const dead = once(worker, 'exit');
  worker.kill('SIGKILL');
  await dead;
  // Nobody heard it die: its silence tells.
  await runTasks(system());
  expect(await readTask(system(), id)).toMatchObject({ state: 'RUNNING', done: 37, attempts: 1 });
  await silence(system(), id);
  await takeUpLost(system());
  await runTasks(system());
  expect(await readTask(system(), id)).toMatchObject({
    state: 'DONE',
    done: 100,
    attempts: 2,
    result: { whole: true },
  });
});

test('after three silent workers a task has failed, and says so', async () => {
  kind(async (_ctx, _facts, _report, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  });
  const id = await startTask(system(), { kind: 'test.work' });
  const runs = [];
  for (let tries = 0; tries < 3; tries += 1) {
    runs.push(await runTask(system(), id));
    await silence(system(), id);
    await takeUpLost(system());
  }
  expect(await readTask(system(), id)).toMatchObject({
    state: 'FAILED',
    error_code: 'WORKER_LOST',
    attempts: 3,
  });
  for (const run of runs) run?.stop('TAKEN');
  await Promise.all(runs.map((run) => run?.finished));
  expect(await readTask(system(), id)).toMatchObject({ state: 'FAILED', error_code: 'WORKER_LOST' });
});

test('a server that stops puts its work back for the next one', async () => {
  kind(async (_ctx, _facts, _report, signal) => {
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    );
  });
  const id = await startTask(system(), { kind: 'test.work' });
  const run = await runTask(system(), id);
  run?.stop('STOPPING');
  await run?.finished;
  expect(await readTask(system(), id)).toMatchObject({ state: 'QUEUED', finished_at: null });
  await cancelTask(system(), id);
});

const TASKS = `query($mine: Boolean, $states: [TaskState!], $first: Int, $after: String) {
  tasks(mine: $mine, states: $states, first: $first, after: $after) {
    edges { node { id kind state mine } } pageInfo { hasNextPage endCursor } } }`;

interface TasksAnswer {
  tasks: {
    edges: { node: { id: string; kind: string; state: string; mine: boolean } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

test('who may do such work sees the tasks of others, nobody else does', async () => {
  kind(async () => undefined);
  const app = server.app;
  const importer = await aKey(app.context(), { scopes: ['staff.self', 'imports.run'] });
  const other = await aKey(app.context(), { scopes: ['staff.self', 'imports.run'] });
  const stranger = await aKey(app.context(), { scopes: ['staff.self'] });
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1)
    ids.push(
      globalId('Task', await startTask(asActor(app.context(), importer.actor), { kind: 'test.work' })),
    );
  const list = async (token: string, variables: object) =>
    (await app.graphql<TasksAnswer>({ query: TASKS, token, variables: { ...variables } })).data?.tasks;

  const first = await list(importer.token, { mine: true, first: 2 });
  expect(first?.edges.map(({ node }) => node)).toEqual([
    { id: ids[2], kind: 'test.work', state: 'QUEUED', mine: true },
    { id: ids[1], kind: 'test.work', state: 'QUEUED', mine: true },
  ]);
  const rest = await list(importer.token, { mine: true, first: 2, after: first?.pageInfo.endCursor });
  expect(rest?.edges.map(({ node }) => node.id)).toEqual([ids[0]]);
  const others = await list(other.token, { states: ['QUEUED'], first: 3 });
  expect(others?.edges.map(({ node }) => [node.id, node.mine])).toEqual(
    ids.toReversed().map((id) => [id, false]),
  );
  expect((await list(other.token, { mine: true }))?.edges).toEqual([]);
  expect((await list(stranger.token, {}))?.edges).toEqual([]);

  const one = 'query($id: ID!) { task(id: $id) { state } }';
  const ask = async (token: string) =>
    (await app.graphql({ query: one, token, variables: { id: ids[0] } })).data;
  expect(await ask(other.token)).toEqual({ task: { state: 'QUEUED' } });
  expect(await ask(stranger.token)).toEqual({ task: null });
  const cancel = 'mutation($id: ID!) { cancelTask(id: $id) { state } }';
  const stop = async (token: string) =>
    (await app.graphql({ query: cancel, token, variables: { id: ids[0] } })).data;
  expect(await stop(stranger.token)).toEqual({ cancelTask: null });
  expect(await stop(other.token)).toEqual({ cancelTask: { state: 'CANCELLED' } });
});
