import { MikroORM, type EntityManager, type EntitySchema } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { createLive, type Live } from '../live/live.ts';
import type { Log } from '../log.ts';
import { PlanKeepingClient } from './kept-plans.ts';
import type { Tables } from './tables.ts';

export type Sql = Kysely<Tables>;

/** One pool for both ways to the database: entities (MikroORM) and set-based SQL (Kysely). */
export interface Database {
  readonly orm: MikroORM;
  readonly pool: pg.Pool;
  readonly sql: Sql;
  /** On connections apart from those of requests: plans that are kept are made there once, and not on every connection. */
  readonly background: Sql;
  /** Changes told by any process of the company. */
  readonly live: Live;
  /** A fresh identity map; one per request or job. */
  em(): EntityManager;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  entities: readonly EntitySchema[];
  log: Log;
  /** Connections kept at most; the default suits one process on two cores. */
  poolSize?: number;
  /** Role to act as; the owner of the tables where absent. */
  role?: string;
}

const INT8 = 20;
const DATE = 1082;

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = createPool(options);
  const sql = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const backgroundPool = createPool({ ...options, poolSize: BACKGROUND_CONNECTIONS });
  const orm = await MikroORM.init({
    ...ormSettings(options.entities),
    clientUrl: options.url,
    driverOptions: sql,
  });
  const live = createLive(options);
  return {
    orm,
    pool,
    sql,
    background: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: backgroundPool }) }),
    live,
    em: () => orm.em.fork(),
    close: async () => {
      await live.close();
      await backgroundPool.end();
      await orm.close(true);
      if (!pool.ended) await pool.end();
    },
  };
}

/** What the application and the migration command share. */
export function ormSettings(entities: readonly EntitySchema[]) {
  return {
    entities: [...entities],
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    allowGlobalContext: false,
    ignoreUndefinedInQuery: true,
    // What the entities do not describe: graphile-worker's schema and our own bookkeeping.
    schemaGenerator: { ignoreSchema: ['jobs'], skipTables: ['installed_functions'] },
    logger: () => undefined,
    migrations: {
      path: `${import.meta.dirname}/migrations`,
      snapshot: false,
      emit: 'ts' as const,
      allOrNothing: true,
    },
  };
}

/** Where a request waits for a connection or a lock longer than this, it is told so instead (quality: F10, F11). */
const LOCK_TIMEOUT_MS = 1_500;
const STATEMENT_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** One for what goes on all day, and one for whoever does the same by hand. */
const BACKGROUND_CONNECTIONS = 2;

function createPool({ url, log, poolSize = 16, role }: DatabaseOptions): pg.Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, parseSafeInteger);
  types.setTypeParser(DATE, (text: string) => text);
  const pool = new pg.Pool({
    Client: PlanKeepingClient,
    connectionString: url,
    max: poolSize,
    types,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 5_000,
    lock_timeout: LOCK_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'clientele',
    options: `-c timezone=UTC -c jit=off${role ? ` -c role=${role}` : ''}`,
  });
  // Without a listener a connection dropped by the server ends the process.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'database connection lost'));
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ reason: error.message }, 'database connection lost')),
  );
  return pool;
}

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`A stored integer is out of range: ${text}`);
  return value;
}
