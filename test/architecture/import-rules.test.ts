import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');
let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'import-rules-'));
});

afterEach(() => rmSync(tree, { recursive: true, force: true }));

interface Report {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string }[] };
}

/** Each entry is a file and the files it imports; imported files that are not entries stand empty. */
function check(imports: Record<string, string[]>): { read: number; violations: string[] } {
  const targets = Object.values(imports).flat();
  for (const file of [...targets, ...Object.keys(imports)]) {
    const lines = (imports[file] ?? [])
      .filter(isFile)
      .map((target) => `import '${specifier(file, target)}';`);
    const builtins = (imports[file] ?? [])
      .filter((target) => !isFile(target))
      .map((name) => `import '${name}';`);
    if (!isFile(file)) continue;
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), [...lines, ...builtins, 'export {};'].join('\n'));
  }
  const depcruise = join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(checkout, '.dependency-cruiser.mjs');
  const args = [depcruise, '--config', config, '--output-type', 'json', '--no-progress', 'packages'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  expect(stderr).toBe('');
  const { summary }: Report = JSON.parse(stdout);
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  return { read: summary.totalCruised, violations: [...new Set(found)].toSorted() };
}

const isFile = (target: string): boolean => target.includes('/');

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

const api = 'packages/api/src';

/** A planted violation of every rule: what the file is, what it imports, which rule must name it. */
const planted: [rule: string, file: string, imported: string][] = [
  ['packages-apart', 'packages/admin/src/main.ts', `${api}/platform/clock.ts`],
  ['packages-apart', 'packages/pos-client/src/main.ts', 'packages/admin/src/ui.ts'],
  ['packages-apart', `${api}/platform/served.ts`, 'packages/admin/src/page.ts'],
  ['nothing-imports-test', 'packages/admin/src/story.ts', 'test/stories/sale.ts'],
  ['shared-is-pure', 'packages/shared/src/money/index.ts', `${api}/platform/ids.ts`],
  ['shared-knows-no-node', 'packages/shared/src/time/index.ts', 'fs'],
  ['platform-knows-no-room', `${api}/platform/rates.ts`, `${api}/company/index.ts`],
  ['platform-knows-no-room', `${api}/platform/served-schema.ts`, `${api}/schema.ts`],
  ['platform-tests-know-no-room', `${api}/platform/rates.test.ts`, `${api}/loyalty/index.ts`],
  ['rooms-know-no-assembly', `${api}/orders/begin-order.ts`, `${api}/app.ts`],
  ['schema-knows-no-app', `${api}/schema.ts`, `${api}/app.ts`],
  ['app-knows-no-entry', `${api}/app.ts`, `${api}/main.ts`],
  ['known-rooms', `${api}/helpers/strings.ts`, `${api}/platform/ids.ts`],
  ['rooms-by-the-door', `${api}/orders/cancel-order.ts`, `${api}/loyalty/points.ts`],
  ['rooms-by-the-door', `${api}/orders/cancel-order.test.ts`, `${api}/loyalty/points.ts`],
  ['graphql-only-in-schema', `${api}/loyalty/redeem-points.ts`, `${api}/loyalty/loyalty.graphql.ts`],
  ['furniture-points-down', `${api}/loyalty/lot.entity.ts`, `${api}/loyalty/balances.sql.ts`],
  ['tests-are-not-imported', `${api}/loyalty/expire.ts`, `${api}/testing/builders.ts`],
  ['tests-are-not-imported', 'packages/admin/src/app.ts', 'packages/admin/src/app.test.ts'],
  ['resolvable', `${api}/platform/gone.ts`, 'no-such-package'],
];

const upward: [from: string, to: string][] = [
  ['company', 'profiles'],
  ['profiles', 'catalog'],
  ['catalog', 'activity'],
  ['activity', 'segments'],
  ['segments', 'offers'],
  ['offers', 'loyalty'],
  ['loyalty', 'orders'],
  ['orders', 'messaging'],
  ['messaging', 'campaigns'],
  ['campaigns', 'journeys'],
  ['journeys', 'campaigns'],
  ['reports', 'exchange'],
];

test('every rule names the violation planted for it', () => {
  const { violations } = check(Object.fromEntries(planted.map(([, file, imported]) => [file, [imported]])));
  const unnoticed = planted
    .map(([rule, file]) => `${rule}: ${file}`)
    .filter((line) => !violations.includes(line));
  expect(unnoticed).toEqual([]);
});

test('no room imports one above it or beside it', () => {
  const imports = upward.map(([from, to], n) => [`${api}/${from}/up-${n}.ts`, [`${api}/${to}/index.ts`]]);
  const expected = upward.map(([from], n) => `downward-from-${from}: ${api}/${from}/up-${n}.ts`);
  expect(check(Object.fromEntries(imports)).violations).toEqual(expected.toSorted());
});

test('a cycle is named, one between two tables is not', () => {
  const files = (folder: string, end: string): Record<string, string[]> => ({
    [`${api}/${folder}/a${end}`]: [`${api}/${folder}/b${end}`],
    [`${api}/${folder}/b${end}`]: [`${api}/${folder}/a${end}`],
  });
  const { violations } = check({ ...files('orders', '.ts'), ...files('loyalty', '.entity.ts') });
  expect(violations).toEqual([`no-cycles: ${api}/orders/a.ts`]);
});

test('what the floor plan allows passes', () => {
  const { read, violations } = check({
    [`${api}/main.ts`]: [`${api}/app.ts`],
    [`${api}/app.ts`]: [`${api}/schema.ts`, `${api}/orders/index.ts`],
    [`${api}/schema.ts`]: [`${api}/orders/orders.graphql.ts`],
    [`${api}/orders/orders.graphql.ts`]: [
      `${api}/orders/begin-order.ts`,
      `${api}/platform/graphql/builder.ts`,
    ],
    [`${api}/orders/begin-order.ts`]: [`${api}/loyalty/index.ts`, `${api}/orders/order.entity.ts`],
    [`${api}/orders/begin-order.test.ts`]: [`${api}/testing/builders.ts`, `${api}/orders/begin-order.ts`],
    [`${api}/loyalty/index.ts`]: ['packages/shared/src/money/index.ts', `${api}/company/index.ts`],
    [`${api}/testing/builders.ts`]: [`${api}/app.ts`, `${api}/loyalty/points.ts`],
    'packages/admin/src/main.ts': ['packages/shared/src/money/index.ts'],
  });
  expect(violations).toEqual([]);
  expect(read).toBe(15);
});
