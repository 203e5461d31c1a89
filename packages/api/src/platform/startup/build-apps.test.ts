import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApps } from './build-apps.ts';
import type { BrowserApp } from './build-apps.ts';

let workspace: string;
let app: BrowserApp;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'build-apps-'));
  const folder = join(workspace, 'till');
  await mkdir(join(folder, 'src'), { recursive: true });
  app = { name: 'till', folder, sources: [join(workspace, 'shared')] };
  await script('mkdir -p dist && cat src/page > dist/index.html');
  await writeFile(join(folder, 'src/page'), 'one');
});

afterEach(() => rm(workspace, { recursive: true, force: true }));

const script = (build: string): Promise<void> =>
  writeFile(join(app.folder, 'package.json'), JSON.stringify({ scripts: { build } }));
const page = (): Promise<string> => readFile(join(app.folder, 'dist/index.html'), 'utf8');

/** Sets a file's time of change in relation to the last build's. */
async function changed(file: string, secondsAfterBuild: number): Promise<void> {
  const { mtimeMs } = await stat(join(app.folder, 'dist/index.html'));
  const time = mtimeMs / 1000 + secondsAfterBuild;
  await utimes(file, time, time);
}

test('an app is built when it is missing, and not again while nothing changed', async () => {
  expect(await buildApps(workspace, [app])).toEqual(['till']);
  expect(await page()).toBe('one');
  await changed(join(app.folder, 'src/page'), -1);
  await changed(join(app.folder, 'package.json'), -1);
  expect(await buildApps(workspace, [app])).toEqual([]);
});

test('a changed source of its own or shared with it makes it old, a changed test does not', async () => {
  await mkdir(join(workspace, 'shared'));
  await writeFile(join(workspace, 'shared/money.ts'), '');
  await writeFile(join(app.folder, 'src/page.test.ts'), '');
  await buildApps(workspace, [app]);
  const files = ['till/package.json', 'till/src/page', 'till/src/page.test.ts', 'shared/money.ts'];
  for (const file of files) await changed(join(workspace, file), -1);
  await changed(join(workspace, 'till/src/page.test.ts'), 5);
  expect(await buildApps(workspace, [app])).toEqual([]);
  await changed(join(workspace, 'shared/money.ts'), 5);
  expect(await buildApps(workspace, [app])).toEqual(['till']);
});

test('a failed build is quoted and leaves nothing that passes for a build', async () => {
  await script('mkdir -p dist && echo half > dist/index.html && echo "no such module" >&2 && exit 1');
  await expect(buildApps(workspace, [app])).rejects.toThrow(
    'The app till could not be built:\nno such module',
  );
  expect(existsSync(join(app.folder, 'dist/index.html'))).toBe(false);
});
