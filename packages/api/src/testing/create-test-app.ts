import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildApp, type App } from '../app.ts';
import { ManualClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { newId } from '../platform/ids.ts';
import { createLog, type Log } from '../platform/log.ts';
import { temporaryRoot } from './temporary-folder.ts';
import { createTestDatabase } from './test-database.ts';

export interface TestApp extends App {
  /** Stands still until a test moves it. */
  readonly clock: ManualClock;
  /** One operation in memory, no port: what a client would get. */
  graphql<Data = Record<string, unknown>>(request: GraphQLRequest): Promise<GraphQLAnswer<Data>>;
}

export interface GraphQLRequest {
  query: string;
  variables?: Record<string, unknown>;
  /** Bearer token; nobody's where absent. */
  token?: string;
  /** Of a browser signed in to the admin (`aSession`), asked for by our own page. */
  session?: string;
  /** Of the page that asks, as its browser tells. */
  origin?: string;
}

export interface GraphQLAnswer<Data> {
  status: number;
  data?: Data | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; errorId?: string; retryAfterMs?: number };
  }[];
}

export interface TestAppOptions {
  now?: string;
  mode?: Config['mode'];
  /** The relay and jobs run by themselves; without them `app.relay` is null. */
  worker?: boolean;
  log?: Log;
  databaseUrl: string;
}

export const TEST_NOW = '2026-11-22T09:00:00.000Z';

export async function createTestApp(options: TestAppOptions): Promise<TestApp> {
  const clock = new ManualClock(options.now ?? TEST_NOW);
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    databaseUrl: options.databaseUrl,
    // Made by whoever first keeps a file in it.
    dataDir: join(temporaryRoot(), `clientele-data-${newId()}`),
    mode: options.mode ?? 'demo',
    roles: new Set(options.worker ? ['api', 'worker'] : ['api']),
    appSecret: randomBytes(32).toString('base64url'),
    logLevel: 'silent',
    trustedProxies: [],
  };
  const app = await buildApp(config, {
    databaseUrl: options.databaseUrl,
    clock,
    log: options.log ?? createLog('silent'),
  });
  return {
    ...app,
    clock,
    stop: async () => {
      await app.stop();
      await rm(config.dataDir, { recursive: true, force: true });
    },
    graphql: async ({ query, variables, token, session, origin }) => {
      const response = await app.http.inject({
        method: 'POST',
        url: '/graphql',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(session ? ownPage(session) : {}),
          ...(origin ? { origin } : {}),
        },
        payload: JSON.stringify({ query, variables }),
      });
      return { status: response.statusCode, ...(response.json() as object) };
    },
  };
}

/** What a page of ours sends besides its browser's session. */
export function ownPage(session: string | null): Record<string, string> {
  return {
    origin: 'http://clientele.test',
    host: 'clientele.test',
    'x-clientele-csrf': '1',
    ...(session === null ? {} : { cookie: `clientele_session=${session}` }),
  };
}

/** One app with a database of its own for the whole test file: `const test = useTestApp()`, then `test.app`. */
export function useTestApp(options: Omit<TestAppOptions, 'databaseUrl'> = {}): { readonly app: TestApp } {
  let app: TestApp | undefined;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    app = await createTestApp({ ...options, databaseUrl: database.url });
  });
  afterAll(async () => {
    await app?.stop();
    await drop?.();
  });
  return {
    get app() {
      if (app === undefined) throw new Error('The test app is not there before beforeAll.');
      return app;
    },
  };
}
