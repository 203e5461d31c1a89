import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { temporaryFolder } from './testing/temporary-folder.ts';

let dataDir: string;
let children: ChildProcess[];

beforeEach(async () => {
  dataDir = await temporaryFolder('clientele-start-');
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await vi.waitFor(async () => expect(await databaseRuns()).toBe(false), { timeout: 10_000 });
  await rm(dataDir, { recursive: true, force: true });
});

interface Run {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
}

/** A worker alone: the browser apps are not what is tested here, and building them takes seconds. */
function start(environment: Record<string, string> = {}): Run {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: '0',
    ROLES: 'worker',
    LOG_LEVEL: 'silent',
    ...environment,
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => parts.push(text));
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return { child, said: () => parts.join(''), ended };
}

async function ready({ said }: Run): Promise<string> {
  return vi.waitFor(
    () => {
      const url = /Ready in .*: (http:\S+)/.exec(said())?.[1];
      if (url === undefined) throw new Error(said());
      return url;
    },
    { timeout: 50_000 },
  );
}

async function databaseRuns(): Promise<boolean> {
  const pid = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
  const words = await readFile(`/proc/${Number.parseInt(pid, 10)}/cmdline`, 'utf8').catch(() => '');
  return words.includes('postgres');
}

test('starts from an empty folder, serves, and stops with its database', async () => {
  const run = start();
  const url = await ready(run);
  const answer = await fetch(`${url}/ready`);
  expect([answer.status, await answer.json()]).toMatchObject([200, { ready: true }]);
  expect(run.said()).toMatch(
    /^Clientele starts \(demo\)\.\n {2}PostgreSQL +[\d.]+ m?s {3}in .*\n {2}migrations/,
  );
  const asked = performance.now();
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(await databaseRuns()).toBe(false);
});

test('a second one on the same folder is refused in one sentence, the first goes on', async () => {
  const first = start();
  const url = await ready(first);
  const second = start();
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain(
    `Process ${first.child.pid} is already using the data folder ${dataDir}: stop it first, or give this one another folder with DATA_DIR.`,
  );
  expect((await fetch(`${url}/ready`)).status).toBe(200);
});

test('a killed one leaves nothing in the way of the next', async () => {
  const first = start();
  await ready(first);
  first.child.kill('SIGKILL');
  await first.ended;
  const url = await ready(start());
  expect((await fetch(`${url}/ready`)).status).toBe(200);
});

test('a database that may lose sales is refused before anything is touched', async () => {
  const run = start({ DATABASE_URL: inject('testServerUrl') });
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain(
    'The server of DATABASE_URL has fsync = off and would lose confirmed sales: switch it on.',
  );
  expect(run.said()).not.toContain('migrations');
});

test('a setting that cannot be used is named', async () => {
  const run = start({ ROLES: 'cashier' });
  expect(await run.ended).toBe(1);
  expect(run.said().trim()).toBe('ROLES: unknown role "cashier"; use api, worker or both.');
});
