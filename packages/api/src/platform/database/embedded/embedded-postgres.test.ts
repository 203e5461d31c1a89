import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import {
  DataDirBusy,
  DataDirUnusable,
  FOR_TESTS,
  openEmbeddedPostgres,
  PostgresFailed,
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
} from './index.ts';
import type { EmbeddedPostgres } from './index.ts';

/** A folder as a first start leaves it; making one takes a second, copying it a tenth. */
let fresh: string;
let dataDir: string;
let said: string[];
let holders: ChildProcess[];
let servers: Pick<EmbeddedPostgres, 'stop'>[];

beforeAll(async () => {
  fresh = await temporaryFolder('clientele-embedded-');
  await (await startEmbeddedPostgres({ dataDir: fresh, settings: FOR_TESTS, log: () => undefined })).stop();
});

afterAll(() => rm(fresh, { recursive: true, force: true }));

beforeEach(async () => {
  dataDir = await temporaryFolder('clientele-embedded-');
  execFileSync('cp', ['-a', `${fresh}/.`, dataDir]);
  [said, holders, servers] = [[], [], []];
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  for (const holder of holders) holder.kill('SIGKILL');
  await vi.waitFor(async () => expect(await serverProcess()).toBeUndefined(), { timeout: 10_000 });
  await rm(dataDir, { recursive: true, force: true });
});

/** Back to before the first start. */
async function empty(): Promise<void> {
  for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true });
}

async function start(settings: Record<string, string> = FOR_TESTS): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings, log: (line) => said.push(line) });
  servers.push(server);
  return server;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // A server killed under an open connection is part of these tests.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The process the folder's server runs as, by the file it keeps; undefined when it is gone. */
async function serverProcess(): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && (await isPostgres(pid)) ? pid : undefined;
}

/** A process that ended and waits to be noticed by its parent has no command line. */
async function isPostgres(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('postgres');
}

interface Held {
  holder: ChildProcess;
  url: string;
  pid: number;
  refused: string;
}

async function hold(environment: Record<string, string | undefined> = process.env): Promise<Held> {
  const fixture = join(import.meta.dirname, 'holder.fixture.ts');
  const holder = spawn(process.execPath, [fixture, dataDir], {
    env: environment,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  holders.push(holder);
  const [line] = await once(createInterface(holder.stdout), 'line');
  return { holder, url: '', pid: 0, refused: '', ...JSON.parse(String(line)) };
}

async function killOutright(process: ChildProcess): Promise<void> {
  const gone = once(process, 'exit');
  process.kill('SIGKILL');
  await gone;
}

describe('a data folder', () => {
  test('keeps its data, its password and its port from start to start', async () => {
    await empty();
    const first = await start();
    await query(first.url, 'create table kept (id int); insert into kept values (7)');
    await first.stop();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select id from kept')).toEqual([{ id: 7 }]);
    expect(said).toEqual([]);
  });

  test('lets nobody in without the password, which only its owner reads', async () => {
    const { url, port } = await start();
    await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    const [hba] = await query(
      url,
      `select array_agg(distinct auth_method) as methods from pg_hba_file_rules`,
    );
    expect(hba).toEqual({ methods: ['scram-sha-256'] });
    expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(url, 'show port')).toEqual([{ port: String(port) }]);
  });

  test('moves to another port when its own was taken meanwhile', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    squatter.close();
  });

  test('below a folder closed to other users works for root too', async () => {
    const closed = dataDir;
    await chmod(closed, 0o700);
    dataDir = join(closed, 'data');
    const { url } = await start();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await servers.pop()?.stop();
    dataDir = closed;
  });

  test('serves one process at a time', async () => {
    await start();
    const { refused } = await hold();
    expect(refused).toBe(
      `Process ${process.pid} is already using the data folder ${dataDir}: stop it first, or give this one another folder with DATA_DIR.`,
    );
    await expect(start()).rejects.toThrow(DataDirBusy);
  });

  test('in use is shared with the command line, not started twice', async () => {
    expect(await runningEmbeddedPostgres(dataDir)).toBeUndefined();
    const { url } = await start();
    const opened = await openEmbeddedPostgres({ dataDir, log: (line) => said.push(line) });
    expect([opened.url, opened.reused]).toEqual([url, true]);
    await opened.stop();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('that holds something else is left as it is', async () => {
    await empty();
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres/holiday.txt'), 'photos');
    await expect(start()).rejects.toThrow(
      `${join(dataDir, 'postgres')} holds something that is not a database`,
    );
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n');
    await expect(start()).rejects.toThrow(`postgres.json with its database's password is missing`);
    await writeFile(join(dataDir, 'postgres.json'), '{"port":1,"password":"x"}');
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow('its database is of PostgreSQL 15, this is 18');
    expect(await readFile(join(dataDir, 'postgres/holiday.txt'), 'utf8')).toBe('photos');
    await unlink(join(dataDir, 'postgres.json'));
  });

  test('that cannot be made is named', async () => {
    await writeFile(join(dataDir, 'file'), '');
    const folder = join(dataDir, 'file', 'data');
    const failed = startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
    await expect(failed).rejects.toThrow(DataDirUnusable);
    await expect(failed).rejects.toThrow(`The data folder ${folder} cannot be used (ENOTDIR`);
  });
});

test('durability cannot be switched off by a stored setting', async () => {
  const first = await start({});
  await query(first.url, 'alter system set fsync = off');
  await query(first.url, 'alter system set synchronous_commit = off');
  await first.stop();
  const { url } = await start({});
  const shown = await query(
    url,
    `select name, setting from pg_settings
    where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'jit') order by name`,
  );
  expect(shown).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'jit', setting: 'off' },
    { name: 'synchronous_commit', setting: 'on' },
  ]);
});

test('a server that refuses its settings is quoted', async () => {
  const failed = start({ shared_buffers: 'plenty' });
  await expect(failed).rejects.toThrow(PostgresFailed);
  await expect(failed).rejects.toThrow('invalid value for parameter "shared_buffers": "plenty"');
  const { url } = await start();
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

describe('after a crash', () => {
  const COMMITTED = 'create table kept (id int); insert into kept values (7)';

  test('of the process alone, its server follows it', async () => {
    const { holder, url, pid } = await hold();
    await query(url, COMMITTED);
    await killOutright(holder);
    await vi.waitFor(async () => expect(await isPostgres(pid)).toBe(false), { timeout: 10_000 });
    expect(await query((await start()).url, 'select id from kept')).toEqual([{ id: 7 }]);
  });

  test('of the process alone, a server left over is stopped by the next start', async () => {
    // Without setpriv on the path the server is not told of its parent's death.
    const { holder, url, pid } = await hold({ PATH: join(dataDir, 'nothing') });
    await query(url, COMMITTED);
    await killOutright(holder);
    expect(await serverProcess()).toBe(pid);
    const next = await start();
    expect(said).toEqual([`PostgreSQL left over from an earlier start (process ${pid}) was stopped.`]);
    expect(next.pid).not.toBe(pid);
    expect(await query(next.url, 'select id from kept')).toEqual([{ id: 7 }]);
  });

  test('of everything at once, what was committed is there', async () => {
    const { holder, url, pid } = await hold();
    await query(url, COMMITTED);
    process.kill(pid, 'SIGKILL');
    await killOutright(holder);
    expect(await query((await start()).url, 'select id from kept')).toEqual([{ id: 7 }]);
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('automatic recovery in progress');
  });

  test('of the server alone, it is started again in its place', async () => {
    const server = await start({ autovacuum: 'off' });
    await query(server.url, COMMITTED);
    const { pid } = server;
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(server.pid).not.toBe(pid), { timeout: 15_000 });
    expect(await query(server.url, 'select id from kept')).toEqual([{ id: 7 }]);
    expect(said).toEqual([`PostgreSQL (process ${pid}) ended by itself and is started again.`]);
  });

  test('a number that now belongs to a stranger does not stand in the way', async () => {
    await (await start()).stop();
    const stranger = process.pid;
    const leftOver = [stranger, join(dataDir, 'postgres'), 1, 5432, '', '127.0.0.1', '1 1', 'ready'].join(
      '\n',
    );
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), `${leftOver}\n`);
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('the server ends with a process that exits without stopping it', async () => {
  const { holder, pid } = await hold({ PATH: join(dataDir, 'nothing') });
  const gone = once(holder, 'exit');
  holder.stdin?.write('exit\n');
  await gone;
  await vi.waitFor(async () => expect(await isPostgres(pid)).toBe(false), { timeout: 10_000 });
  expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
});
