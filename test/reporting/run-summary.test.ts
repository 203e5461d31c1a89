import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');

function runTests(source: string, requireData: boolean): { last: string; exitCode: number | null } {
  // Inside the checkout, for `vitest` to be found; node_modules is where tools keep such things.
  const folder = mkdtempSync(join(checkout, 'node_modules/.run-summary-'));
  try {
    const reporter = join(import.meta.dirname, 'run-summary.ts');
    writeFileSync(join(folder, 'planted.spec.ts'), `import { expect, test } from 'vitest';\n${source}`);
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `import { runSummary } from ${JSON.stringify(reporter)};
       export default { test: { include: ['*.spec.ts'], reporters: ['default', runSummary(${requireData})] } };`,
    );
    const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--root', folder, '--no-color'];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder });
    return { last: stdout.trimEnd().split('\n').at(-1) ?? '', exitCode: status };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const passing = `test('passes', () => expect(1).toBe(1));`;
const skipping = `test.skipIf(true)('needs data', () => undefined);`;

test('the last line counts what passed and what failed', () => {
  const failing = `test('fails', () => expect(1).toBe(2));`;
  expect(runTests(passing + passing.replace('passes', 'too') + failing, false)).toEqual({
    last: '2 passed, 1 failed',
    exitCode: 1,
  });
});

test('a file that cannot be loaded is a failure', () => {
  expect(runTests(`throw new Error('planted');`, false)).toEqual({ last: '0 passed, 1 failed', exitCode: 1 });
});

test('a skipped test is a failure only where the data has to be there', () => {
  expect(runTests(passing + skipping, false)).toEqual({ last: '1 passed, 0 failed', exitCode: 0 });
  expect(runTests(passing + skipping, true)).toEqual({ last: '1 passed, 1 failed', exitCode: 1 });
});
