/** `pnpm lint`: every static check of the workspace, two at a time; prints a table and what the failed ones said. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Check {
  readonly name: string;
  /** A shell line; binaries of the folder and of the workspace are on its path. */
  readonly line: string;
  readonly folder: string;
}

interface Outcome extends Check {
  readonly passed: boolean;
  readonly output: string;
  readonly ms: number;
}

const root = import.meta.dirname;
const AT_ONCE = 2;

/** Slowest first, so that the last one does not run alone for long. */
const checks: Check[] = [
  ...['packages/pos-client', 'packages/admin'].flatMap(appCheck),
  {
    name: 'import rules',
    line: 'depcruise --config .dependency-cruiser.mjs --no-progress packages test',
    folder: '.',
  },
  {
    name: 'vue templates',
    line: 'eslint --no-error-on-unmatched-pattern packages/pos-client/src packages/admin/src',
    folder: '.',
  },
  { name: 'schema.graphql', line: 'node src/schema.ts --check', folder: 'packages/api' },
  { name: 'types of api', line: 'tsc -p .', folder: 'packages/api' },
  { name: 'types of test', line: 'tsc -p .', folder: 'test' },
  { name: 'types of shared', line: 'tsc -p .', folder: 'packages/shared' },
  { name: 'types of tools', line: 'tsc -p .', folder: '.' },
  { name: 'oxlint', line: 'oxlint', folder: '.' },
  { name: 'oxfmt', line: 'oxfmt --check .', folder: '.' },
];

/** The app's own `check` script, run without a package manager in between. */
function appCheck(folder: string): Check[] {
  if (!existsSync(join(root, folder, 'tsconfig.json'))) return [];
  const { scripts }: { scripts: { check: string } } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  );
  return [{ name: `types of ${folder.replace('packages/', '')}`, line: scripts.check, folder }];
}

function run(check: Check): Promise<Outcome> {
  const started = performance.now();
  const cwd = join(root, check.folder);
  const path = [
    join(cwd, 'node_modules/.bin'),
    join(root, 'node_modules/.bin'),
    process.env['PATH'] ?? '',
  ].join(delimiter);
  const child = spawn('sh', ['-c', check.line], {
    cwd,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  return new Promise((resolve) => {
    child.once('close', (code) =>
      resolve({ ...check, passed: code === 0, output: output.join(''), ms: performance.now() - started }),
    );
  });
}

async function runAll(): Promise<Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      outcomes.push(await run(next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return outcomes;
}

const started = performance.now();
const outcomes = await runAll();
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(8);
const lines = [
  ...outcomes
    .filter((each) => !each.passed)
    .map((each) => `── ${each.name}: ${each.line}\n${each.output.trimEnd()}\n`),
  ...checks
    .flatMap(({ name }) => outcomes.filter((each) => each.name === name))
    .map((each) => `${each.passed ? '✓' : '✗'} ${each.name.padEnd(22)}${seconds(each.ms)}`),
  `  ${'in all'.padEnd(22)}${seconds(performance.now() - started)}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = outcomes.every((each) => each.passed) ? 0 : 1;
