import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import { SYSTEM_ACTOR } from '../company/index.ts';
import { entities } from '../entities.ts';
import { ManualClock } from '../platform/clock.ts';
import type { Context } from '../platform/context.ts';
import { openDatabase } from '../platform/database/database.ts';
import { APPLICATION_ROLE } from '../platform/database/migrate.ts';
import { createLog } from '../platform/log.ts';
import { createVault } from '../platform/vault.ts';
import { createTestDatabase } from './test-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestContext extends Context {
  readonly clock: ManualClock;
}

/** A context with a database of its own for the whole test file, and a folder; no API around it. */
export function useContext(): { readonly ctx: TestContext; readonly folder: string } {
  let made: { ctx: TestContext; folder: string } | undefined;
  let drop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const { url, drop: dropDatabase } = await createTestDatabase();
    const log = createLog('silent');
    const database = await openDatabase({ url, entities, log, role: APPLICATION_ROLE });
    const folder = await temporaryFolder('clientele-context-');
    drop = async () => {
      await database.close();
      await dropDatabase();
      await rm(folder, { recursive: true });
    };
    const ctx: TestContext = {
      actor: SYSTEM_ACTOR,
      clock: new ManualClock('2026-11-22T09:00:00.000Z'),
      database,
      em: database.em(),
      sql: database.sql,
      vault: createVault(randomBytes(32).toString('base64url')),
      log,
      mode: 'demo',
      dataDir: folder,
    };
    made = { ctx, folder };
  });
  afterAll(() => drop?.());
  const use = () => {
    if (made === undefined) throw new Error('The context is not there before beforeAll.');
    return made;
  };
  return {
    get ctx() {
      return use().ctx;
    },
    get folder() {
      return use().folder;
    },
  };
}
