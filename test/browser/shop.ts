import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, type App } from '@clientele/api/src/app.ts';
import { seedDemoCompany } from '@clientele/api/src/demo/index.ts';
import { createLog } from '@clientele/api/src/platform/log.ts';
import { DEMO_SECRET } from './demo-secret.ts';

export interface DemoCredentials {
  url: string;
  admin: { email: string; password: string };
  till: { token: string; storeCode: string };
  cashier: { id: string; pin: string };
  manager: { id: string; pin: string };
  partner: { key: string };
}

/** The demo company, served for real on a port of its own. */
export interface Shop {
  readonly app: App;
  readonly url: string;
  readonly credentials: DemoCredentials;
  /** One operation with the partner's key. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The code a shopper reads next: of the first message this phone got since the last one asked for. */
  codeFor(phone: string): Promise<string>;
  close(): Promise<void>;
}

export interface ShopDatabase {
  url: string;
  drop(): Promise<void>;
}

/** @param database migrated and empty, or with the demo company; dropped when the shop closes */
export async function openShop(database: ShopDatabase): Promise<Shop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clientele-shop-'));
  const app = await buildApp(
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: database.url,
      dataDir,
      mode: 'demo',
      roles: new Set(['api', 'worker']),
      appSecret: DEMO_SECRET,
      logLevel: 'silent',
      trustedProxies: [],
    },
    { databaseUrl: database.url, log: createLog('silent') },
  );
  const url = await app.listen();
  await seedDemoCompany(app.context(), { dataDir, url });
  const read = new Set<string>();
  const credentials = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoCredentials;
  return {
    app,
    url,
    credentials,
    ask: (query, variables) => ask(url, credentials.partner.key, query, variables),
    codeFor: (phone) => nextCode(url, phone, read),
    close: async () => {
      await app.stop();
      await database.drop();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function ask<Data>(
  url: string,
  key: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data: Data; errors?: unknown };
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

const PATIENCE_MS = 10_000;

async function nextCode(url: string, phone: string, read: Set<string>): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const response = await fetch(`${url}/outbox.json?to=${encodeURIComponent(phone)}`);
    const messages = (await response.json()) as { id: string; text: string; purpose: string }[];
    const message = messages.find(({ id, purpose }) => purpose === 'CODE' && !read.has(id));
    const code = message?.text.match(/\b\d{4,8}\b/)?.[0];
    if (message !== undefined && code !== undefined) {
      read.add(message.id);
      return code;
    }
  }
  throw new Error(`No code was sent to ${phone}.`);
}
