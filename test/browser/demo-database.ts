import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '@clientele/api/src/app.ts';
import { seedDemoCompany } from '@clientele/api/src/demo/index.ts';
import { createLog } from '@clientele/api/src/platform/log.ts';
import { drainOutbox } from '@clientele/api/src/platform/outbox/relay.ts';
import { handlers } from '@clientele/api/src/reactions.ts';
import { bringMembership } from '@clientele/api/src/segments/index.ts';
import { createTestDatabase, type TestDatabase } from '@clientele/api/src/testing/test-database.ts';
import { Client, escapeIdentifier } from 'pg';
import { inject } from 'vitest';
import { DEMO_SECRET } from './demo-secret.ts';

const TEMPLATE = 'clientele_demo_template';
const MAKING = 7_203_114;

/** The demo company in a database of its own: made once a run by whoever needs it first, then copied. */
export async function createDemoDatabase(): Promise<TestDatabase> {
  const client = new Client({ connectionString: inject('testServerUrl') });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MAKING]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount === 0) {
      const { url } = await createTestDatabase();
      await fill(url);
      const made = escapeIdentifier(new URL(url).pathname.slice(1));
      await client.query(`alter database ${made} rename to ${TEMPLATE}`);
    }
  } finally {
    await client.end();
  }
  return createTestDatabase(TEMPLATE);
}

/** Seeds the company and tells everybody of everything, so that no shop starts with a day's work. */
async function fill(databaseUrl: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clientele-demo-template-'));
  const app = await buildApp(
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl,
      dataDir,
      mode: 'demo',
      roles: new Set(['api']),
      appSecret: DEMO_SECRET,
      logLevel: 'silent',
      trustedProxies: [],
    },
    { databaseUrl, log: createLog('silent') },
  );
  const url = 'http://127.0.0.1';
  await seedDemoCompany(app.context(), { dataDir, url });
  await drainOutbox({ newContext: () => app.context(), handlers: handlers(() => undefined, url) });
  await bringMembership(app.context());
  await app.stop();
  await rm(dataDir, { recursive: true });
}
