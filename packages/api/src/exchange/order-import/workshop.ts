import { DatabaseError, type PoolClient } from 'pg';
import type { Context } from '../../platform/context.ts';

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Where one import works: a schema of its own with tables that keep no journal, so that several connections can store
 * what one of them has read. It is gone when the import ends; one left by a kill goes when the next import begins.
 */
export interface Workshop {
  /** Holds the lock of the source, and reads and judges. */
  readonly client: PoolClient;
  /** Everybody who stores; the first is `client`. */
  readonly lanes: readonly PoolClient[];
  readonly schema: string;
}

const SETTINGS = `
  set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0;
  set random_page_cost = 1.1;
  set work_mem = '64MB';
  set default_statistics_target = 10;
  set parallel_setup_cost = 10;
  set parallel_tuple_cost = 0.001;
  set lock_timeout = '10s'`;

/** Two imports of one source never run at once; one that was just killed needs a moment to end. */
const PATIENCE = `set lock_timeout = '2s'`;

/** @returns null when another import of the source is running */
export async function openWorkshop(ctx: Context, source: string, lanes: number): Promise<Workshop | null> {
  const clients: PoolClient[] = [];
  try {
    const client = await ctx.database.pool.connect();
    clients.push(client);
    await client.query(PATIENCE);
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [lockName(source)]);
    await dropForgotten(client);
    const schema = await makeSchema(client, lockName(source));
    while (clients.length < lanes) clients.push(await ctx.database.pool.connect());
    for (const each of clients) await each.query(`${SETTINGS}; set search_path = ${schema}, public`);
    return { client, lanes: clients, schema };
  } catch (error) {
    release(clients);
    if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) return null;
    throw error;
  }
}

function lockName(source: string): string {
  return `import:${source}`;
}

async function makeSchema(client: PoolClient, lock: string): Promise<string> {
  // The name holds the key of the lock that its import keeps.
  const { rows } = await client.query<{ name: string }>(
    `select 'import_' || lpad(to_hex(hashtextextended($1, 0)), 16, '0') as name`,
    [lock],
  );
  const name = rows[0]?.name ?? '';
  await client.query('select public.import_make_schema($1, current_user)', [name]);
  return name;
}

/** Of imports that were killed: nobody holds their lock. */
async function dropForgotten(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string; key: string }>(
    `select nspname as name, ('x' || right(nspname, 16))::bit(64)::bigint::text as key
     from pg_namespace where nspname ~ '^import_[0-9a-f]{16}$'`,
  );
  for (const { name, key } of rows) {
    const { rows: tried } = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock($1::bigint) as free',
      [key],
    );
    if (tried[0]?.free !== true) continue;
    await client.query(`drop schema if exists ${name} cascade`);
    await client.query('select pg_advisory_unlock($1::bigint)', [key]);
  }
}

/** After an import that came to its end. Settings end with the connections. */
export async function closeWorkshop(workshop: Workshop): Promise<void> {
  await workshop.client.query(`drop schema if exists ${workshop.schema} cascade`);
  await workshop.client.query('select pg_advisory_unlock_all()');
  release(workshop.lanes);
}

/** After one that failed: whatever its connections are in the middle of ends with them. */
export async function abandonWorkshop(ctx: Context, workshop: Workshop): Promise<void> {
  release(workshop.lanes);
  const client = await ctx.database.pool.connect();
  try {
    await dropForgotten(client);
  } finally {
    // Should it fail half-way, the lock it took ends with it.
    client.release(true);
  }
}

function release(clients: readonly PoolClient[]): void {
  for (const client of clients) client.release(true);
}
