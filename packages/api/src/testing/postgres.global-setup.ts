import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import {
  FOR_TESTS,
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../platform/database/embedded/index.ts';
import type { EmbeddedPostgres } from '../platform/database/embedded/index.ts';
import { temporaryFolder, temporaryRoot } from './temporary-folder.ts';
import { TEMPLATE } from './test-database.ts';

const FOLDER = 'clientele-test-';

interface TestServer {
  readonly url: string;
  users: number;
  stop(): Promise<void>;
}

/** Two projects need the server and each loads this module anew: the process itself remembers the one there is. */
const shared: typeof globalThis & { clienteleTestServer?: Promise<TestServer> } = globalThis;

/** One throw-away server for the whole run, with a template database migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await (shared.clienteleTestServer ??= startTestServer());
  server.users += 1;
  project.provide('testServerUrl', server.url);
  return async () => {
    server.users -= 1;
    if (server.users > 0) return;
    delete shared.clienteleTestServer;
    await server.stop();
  };
}

async function startTestServer(): Promise<TestServer> {
  await removeLeftOvers();
  const dataDir = await temporaryFolder(FOLDER);
  const removeFolder = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  const postgres = await startEmbeddedPostgres({ dataDir, settings: FOR_TESTS, log: () => undefined }).catch(
    async (error: unknown) => {
      await removeFolder();
      throw error;
    },
  );
  const stop = async (): Promise<void> => {
    await postgres.stop();
    await removeFolder();
  };
  try {
    await makeTemplate(postgres);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: postgres.url, users: 0, stop };
}

async function makeTemplate(postgres: EmbeddedPostgres): Promise<void> {
  await run(postgres.url, `create database ${TEMPLATE}`);
  const url = new URL(postgres.url);
  url.pathname = `/${TEMPLATE}`;
  const { migrateDatabase } = await import('../platform/database/migrate.ts');
  await migrateDatabase(url.href);
  await run(url.href, 'vacuum (freeze, analyze)');
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A killed run leaves its folder; its server went with it. A folder in use is somebody else's run. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(temporaryRoot())) {
    const folder = join(temporaryRoot(), name);
    if (!name.startsWith(FOLDER) || !existsSync(join(folder, 'postgres.log'))) continue;
    if ((await runningEmbeddedPostgres(folder)) === undefined)
      await rm(folder, { recursive: true, force: true });
  }
}
