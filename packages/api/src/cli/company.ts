import { followDemoClock, SYSTEM_ACTOR } from '../company/index.ts';
import { entities } from '../entities.ts';
import { ShiftedClock, systemClock } from '../platform/clock.ts';
import { loadConfig, type Config } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { openDatabase } from '../platform/database/database.ts';
import { openEmbeddedPostgres } from '../platform/database/embedded/index.ts';
import { APPLICATION_ROLE, migrateDatabase } from '../platform/database/migrate.ts';
import { createLog } from '../platform/log.ts';
import { createVault } from '../platform/vault.ts';
import { SEGMENT_LEAVES } from '../segment-leaves.ts';
import { registerLeaves } from '../segments/index.ts';
import { sayToStderr } from './say.ts';

/** Where relative paths of a command are meant from: a package manager changes the working folder. */
export function workingFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

/** The configured company's data, with the rights of the system. */
export interface Company {
  readonly ctx: Context;
  close(): Promise<void>;
}

/** The server of DATABASE_URL or of DATA_DIR, whether `start` runs it now or nobody does; migrated. */
export async function openCompany(): Promise<Company> {
  const config = loadConfig(process.env, workingFolder());
  const server = await openServer(config);
  try {
    await migrateDatabase(server.url);
    const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
    const database = await openDatabase({ url: server.url, entities, log, role: APPLICATION_ROLE });
    registerLeaves(database, SEGMENT_LEAVES);
    const ctx: Context = {
      actor: SYSTEM_ACTOR,
      clock: new ShiftedClock(systemClock),
      database,
      em: database.em(),
      sql: database.sql,
      vault: createVault(config.appSecret),
      log,
      mode: config.mode,
      dataDir: config.dataDir,
    };
    const following = await followDemoClock(ctx);
    const close = async (): Promise<void> => {
      following.stop();
      await database.close();
      await server.stop();
    };
    return { ctx, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Only brings the database to this version. */
export async function migrateCompany(): Promise<void> {
  const server = await openServer(loadConfig(process.env, workingFolder()));
  try {
    await migrateDatabase(server.url);
  } finally {
    await server.stop();
  }
}

async function openServer({ databaseUrl, dataDir }: Config): Promise<{ url: string; stop(): Promise<void> }> {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: async () => undefined };
  return openEmbeddedPostgres({ dataDir, log: sayToStderr });
}
