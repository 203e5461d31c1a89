import { createServer } from 'node:http';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { registerTaskKinds, readTask } from '../../platform/tasks/index.ts';
import { asActor, asSystem, aStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { readSources } from '../monitor/read-sources.ts';
import { lookWhereDue } from './look.ts';
import { pullTask } from './pull.ts';
import { saveSchedule, type SaveSchedule } from './save-schedule.ts';
import { deleteSchedule, readSchedule, runSchedule, takenFiles } from './schedules.ts';

const server = useTestApp();
let importDir: string;
let outside: string;
let presetId: string;

beforeAll(async () => {
  importDir = await temporaryFolder('clientele-imports-');
  outside = await temporaryFolder('clientele-outside-');
  registerTaskKinds(server.app.database, [pullTask({ importDir, allowedNetworks: ['127.0.0.1'] })]);
  await aStore(server.app.context());
  presetId = newId();
  const mapping = {
    name: 'Товары',
    kind: 'PRODUCTS',
    columns: [
      { column: 'sku', field: 'sku' },
      { column: 'name', field: 'name' },
    ],
  };
  const now = server.app.clock.now();
  await system()
    .sql.insertInto('import_preset')
    .values({
      id: presetId,
      kind: 'PRODUCTS',
      name: 'Товары',
      mapping,
      updated_at: now,
      updated_by: 'system',
    })
    .execute();
});

afterAll(async () => {
  await rm(importDir, { recursive: true });
  await rm(outside, { recursive: true });
});

function system(): Context {
  return asSystem(server.app.context());
}

async function aSchedule(facts: Partial<SaveSchedule> = {}) {
  return saveSchedule(system(), {
    id: null,
    version: null,
    name: 'Товары 1С',
    source: newId(),
    kind: 'PRODUCTS',
    place: 'FOLDER',
    location: '.',
    pattern: '*.csv',
    presetId,
    everyMinutes: 10,
    cron: null,
    windowFrom: null,
    windowTo: null,
    timeZone: 'Europe/Moscow',
    enabled: true,
    ...facts,
  });
}

async function aFolder(files: Record<string, string>): Promise<string> {
  const name = newId();
  await mkdir(join(importDir, name));
  for (const [file, text] of Object.entries(files)) await writeFile(join(importDir, name, file), text);
  return name;
}

const products = (...names: string[]) => `sku,name\n${names.map((name) => `${newId()},${name}\n`).join('')}`;

/** One look, done. */
async function look(id: string) {
  const task = await runSchedule(system(), id);
  await runTasks(server.app.context());
  const { state, result } = (await readTask(system(), task)) ?? {};
  return { state, result };
}

test('new and changed files of a folder are brought in, once', async () => {
  const location = await aFolder({
    'b.csv': products('Пальто'),
    'a.csv': products('Шапка', 'Шарф'),
    'notes.txt': 'x',
  });
  const { id, source } = await aSchedule({ location });
  const none = { files: 0, unread: 0, accepted: 0, unchanged: 0, refused: 0 };
  expect(await look(id)).toEqual({ state: 'DONE', result: { ...none, files: 2, accepted: 3 } });
  expect(await look(id)).toEqual({ state: 'DONE', result: none });
  await writeFile(join(importDir, location, 'c.csv'), products('Кепка'));
  await writeFile(join(importDir, location, 'b.csv'), `${products('Плащ')}${newId()},Куртка\n`);
  expect(await look(id)).toEqual({ state: 'DONE', result: { ...none, files: 2, accepted: 3 } });
  const taken = await takenFiles(system(), id);
  expect(taken.map(({ name, accepted }) => [name, accepted]).toSorted()).toEqual([
    ['a.csv', 2],
    ['b.csv', 2],
    ['c.csv', 1],
  ]);
  const [seen] = await readSources(system(), { source });
  expect(seen?.total).toEqual({ accepted: 6, unchanged: 0, refused: 0 });
});

test('a file that cannot be read hurts no other one, and is read again when it changed', async () => {
  const location = await aFolder({ 'a.csv': 'no such column\n1\n', 'b.csv': products('Пальто') });
  const { id } = await aSchedule({ location });
  expect(await look(id)).toMatchObject({ result: { files: 1, unread: 1, accepted: 1 } });
  expect(
    (await takenFiles(system(), id)).map(({ name, failure_code }) => [name, failure_code]).toSorted(),
  ).toEqual([
    ['a.csv', 'UnusableMapping'],
    ['b.csv', null],
  ]);
  expect(await look(id)).toMatchObject({ result: { files: 0, unread: 0 } });
  await writeFile(join(importDir, location, 'a.csv'), products('Шляпа', 'Шарф'));
  expect(await look(id)).toMatchObject({ result: { files: 1, unread: 0, accepted: 2 } });
});

test('a folder outside, by whatever way, is not looked into', async () => {
  await writeFile(join(outside, 'a.csv'), products('Чужое'));
  for (const location of ['..', '../outside', '/etc', 'a/../../b', outside])
    await expect(aSchedule({ location })).rejects.toBeInstanceOf(InvalidInput);
  const link = newId();
  await symlink(outside, join(importDir, link));
  const linked = await aSchedule({ location: link });
  expect(await look(linked.id)).toMatchObject({ result: { files: 0, failure: 'OUTSIDE' } });
  const location = await aFolder({});
  await symlink(join(outside, 'a.csv'), join(importDir, location, 'a.csv'));
  const { id } = await aSchedule({ location });
  expect(await look(id)).toMatchObject({ result: { files: 0, unread: 0 } });
});

test('failures are seen, and each makes the next pause longer', async () => {
  const { id, source } = await aSchedule({ location: 'no-such-folder' });
  const marketer = await staffActor(system(), ['MARKETER']);
  const now = server.app.clock.now().getTime();
  await look(id);
  const minutes = async () => {
    const row = await readSchedule(system(), id);
    return [row?.failures, row?.failure_code, ((row?.next_at?.getTime() ?? 0) - now) / 60_000];
  };
  expect(await minutes()).toEqual([1, 'NO_FOLDER', 20]);
  await look(id);
  expect(await minutes()).toEqual([2, 'NO_FOLDER', 40]);
  const told = await system()
    .sql.selectFrom('notification')
    .select(['kind', 'link'])
    .where('staff_id', '=', marketer.id)
    .where('key', '=', `pull:${id}`)
    .execute();
  expect(told).toEqual([{ kind: 'pull.failed', link: '/data/schedules' }]);
  const [seen] = await readSources(system(), { source });
  expect(seen).toMatchObject({
    freshness: 'FAILING',
    lastFailure: 'NO_FOLDER',
    total: { accepted: 0, refused: 0 },
  });
  await mkdir(join(importDir, 'no-such-folder'));
  await look(id);
  expect(await minutes()).toEqual([0, null, 10]);
});

test('a file at an address is fetched when it has changed', async () => {
  let text = products('Пальто', 'Плащ');
  let tag: string | null = '"one"';
  const asked: (string | undefined)[] = [];
  const web = createServer((request, response) => {
    asked.push(request.headers['if-none-match']);
    if (tag !== null && request.headers['if-none-match'] === tag) return response.writeHead(304).end();
    return response.writeHead(200, tag === null ? {} : { etag: tag }).end(text);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const location = `http://127.0.0.1:${(web.address() as AddressInfo).port}/products.csv`;
  const { id } = await aSchedule({ place: 'URL', location });
  expect(await look(id)).toMatchObject({ result: { files: 1, accepted: 2 } });
  expect(await look(id)).toMatchObject({ result: { files: 0 } });
  text = products('Шапка');
  tag = null;
  expect(await look(id)).toMatchObject({ result: { files: 1, accepted: 1 } });
  // Without a tag its content tells.
  expect(await look(id)).toMatchObject({ result: { files: 0 } });
  expect(asked).toEqual([undefined, '"one"', '"one"', undefined]);
  const left = await system().sql.selectFrom('stored_file').select('id').execute();
  expect(left).toEqual([]);
  await new Promise((resolve) => web.close(resolve));
  expect(await look(id)).toMatchObject({ result: { files: 0, failure: 'UNREACHABLE' } });
});

test('an address inside a network nobody allowed is not asked (38)', async () => {
  const places = ['https://10.0.0.1/a.csv', 'https://169.254.169.254/', 'https://0x0a000001/'];
  for (const location of places) {
    const { id } = await aSchedule({ place: 'URL', location });
    expect([location, (await look(id)).result]).toEqual([
      location,
      expect.objectContaining({ files: 0, failure: 'NOT_ALLOWED' }),
    ]);
  }
  for (const location of ['ftp://a.example/', 'https://a:b@c.example/', 'file:///etc/passwd', 'no'])
    await expect(aSchedule({ place: 'URL', location })).rejects.toBeInstanceOf(InvalidInput);
});

test('what is due is looked for, one look at a time, what is switched off is not', async () => {
  await system().sql.updateTable('exchange_schedule').set({ enabled: false }).execute();
  const location = await aFolder({ 'a.csv': products('Пальто') });
  const on = await aSchedule({ location });
  const off = await aSchedule({ location, enabled: false });
  await lookWhereDue(system());
  expect((await readSchedule(system(), on.id))?.last_task_id).toBeNull();
  server.app.clock.advance(10 * 60_000);
  await lookWhereDue(system());
  const first = (await readSchedule(system(), on.id))?.last_task_id;
  server.app.clock.advance(10 * 60_000);
  await lookWhereDue(system());
  expect((await readSchedule(system(), on.id))?.last_task_id).toBe(first);
  await runTasks(server.app.context());
  expect((await readSchedule(system(), on.id))?.last_success_at).toEqual(server.app.clock.now());
  expect((await readSchedule(system(), off.id))?.last_look_at).toBeNull();
});

test('what cannot be meant is told by field, somebody else’s change is not overwritten', async () => {
  const problems = async (facts: Partial<SaveSchedule>) => {
    const error = await aSchedule(facts).catch((caught: unknown) => caught);
    return error instanceof InvalidInput
      ? error.problems.map(({ path, code }) => [path.join('.'), code])
      : error;
  };
  expect(await problems({ everyMinutes: null })).toEqual([['everyMinutes', 'REQUIRED']]);
  expect(await problems({ cron: '0 3 * * *' })).toEqual([['everyMinutes', 'REQUIRED']]);
  expect(await problems({ everyMinutes: null, cron: 'daily' })).toEqual([['cron', 'FORMAT']]);
  expect(await problems({ windowFrom: '25:00', windowTo: '06:00' })).toEqual([['windowFrom', 'FORMAT']]);
  expect(await problems({ windowFrom: '05:00' })).toEqual([['windowTo', 'REQUIRED']]);
  expect(await problems({ timeZone: 'Moscow' })).toEqual([['timeZone', 'UNKNOWN']]);
  expect(await problems({ presetId: newId() })).toEqual([['presetId', 'UNKNOWN']]);
  expect(await problems({ kind: 'EVENTS' })).toEqual([['presetId', 'MISMATCH']]);

  const { id, version } = await aSchedule();
  expect(await aSchedule({ id, version, everyMinutes: 5 })).toMatchObject({
    id,
    version: 2,
    every_minutes: 5,
  });
  await expect(aSchedule({ id, version })).rejects.toBeInstanceOf(VersionConflict);
  await expect(deleteSchedule(system(), { id, version: 1 })).rejects.toBeInstanceOf(VersionConflict);
  await deleteSchedule(system(), { id, version: 2 });
  expect(await readSchedule(system(), id)).toBeNull();
});

test('who may not import changes no schedule and starts none', async () => {
  const { id } = await aSchedule();
  const analyst = asActor(server.app.context(), await staffActor(server.app.context(), ['ANALYST']));
  await expect(runSchedule(analyst, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(deleteSchedule(analyst, { id, version: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await readSchedule(analyst, id)).toMatchObject({ id });
});
