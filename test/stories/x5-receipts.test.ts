import { newId } from '@clientele/api/src/platform/ids.ts';
import { sharedData, sharedDataMissing } from '@clientele/api/src/testing/shared-data.ts';
import { createTestDatabase, type TestDatabase } from '@clientele/api/src/testing/test-database.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { balanceOf, open, postReceipt, readShoppers, type Shopper } from './x5-receipts.ts';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const total = (shopper: Shopper): number =>
  shopper.receipts.reduce((sum, { received, spent }) => sum + received - spent, shopper.opening);

async function violations(): Promise<unknown[]> {
  return (await client.query('select * from public.verify_ledger()')).rows;
}

test.skipIf(sharedDataMissing)(
  'a real grocery program is replayed receipt by receipt and adds up at every one (needs ../shared/data)',
  async () => {
    const shoppers = await readShoppers(sharedData('x5-retailhero/clients.jsonl.gz'));
    const programId = newId();
    let receipts = 0;
    let end = 0;
    for (const shopper of shoppers) {
      const account = { profileId: newId(), programId };
      await open(client, account, shopper);
      let active = shopper.opening;
      for (const receipt of shopper.receipts) {
        await postReceipt(client, account, receipt);
        active += receipt.received - receipt.spent;
        receipts += 1;
        expect(await balanceOf(client, account)).toEqual({ active, pending: 0, held: 0, debt: 0 });
      }
      expect(active).toBe(total(shopper));
      expect(await violations()).toEqual([]);
      end += active;
    }
    expect([shoppers.length, receipts]).toEqual([56, 1168]);
    const { rows } = await client.query<{ active: string }>(
      'select sum(active) as active from loyalty_account',
    );
    expect(Number(rows[0]?.active)).toBe(end);
  },
);

test.skipIf(sharedDataMissing)(
  'with one tenth less before the record, somebody spends what is not there (needs ../shared/data)',
  async () => {
    const shoppers = await readShoppers(sharedData('x5-retailhero/clients.jsonl.gz'));
    const tight = shoppers.find(({ opening }) => opening > 0);
    if (tight === undefined) throw new Error('nobody spends what was there before');
    const account = { profileId: newId(), programId: newId() };
    await open(client, account, { ...tight, opening: tight.opening - 1 });
    const replayed = (async () => {
      for (const receipt of tight.receipts) await postReceipt(client, account, receipt);
    })();
    await expect(replayed).rejects.toThrow('InsufficientPoints');
    await client.query('rollback');
  },
);
