import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Context } from '../../../platform/context.ts';

/**
 * Rows wait here until there are this many characters of them. Each COPY makes the table longer by more pages than it
 * fills: small pieces would leave every fourth page empty for good.
 */
const PIECE = 8_000_000;

const SETTINGS = `
  set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0;
  set lock_timeout = '10s';
  set maintenance_work_mem = '512MB';
  set work_mem = '256MB';
  set max_parallel_maintenance_workers = 2`;

/** Many rows into tables that nobody uses yet: all of them or none. */
export interface BulkLoad {
  readonly client: PoolClient;
  /** @param columns of the rows that are added, in this order @param options of a table not named before */
  table(name: string, columns: string, options?: { readonly empty: boolean }): BulkTable;
  /** Sends what is much already; asked every now and then, so that memory does not grow with the company. */
  breathe(): Promise<void>;
  /** Nothing is on its way: the connection can be asked. */
  settle(): Promise<void>;
  /** Everything that was added is with the server; the tables are named anew after it. */
  flush(): Promise<void>;
}

export interface BulkTable {
  /** One row as COPY reads it, with the end of its line. */
  add(row: string): void;
}

/**
 * Takes indexes, keys and triggers of the tables away, does the work and puts them back, in one transaction: an index
 * made at once takes a tenth of the time of one kept row by row, and whoever interrupts it finds everything as it was.
 * Needs the owner of the tables, and nobody else at work in them.
 * @param onIndex told before each index is made again: how many of how many
 */
export async function loadInBulk(
  ctx: Context,
  tables: readonly string[],
  work: (load: BulkLoad) => Promise<void>,
  onIndex: (done: number, of: number) => void,
): Promise<void> {
  const client = await ctx.database.pool.connect();
  try {
    // As the owner: the application may neither make nor drop.
    await client.query('set role none');
    await client.query(SETTINGS);
    await client.query('begin');
    const later: string[] = [];
    const frozen = new Set<string>();
    for (const table of tables) {
      if (await isEmpty(client, table)) frozen.add(table);
      later.push(...(await takeAway(client, table, frozen.has(table))));
    }
    await work(openLoad(client, frozen));
    for (const [index, statement] of later.entries()) {
      onIndex(index, later.length);
      await client.query(statement);
    }
    for (const table of tables) await client.query(`alter table public.${table} enable trigger user`);
    await client.query('commit');
  } finally {
    // Whatever was not committed, and the role of the owner, end with the connection.
    client.release(true);
  }
}

async function isEmpty(client: PoolClient, table: string): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>(
    `select not exists (select from public.${table}) and relkind = 'r' as empty
     from pg_class where oid = 'public.${table}'::regclass`,
  );
  return rows[0]?.empty === true;
}

/** @returns what makes it again */
async function takeAway(client: PoolClient, table: string, empty: boolean): Promise<string[]> {
  await client.query(`alter table public.${table} disable trigger user`);
  const { rows } = await client.query<{ name: string; kind: 'KEY' | 'INDEX'; definition: string }>(
    `select conname as name, 'KEY' as kind, pg_get_constraintdef(oid) as definition
     from pg_constraint where conrelid = 'public.${table}'::regclass and contype in ('p', 'u')
     union all
     select indexrelid::regclass::text, 'INDEX', pg_get_indexdef(indexrelid)
     from pg_index where indrelid = 'public.${table}'::regclass
       and not exists (select from pg_constraint where conindid = indexrelid)
     order by 2 desc, 1`,
  );
  for (const { name, kind } of rows)
    await client.query(
      kind === 'KEY' ? `alter table public.${table} drop constraint "${name}"` : `drop index ${name}`,
    );
  // Rows of a table emptied here are stored as seen by everybody: nothing has to look at them a second time.
  if (empty) await client.query(`truncate public.${table}`);
  return rows.map(({ name, kind, definition }) =>
    kind === 'KEY'
      ? `alter table public.${table} add constraint "${name}" ${definition}`
      : definition.replace(' ON ONLY ', ' ON '),
  );
}

interface Place {
  readonly statement: string;
  rows: string;
}

function openLoad(client: PoolClient, frozen: ReadonlySet<string>): BulkLoad {
  const places: Place[] = [];
  let sending: Promise<void> = Promise.resolve();

  /** One piece at most is on its way while the next is made. */
  async function send(place: Place): Promise<void> {
    const { statement, rows } = place;
    place.rows = '';
    await sending;
    sending = copy(client, statement, rows);
    // Awaited before the next piece; until then a failure must not end the process.
    sending.catch(() => undefined);
  }

  return {
    client,
    table: (name, columns, options = { empty: frozen.has(name) }) => {
      const place: Place = {
        statement: `copy public.${name} (${columns}) from stdin${options.empty ? ' with (freeze)' : ''}`,
        rows: '',
      };
      places.push(place);
      return {
        add: (row) => {
          place.rows += row;
        },
      };
    },
    breathe: async () => {
      for (const place of places) if (place.rows.length > PIECE) await send(place);
    },
    settle: () => sending,
    flush: async () => {
      for (const place of places.splice(0)) if (place.rows !== '') await send(place);
      await sending;
    },
  };
}

async function copy(client: PoolClient, statement: string, rows: string): Promise<void> {
  const stream = client.query(copyFrom(statement));
  stream.end(rows);
  await once(stream, 'finish');
}
