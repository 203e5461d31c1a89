import { Client } from 'pg';
import { CannotStart } from './cannot-start.ts';

const OLDEST = 160_000;

/**
 * A server of one's own has to be recent enough and to keep what it confirms: with `synchronous_commit` off, sales
 * acknowledged to a till are lost when it crashes.
 * @returns its version, e.g. `17.2`
 * @throws CannotStart
 */
export async function requirePostgres(url: string): Promise<string> {
  const settings = await readSettings(url).catch((error: unknown) => {
    throw new CannotStart(
      `DATABASE_URL does not lead to a PostgreSQL (${reasonOf(error)}): correct it, or leave it out.`,
    );
  });
  if (settings.number < OLDEST) {
    throw new CannotStart(
      `PostgreSQL ${settings.version} is too old: DATABASE_URL needs version 16 or newer.`,
    );
  }
  for (const name of ['fsync', 'synchronous_commit'] as const) {
    if (settings[name] === 'off') {
      throw new CannotStart(
        `The server of DATABASE_URL has ${name} = off and would lose confirmed sales: switch it on.`,
      );
    }
  }
  return settings.version;
}

interface ServerSettings {
  readonly number: number;
  readonly version: string;
  readonly fsync: string;
  readonly synchronous_commit: string;
}

async function readSettings(url: string): Promise<ServerSettings> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<ServerSettings>(`
      select current_setting('server_version_num')::int as number, split_part(version(), ' ', 2) as version,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`);
    const [settings] = rows;
    if (settings === undefined) throw new Error('it answers nothing');
    return settings;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Several addresses of one name fail as a group without words of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
