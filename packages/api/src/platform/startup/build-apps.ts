import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CannotStart } from './cannot-start.ts';

const TESTS = /\.(test|fixture)\.ts$/;

/** One of the two browser apps. */
export interface BrowserApp {
  readonly name: string;
  /** Its package, absolute. */
  readonly folder: string;
  /** Files and folders outside its package that end up in it. */
  readonly sources: readonly string[];
}

/**
 * Builds the apps whose `dist` is missing or older than what it is made of.
 * @returns the names of those that were built
 * @throws CannotStart with what the build said
 */
export async function buildApps(workspace: string, apps: readonly BrowserApp[]): Promise<string[]> {
  const built = await Promise.all(
    apps.map(async (app) => {
      if (await isFresh(app)) return [];
      await build(workspace, app);
      return [app.name];
    }),
  );
  return built.flat();
}

async function isFresh({ folder, sources }: BrowserApp): Promise<boolean> {
  const dist = await stat(join(folder, 'dist', 'index.html')).catch(() => undefined);
  if (dist === undefined) return false;
  const own = (await readdir(folder)).filter((name) => !['dist', 'node_modules'].includes(name));
  for (const path of [...own.map((name) => join(folder, name)), ...sources]) {
    if ((await newestChange(path)) > dist.mtimeMs) return false;
  }
  return true;
}

async function newestChange(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !TESTS.test(entry.name));
  const changes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs),
  );
  return Math.max(0, ...changes);
}

/** The app's own `build` script, without a package manager in between: none is on the path under `npx`. */
async function build(workspace: string, { name, folder }: BrowserApp): Promise<void> {
  const { scripts }: { scripts: { build: string } } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const path = [
    join(folder, 'node_modules/.bin'),
    join(workspace, 'node_modules/.bin'),
    process.env['PATH'] ?? '',
  ];
  const environment = { ...process.env, PATH: path.join(delimiter), NODE_ENV: 'production' };
  const child = spawn(scripts.build, {
    cwd: folder,
    env: environment,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Half a build must not pass for a fresh one.
  const spoil = (): void => rmSync(join(folder, 'dist', 'index.html'), { force: true });
  const stopWithUs = (): void => {
    child.kill('SIGKILL');
    spoil();
  };
  process.once('exit', stopWithUs);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  process.removeListener('exit', stopWithUs);
  if (code === 0 && existsSync(join(folder, 'dist', 'index.html'))) return;
  spoil();
  throw new CannotStart(`The app ${name} could not be built:\n${output.join('').trim()}`);
}
