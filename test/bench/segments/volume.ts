import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedVolume } from '@clientele/api/src/demo/volume/index.ts';
import { openEmbeddedPostgres } from '@clientele/api/src/platform/database/embedded/index.ts';
import { APPLICATION_ROLE, migrateDatabase } from '@clientele/api/src/platform/database/migrate.ts';
import { SHOPPER_ROWS } from '@clientele/api/src/shopper-rows.ts';
import { openCompany } from '../harness/company.ts';
import { say } from '../harness/results.ts';
import type { BenchServer } from '../harness/server.ts';

/** A large company in a database of its own. */
export interface VolumeDatabase {
  readonly url: string;
  /** Contacts are sealed by it. */
  readonly appSecret: string;
  stop(): Promise<void>;
}

const SEED = 2_026;
let made = 0;

/** Made for this run. */
export async function makeVolume(server: BenchServer, people: number): Promise<VolumeDatabase> {
  say(`Making a company of ${people.toLocaleString('en-US')} people …`);
  made += 1;
  const url = await server.database(`segments_${made}`);
  const appSecret = randomBytes(32).toString('base64url');
  const { ctx, close } = await openCompany(url, APPLICATION_ROLE, appSecret);
  try {
    await seedVolume(ctx, { people, seed: SEED, registry: SHOPPER_ROWS });
  } finally {
    await close();
  }
  return { url, appSecret, stop: async () => undefined };
}

/**
 * The folder `VOLUME_DIR` that `clientele demo --profiles` filled (it is written into: give a copy), else one made now of
 * `PEOPLE` people.
 */
export async function largeVolume(server: BenchServer): Promise<VolumeDatabase> {
  const { VOLUME_DIR: dataDir, PEOPLE: people = '450000' } = process.env;
  if (dataDir === undefined) return makeVolume(server, Number(people));
  const { url, stop } = await openEmbeddedPostgres({ dataDir, log: say });
  await migrateDatabase(url);
  return { url, appSecret: readFileSync(join(dataDir, 'secret'), 'utf8').trim(), stop };
}
