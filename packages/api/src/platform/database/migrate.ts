import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import { runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';
import { ormSettings } from './database.ts';

/** What the application acts as: it can never change or delete what is append-only. */
export const APPLICATION_ROLE = 'clientele_app';

const SOURCE = join(import.meta.dirname, '..', '..');

/** Migrations of one database never run at once; the number is arbitrary, only equal everywhere. */
const MIGRATION_LOCK = 4_117_260_001;

/**
 * Brings a database to this version: versioned migrations, then the SQL functions (`*.sql` beside the code that calls
 * them, installed again whenever their text changed), then rights. Running it again changes nothing.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await runVersioned(url);
    await migrateJobs({ connectionString: url, schema: 'jobs' });
    if (await installFunctions(client)) await grantRights(client);
  } finally {
    await client.end();
  }
}

async function runVersioned(url: string): Promise<void> {
  const orm = await MikroORM.init({ ...ormSettings([]), clientUrl: url });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}

function functionFiles(): { name: string; text: string }[] {
  return (
    globSync('**/*.sql', { cwd: SOURCE })
      // The platform first: triggers of the rooms need its functions to be there.
      .toSorted(
        (a, b) => Number(b.startsWith('platform')) - Number(a.startsWith('platform')) || (a < b ? -1 : 1),
      )
      .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }))
  );
}

/** @returns whether anything was installed. */
async function installFunctions(client: pg.Client): Promise<boolean> {
  const files = functionFiles();
  // Rights are granted by table name, so a new migration is a reason too.
  const migrations = globSync('*.ts', { cwd: join(import.meta.dirname, 'migrations') });
  const hash = createHash('sha256')
    .update(JSON.stringify([files, migrations]))
    .digest('hex');
  await client.query(
    'create table if not exists public.installed_functions (hash text primary key, installed_at timestamptz not null)',
  );
  const { rowCount } = await client.query('select 1 from public.installed_functions where hash = $1', [hash]);
  if (rowCount !== 0) return false;
  await client.query('begin');
  // Functions name each other in any order; their bodies are checked by the tests that call them.
  await client.query('set local check_function_bodies = off');
  for (const file of files) {
    await client.query(file.text).catch((error: unknown) => {
      throw new Error(`${file.name} could not be installed`, { cause: error });
    });
  }
  await client.query('delete from public.installed_functions');
  await client.query('insert into public.installed_functions values ($1, now())', [hash]);
  await client.query('commit');
  return true;
}

async function grantRights(client: pg.Client): Promise<void> {
  await client.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${APPLICATION_ROLE}') then
        create role ${APPLICATION_ROLE} nologin;
      end if;
      grant ${APPLICATION_ROLE} to current_user;
    exception when insufficient_privilege or duplicate_object or unique_violation then
      raise notice 'role ${APPLICATION_ROLE} is left to the administrator of the server';
    end $$`);
  if (!(await hasApplicationRole(client))) return;
  await client.query(`
    grant usage on schema public to ${APPLICATION_ROLE};
    grant select, insert, update, delete, truncate on all tables in schema public to ${APPLICATION_ROLE};
    grant usage on all sequences in schema public to ${APPLICATION_ROLE};
    grant temporary on database ${pg.escapeIdentifier(client.database ?? '')} to ${APPLICATION_ROLE};
    grant usage on schema jobs to ${APPLICATION_ROLE};
    grant execute on all functions in schema jobs to ${APPLICATION_ROLE};
    grant select, insert, update, delete on all tables in schema jobs to ${APPLICATION_ROLE};
    grant usage on all sequences in schema jobs to ${APPLICATION_ROLE};`);
  const { rows } = await client.query<{ table: string }>(`
    select distinct event_object_table as table from information_schema.triggers
    where trigger_schema = 'public' and trigger_name like '%_append_only'`);
  for (const { table } of rows) {
    await client.query(
      `revoke update, delete, truncate on ${pg.escapeIdentifier(table)} from ${APPLICATION_ROLE}`,
    );
  }
}

async function hasApplicationRole(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from pg_roles where rolname = $1 and pg_has_role(current_user, rolname, 'member')`,
    [APPLICATION_ROLE],
  );
  return rowCount !== 0;
}
