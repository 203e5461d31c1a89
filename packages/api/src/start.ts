/** `pnpm start`: everything on one machine, from an empty folder to a page that opens. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { prepareDemo, runServer } from './main.ts';
import { ConfigError, loadConfig } from './platform/config.ts';
import type { Config } from './platform/config.ts';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './platform/database/embedded/index.ts';
import { buildApps } from './platform/startup/build-apps.ts';
import { CannotStart } from './platform/startup/cannot-start.ts';
import { requirePort } from './platform/startup/require-port.ts';
import { requirePostgres } from './platform/startup/require-postgres.ts';

/** With the database's own limit this keeps Ctrl+C under 5 seconds. */
const APP_STOP_LIMIT_MS = 2_000;

const workspace = join(import.meta.dirname, '..', '..', '..');
/** What has been started, in order: stopped in the opposite one. */
const started: (() => Promise<void>)[] = [];
let stopping = false;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const phase = (name: string, ms: number, detail = ''): void =>
  say(`  ${name.padEnd(14)}${duration(ms).padStart(8)}${detail && `   ${detail}`}`);

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

async function start(): Promise<void> {
  const began = performance.now();
  // Under a package manager the working folder is the package's; DATA_DIR is relative to where the command was typed.
  const config = loadConfig(process.env, process.env['INIT_CWD'] ?? process.cwd());
  await requirePort(config.host, config.port);
  say(`Clientele starts (${config.mode}).`);
  // Beside each other; a failed build waits for its turn to be told, a failed database ends the build.
  const building = apps(config);
  building.catch(() => undefined);
  const databaseUrl = await databaseServer(config);
  await building;
  if (stopping) return;
  const { app, url } = await runServer(config, databaseUrl, phase);
  started.push(() => withinLimit(app.stop()));
  if (stopping) return;
  await prepareDemo(app, url, phase);
  if (stopping) return;
  say(`\nReady in ${duration(performance.now() - began)}: ${url}`);
  const demo = join(config.dataDir, 'demo.json');
  if (existsSync(demo))
    say(`Sign-ins of the demo company: ${relative(process.env['INIT_CWD'] ?? process.cwd(), demo)}`);
  say('Ctrl+C stops it.');
}

/** @returns the URL of a server that keeps what it confirms. */
async function databaseServer(config: Config): Promise<string> {
  const { databaseUrl, dataDir } = config;
  const began = performance.now();
  if (databaseUrl !== undefined) {
    const version = await requirePostgres(databaseUrl);
    phase('PostgreSQL', performance.now() - began, `${version}, by DATABASE_URL`);
    return databaseUrl;
  }
  const postgres = await startEmbeddedPostgres({ dataDir, log: say });
  started.push(() => postgres.stop());
  phase('PostgreSQL', performance.now() - began, `in ${dataDir}`);
  return postgres.url;
}

async function apps({ roles }: Config): Promise<void> {
  if (!roles.has('api')) return;
  const began = performance.now();
  const sources = [join(workspace, 'packages/shared/src'), join(workspace, 'packages/api/schema.graphql')];
  const known = ['pos-client', 'admin'].map((name) => ({
    name,
    folder: join(workspace, 'packages', name),
    sources,
  }));
  const built = await buildApps(
    workspace,
    known.filter(({ folder }) => existsSync(join(folder, 'index.html'))),
  );
  phase('apps', performance.now() - began, built.length > 0 ? `${built.join(', ')} built` : 'up to date');
}

async function withinLimit(ending: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, APP_STOP_LIMIT_MS);
  await Promise.race([ending, promise]);
  clearTimeout(timer);
}

/** The first signal finishes what is in hand, the second one does not wait. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) process.exit(130);
  stopping = true;
  say(`\nStopping (${signal})…`);
  const began = performance.now();
  const failures = await stopAll();
  for (const failure of failures) process.stderr.write(`${wordsOf(failure)}\n`);
  say(`Stopped in ${duration(performance.now() - began)}.`);
  process.exit(failures.length === 0 ? 0 : 1);
}

async function stopAll(): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let next = started.pop(); next !== undefined; next = started.pop()) {
    await next().catch((error: unknown) => failures.push(error));
  }
  return failures;
}

/** An expected reason is one sentence; anything else is a bug and shows where. */
function wordsOf(error: unknown): string {
  const expected =
    error instanceof ConfigError || error instanceof EmbeddedPostgresError || error instanceof CannotStart;
  if (expected) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
await start().catch(async (error: unknown) => {
  // Cut off by a signal: what it was doing is finished by the next start.
  if (stopping) return;
  process.stderr.write(`\n${wordsOf(error)}\n`);
  await stopAll();
  process.exit(1);
});
