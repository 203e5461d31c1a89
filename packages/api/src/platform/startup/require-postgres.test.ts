import { Client, escapeIdentifier } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { rm } from 'node:fs/promises';
import { startEmbeddedPostgres } from '../database/embedded/index.ts';
import type { EmbeddedPostgres } from '../database/embedded/index.ts';
import { requirePostgres } from './require-postgres.ts';

let dataDir: string;
let durable: EmbeddedPostgres;

beforeAll(async () => {
  dataDir = await temporaryFolder('clientele-durable-');
  durable = await startEmbeddedPostgres({ dataDir, log: () => undefined });
});

afterAll(async () => {
  await durable.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** A database of the durable server with a setting of its own. */
async function databaseWith(name: string, setting: string): Promise<string> {
  const client = new Client({ connectionString: durable.url });
  await client.connect();
  await client.query(`create database ${escapeIdentifier(name)}`);
  await client.query(`alter database ${escapeIdentifier(name)} set ${setting}`);
  await client.end();
  const url = new URL(durable.url);
  url.pathname = `/${name}`;
  return url.href;
}

test('a server that keeps what it confirms is accepted, with its version', async () => {
  await expect(requirePostgres(durable.url)).resolves.toBe('18.4');
});

test('a server without fsync is refused', async () => {
  await expect(requirePostgres(inject('testServerUrl'))).rejects.toThrow(
    'The server of DATABASE_URL has fsync = off and would lose confirmed sales: switch it on.',
  );
});

test('a database without synchronous_commit is refused, a weaker one is not', async () => {
  const off = await databaseWith('hasty', 'synchronous_commit = off');
  await expect(requirePostgres(off)).rejects.toThrow(
    'has synchronous_commit = off and would lose confirmed sales',
  );
  await expect(requirePostgres(await databaseWith('local', 'synchronous_commit = local'))).resolves.toBe(
    '18.4',
  );
});

test('an address that leads nowhere is told without the password', async () => {
  const failed = requirePostgres('postgresql://shop:secret@127.0.0.1:1/shop');
  await expect(failed).rejects.toThrow(
    'DATABASE_URL does not lead to a PostgreSQL (connect ECONNREFUSED 127.0.0.1:1): correct it, or leave it out.',
  );
  await expect(requirePostgres(durable.url.replace(/[^/]*$/, 'absent'))).rejects.toThrow(
    'database "absent" does not exist',
  );
});
