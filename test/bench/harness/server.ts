import { rm } from 'node:fs/promises';
import { mkdtemp, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@clientele/api/src/platform/database/embedded/index.ts';
import { migrateDatabase } from '@clientele/api/src/platform/database/migrate.ts';
import { Client, escapeIdentifier } from 'pg';

export interface BenchServer {
  /** A new migrated database. @returns its URL */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The product's own PostgreSQL with the product's own settings, on disk: fsync and synchronous_commit are on, so what
 * is measured is what a shop gets.
 */
export async function startBenchServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clientele-bench-'));
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: { shared_preload_libraries: 'pg_stat_statements' },
    log: () => undefined,
  });
  return {
    database: async (name) => {
      await query(server.url, `create database ${escapeIdentifier(name)}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      await migrateDatabase(url.href);
      return url.href;
    },
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One statement over a connection of its own. */
export async function query<Row extends object>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
