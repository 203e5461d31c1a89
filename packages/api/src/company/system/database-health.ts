import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';

export interface DatabaseHealth {
  /** Of the server: `18.4`. */
  version: string;
  bytes: number;
  connections: number;
  connectionsAtMost: number;
  largestTables: { name: string; bytes: number; rows: number }[];
  migrations: { name: string; executedAt: Date }[];
}

const LARGEST = 8;

/** Row counts are the planner's estimates: counting would read everything. */
export async function databaseHealth({ sql: db }: Pick<Context, 'sql'>): Promise<DatabaseHealth> {
  const { rows } = await sql<Omit<DatabaseHealth, 'largestTables' | 'migrations'>>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where datname = current_database()) as connections,
      current_setting('max_connections')::int as "connectionsAtMost"`.execute(db);
  const tables = await sql<DatabaseHealth['largestTables'][number]>`
    select c.relname as name, pg_total_relation_size(c.oid) as bytes, pg_stat_get_live_tuples(c.oid) as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' order by 2 desc, 1 limit ${LARGEST}`.execute(db);
  const migrations = await sql<DatabaseHealth['migrations'][number]>`
    select name, executed_at as "executedAt" from mikro_orm_migrations order by id`.execute(db);
  const [database] = rows;
  if (database === undefined) throw new Error('the database says nothing of itself');
  return { ...database, largestTables: tables.rows, migrations: migrations.rows };
}

export interface OutboxHealth {
  /** Events nobody was told of yet. */
  waiting: number;
  /** Of these: those a handler failed at. */
  failing: number;
  oldestAt: Date | null;
  /** Why the oldest of the failing ones failed, in its handler's words. */
  failure: string | null;
}

export async function outboxHealth({ sql: db }: Pick<Context, 'sql'>): Promise<OutboxHealth> {
  const { rows } = await sql<OutboxHealth>`
    select count(*) as waiting, count(*) filter (where attempts > 0) as failing, min(occurred_at) as "oldestAt",
      (array_agg(failure order by position) filter (where failure is not null))[1] as failure
    from outbox_event where published_at is null`.execute(db);
  return rows[0] ?? { waiting: 0, failing: 0, oldestAt: null, failure: null };
}
