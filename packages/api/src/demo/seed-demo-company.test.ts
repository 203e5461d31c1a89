import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DemoCredentials } from '../pages/index.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { ledgerViolations } from '../testing/loyalty.builders.ts';
import { seedDemoCompany, type DemoProgress } from './index.ts';

const running = useTestApp();
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'clientele-demo-'));
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

const options = (onProgress?: (progress: DemoProgress) => void) => ({
  dataDir,
  url: 'http://127.0.0.1:4000',
  ...(onProgress ? { onProgress } : {}),
});

async function counts(): Promise<Record<string, number>> {
  const tables = [
    'brand',
    'store',
    'till',
    'staff',
    'product',
    'profile',
    'orders',
    'program',
    'consent',
  ] as const;
  const { sql } = running.app.context();
  const entries = tables.map(async (table) => {
    const { rows } = await sql
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    return [table, rows] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const credentials = async () =>
  DemoCredentials.parse(JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')));

const ask = async (token: string, query: string) => {
  const { data, errors } = await running.app.graphql({ query, token });
  expect(errors).toBeUndefined();
  return data;
};

// Four interruptions, five starts.
const LONG = 120_000;

test(
  'made once: interrupted at any step it is finished by the next start, and nothing is doubled',
  { timeout: LONG },
  async () => {
    const steps: DemoProgress['step'][] = ['company', 'products', 'shoppers', 'orders'];
    for (const step of steps) {
      const interrupted = seedDemoCompany(
        running.app.context(),
        options((progress) => {
          if (progress.step === step) throw new Error(`interrupted after ${step}`);
        }),
      );
      await expect(interrupted).rejects.toThrow(`interrupted after ${step}`);
    }
    let last: DemoProgress | undefined;
    await seedDemoCompany(
      running.app.context(),
      options((progress) => (last = progress)),
    );
    expect(last).toEqual({ step: 'credentials', done: 1, total: 1 });
    const made = await counts();
    expect(made).toMatchObject({
      brand: 1,
      store: 3,
      till: 9,
      staff: 16,
      product: 120,
      program: 1,
      consent: 600,
    });
    expect(made['orders']).toBeGreaterThan(1_500);
    // Three hundred people and the walk-in customers of the stores.
    expect(made['profile']).toBe(303);
    await seedDemoCompany(running.app.context(), options());
    expect(await counts()).toEqual(made);
    expect(await ledgerViolations(running.app.context().sql)).toEqual([]);
  },
);

test('tills have sold by the promotions of the day: there are results to look at', async () => {
  await seedDemoCompany(running.app.context(), options());
  const { sql } = running.app.context();
  const sold = await sql.selectFrom('orders').select(['state']).where('source', '=', 'demo-tills').execute();
  expect(sold.map(({ state }) => state)).toEqual(Array.from({ length: 48 }, () => 'COMMITTED'));
  const socks = await sql
    .selectFrom('promotion_use')
    .innerJoin('promotion', 'promotion.id', 'promotion_use.promotion_id')
    .select('promotion_use.discount')
    .where('promotion.name', '=', 'Носки и колготки: три по цене двух')
    .execute();
  expect(socks.length).toBeGreaterThan(3);
  expect(socks.every(({ discount }) => discount > 0)).toBe(true);
});

test('what demo.json holds opens the company, and only its owner reads it', async () => {
  await seedDemoCompany(running.app.context(), options());
  const { till, cashier, partner, url } = await credentials();
  expect(url).toBe('http://127.0.0.1:4000');
  expect((await stat(join(dataDir, 'demo.json'))).mode & 0o777).toBe(0o600);
  expect(till.storeCode).toBe('MSK');
  expect(
    await ask(till.token, '{ till { store { code currency } cashiers { name } program { mode } } }'),
  ).toEqual({
    till: {
      store: { code: 'MSK', currency: 'RUB' },
      cashiers: expect.arrayContaining([{ name: 'Ольга К.' }]) as unknown,
      program: { mode: 'LIVE' },
    },
  });
  const signIn = `mutation { signInCashier(input: { cashierId: "${cashier.id}", pin: "${cashier.pin}" }) { __typename } }`;
  expect(await ask(till.token, signIn)).toEqual({ signInCashier: { __typename: 'CashierSignedIn' } });
  const shopper = '{ profile(ref: { external: { source: "demo", id: "shopper-0001" } }) { kind phone } }';
  expect(await ask(partner.key, shopper)).toEqual({
    profile: { kind: 'PERSON', phone: expect.any(String) as string },
  });
});

test('a lost demo.json is written anew, with a till that works; another address is noted', async () => {
  await seedDemoCompany(running.app.context(), options());
  const before = await credentials();
  await rm(join(dataDir, 'demo.json'));
  await seedDemoCompany(running.app.context(), options());
  const after = await credentials();
  expect(after.till.token).not.toBe(before.till.token);
  expect(await ask(after.till.token, '{ till { name } }')).toEqual({ till: { name: 'Касса 1' } });
  await seedDemoCompany(running.app.context(), { dataDir, url: 'http://127.0.0.1:5000' });
  expect(await credentials()).toEqual({ ...after, url: 'http://127.0.0.1:5000' });
});

test('two processes started at once make one company', async () => {
  await Promise.all([
    seedDemoCompany(running.app.context(), options()),
    seedDemoCompany(running.app.context(), options()),
  ]);
  expect(await counts()).toMatchObject({ brand: 1, store: 3 });
});
