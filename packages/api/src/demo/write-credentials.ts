import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createApiKey, issuePairingCode, pairTill } from '../company/index.ts';
import { demoFile, readDemoCredentials, type DemoCredentials } from '../pages/index.ts';
import type { Context } from '../platform/context.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { CASHIER_PIN, MANAGER_PIN, OWNER } from './create-demo-company.ts';
import type { DemoCompany } from './demo-setting.ts';

export interface CredentialsPlace {
  dataDir: string;
  /** Where the company is served. */
  url: string;
}

/**
 * What opens the demo company, into `demo.json` in the data folder. Tokens are shown once, so a file that is gone is
 * answered by new ones: the till is paired anew.
 */
export async function writeNewCredentials(
  ctx: Context,
  company: DemoCompany,
  { dataDir, url }: CredentialsPlace,
): Promise<void> {
  const [store] = company.stores;
  const [cashierId] = store?.cashierIds ?? [];
  if (store === undefined || cashierId === undefined) throw new Error('the demo company has no store');
  const { code } = await issuePairingCode(ctx, { tillId: store.tillId });
  const { token } = await pairTill(ctx, { code });
  const { key } = await createApiKey(ctx, { name: 'Демо-партнёр', scopes: 'ALL' });
  await writePrivately(dataDir, {
    url,
    admin: OWNER,
    till: { token, storeCode: store.code },
    cashier: { id: globalId('Staff', cashierId), pin: CASHIER_PIN },
    manager: { id: globalId('Staff', store.managerId), pin: MANAGER_PIN },
    partner: { key },
  });
}

/** The server may serve elsewhere than last time. @returns whether there were credentials to keep */
export async function keepCredentials({ dataDir, url }: CredentialsPlace): Promise<boolean> {
  const known = await readDemoCredentials(dataDir);
  if (known === null) return false;
  if (known.url !== url) await writePrivately(dataDir, { ...known, url });
  return true;
}

/** Whole or not at all, and for its owner only. */
async function writePrivately(dataDir: string, credentials: DemoCredentials): Promise<void> {
  const file = demoFile(dataDir);
  const unfinished = `${file}.${process.pid}`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(unfinished, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
