import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { Client } from 'pg';
import { balanceOf, open, postReceipt, readShoppers } from '../../stories/x5-receipts.ts';
import { say, type Measure } from '../harness/results.ts';
import { query, type BenchServer } from '../harness/server.ts';

const path = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'shared',
  'data',
  'x5-retailhero',
  'clients.jsonl.gz',
);

/** A real grocery program, receipt by receipt over one connection: what one till after another would do. */
export async function measureX5(server: BenchServer): Promise<Measure[]> {
  if (!existsSync(path)) {
    say(`X5 RetailHero is left out: there is no ${path}.`);
    return [];
  }
  const url = await server.database('x5');
  const shoppers = await readShoppers(path);
  const programId = newId();
  const client = new Client({ connectionString: url });
  await client.connect();
  let receipts = 0;
  let wrong = 0;
  const began = performance.now();
  for (const shopper of shoppers) {
    const account = { profileId: newId(), programId };
    await open(client, account, shopper);
    for (const receipt of shopper.receipts) await postReceipt(client, account, receipt);
    receipts += shopper.receipts.length;
    const end = shopper.receipts.reduce(
      (sum, { received, spent }) => sum + received - spent,
      shopper.opening,
    );
    if ((await balanceOf(client, account)).active !== end) wrong += 1;
  }
  const seconds = (performance.now() - began) / 1000;
  await client.end();
  const violations = await query(url, 'select * from public.verify_ledger()');
  return [
    { target: '', name: 'X5 RetailHero, receipts posted one by one', value: receipts / seconds, unit: '/s' },
    { target: '', name: 'X5 RetailHero: balances that differ from opening + Σ', value: wrong, unit: '' },
    { target: '', name: 'X5 RetailHero: ledger violations', value: violations.length, unit: '' },
  ];
}
