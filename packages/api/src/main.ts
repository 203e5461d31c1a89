import { buildApp, type App } from './app.ts';
import { seedDemoCompany } from './demo/index.ts';
import type { Config } from './platform/config.ts';
import { migrateDatabase } from './platform/database/migrate.ts';

/** Runs after each phase of the start, with its name and how long it took. */
export type OnPhase = (name: string, milliseconds: number) => void;

/** Migrates, assembles and listens. The caller stops what it returns. */
export async function runServer(
  config: Config,
  databaseUrl: string,
  onPhase: OnPhase,
): Promise<{ app: App; url: string }> {
  await timed('migrations', onPhase, () => migrateDatabase(databaseUrl));
  const app = await timed('application', onPhase, () => buildApp(config, { databaseUrl }));
  const url = await timed('listening', onPhase, () => app.listen());
  return { app, url };
}

/** The demo company, where this is the demo: seconds on first start, nothing afterwards. */
export async function prepareDemo(app: App, url: string, onPhase: OnPhase): Promise<void> {
  const { mode, roles, dataDir } = app.config;
  if (mode !== 'demo' || !roles.has('api')) return;
  await timed('demo company', onPhase, () => seedDemoCompany(app.context(), { dataDir, url }));
}

export async function timed<Result>(
  name: string,
  onPhase: OnPhase,
  work: () => Promise<Result>,
): Promise<Result> {
  const started = performance.now();
  const result = await work();
  onPhase(name, performance.now() - started);
  return result;
}
