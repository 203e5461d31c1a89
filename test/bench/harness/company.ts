import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { SYSTEM_ACTOR } from '@clientele/api/src/company/index.ts';
import { entities } from '@clientele/api/src/entities.ts';
import { systemClock } from '@clientele/api/src/platform/clock.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { openDatabase } from '@clientele/api/src/platform/database/database.ts';
import { APPLICATION_ROLE } from '@clientele/api/src/platform/database/migrate.ts';
import { createLog } from '@clientele/api/src/platform/log.ts';
import { createVault } from '@clientele/api/src/platform/vault.ts';

/**
 * The product over a database, with the rights of its system.
 * @param role of the database; null: the owner of the tables, who makes what a benchmark needs besides
 * @param appSecret where another process reads what is sealed here
 */
export async function openCompany(
  url: string,
  role: string | null = APPLICATION_ROLE,
  appSecret: string = randomBytes(32).toString('base64url'),
): Promise<{ ctx: Context; close(): Promise<void> }> {
  const log = createLog('warn');
  const database = await openDatabase({ url, entities, log, ...(role === null ? {} : { role }) });
  const ctx: Context = {
    actor: SYSTEM_ACTOR,
    clock: systemClock,
    database,
    em: database.em(),
    sql: database.sql,
    vault: createVault(appSecret),
    log,
    mode: 'demo',
    dataDir: tmpdir(),
  };
  return { ctx, close: () => database.close() };
}
