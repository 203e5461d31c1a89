import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aStore } from './testing/company.builders.ts';
import { useTestApp } from './testing/create-test-app.ts';
import { ordersOf } from './testing/exchange.builders.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const run = useTestApp();
let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder('clientele-cli-');
});
afterAll(() => rm(folder, { recursive: true }));

async function clientele(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: run.app.config.databaseUrl,
    DATA_DIR: folder,
    INIT_CWD: folder,
    LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

test('without a command it says which there are; with one nobody knows too, as a failure', async () => {
  expect(await clientele()).toMatchObject({
    code: 0,
    out: expect.stringContaining('import orders|profiles|products|events|balances FILE'),
  });
  expect(await clientele('fly')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^There is no command fly\.\n[^]*Usage:/),
  });
  expect(await clientele('import', 'orders', 'a.csv')).toMatchObject({
    code: 1,
    err: 'import orders|profiles|products|events|balances FILE --source NAME [--map NAME or FILE] [--errors FILE] [--dry-run]\n',
  });
});

test('the first administrator: a link to set a password, and another way in for who lost it', async () => {
  const create = ['admin', 'create', '--email', 'Olga@example.com', '--name', 'Ольга'];
  expect(await clientele('admin', 'create')).toMatchObject({
    code: 1,
    err: 'Say who: --email olga@example.com\n',
  });
  expect(await clientele('admin', 'fly')).toMatchObject({
    code: 1,
    err: expect.stringContaining('admin reset'),
  });
  const made = await clientele(...create);
  expect(made.code).toBe(0);
  expect(made.out).toMatch(/^http:\/\/127\.0\.0\.1:4000\/admin\/invitation#token=cl_[\w-]{43}\n/);
  expect((await clientele(...create)).err).toContain('admin reset --email olga@example.com');
  const reset = await clientele('admin', 'reset', '--email', 'olga@example.com');
  expect(reset.out).toMatch(/^http:\/\/127\.0\.0\.1:4000\/admin\/reset#token=cl_[\w-]{43}\n/);
  expect(await clientele('admin', 'reset', '--email', 'nobody@example.com')).toMatchObject({
    code: 1,
    err: 'Nobody here has the e-mail nobody@example.com.\n',
  });
  const roles = await run.app
    .context()
    .sql.selectFrom('staff')
    .innerJoin('staff_role', 'staff_role.staff_id', 'staff.id')
    .select(['staff.name', 'role', 'store_id'])
    .where('email', '=', 'olga@example.com')
    .execute();
  expect(roles).toEqual([{ name: 'Ольга', role: 'OWNER', store_id: null }]);
});

test('a file is imported, told in words, and what was refused is left beside; the ledger adds up', async () => {
  const store = await aStore(run.app.context(), { code: 'cli' });
  const rows = [
    'externalId,occurredAt,storeCode,sku,quantity,unitPrice',
    `1,2026-11-01 10:00,${store.code},lamp,2,100.00`,
    `2,yesterday,${store.code},lamp,2,100.00`,
  ];
  await writeFile(join(folder, 'orders.csv'), rows.join('\n'));
  expect(await clientele('import', 'orders', 'orders.csv', '--source', 'cli')).toEqual({
    code: 2,
    err: '',
    out: [
      '2 rows read (utf-8, columns separated by ",")',
      'Orders:',
      '  1 new, 1 line, 200.00 RUB',
      '  1 refused, 1 line, 0.00 RUB',
      'New shoppers: 0',
      'Points earned: 0; taken back by returns: 0',
      'Why 1 order was refused, first 1:',
      '  line 3, 2: "yesterday" is no date with time',
      '1 row in the error file: correct and import it.',
      `Error file: ${join(folder, 'orders.errors.csv')}`,
      '',
    ].join('\n'),
  });
  expect(await ordersOf(run.app.context(), 'cli')).toEqual(['1 COMMITTED 20000-0=20000 +0 walk_in']);
  expect(await readFile(join(folder, 'orders.errors.csv'), 'utf8')).toContain(
    '2,yesterday,cli,lamp,2,100.00,3,',
  );
  expect(await clientele('verify')).toMatchObject({
    code: 0,
    out: 'The ledger of points adds up.\nMembers of segments are those their conditions mean: 0 people looked at.\n',
  });
});

test('a file that is not there is one sentence', async () => {
  expect(await clientele('import', 'orders', 'none.csv', '--source', 'cli')).toMatchObject({
    code: 1,
    err: `there is no file ${join(folder, 'none.csv')}\n`,
  });
});
