/** A process that works at a task until it is killed: `node killed-worker.fixture.ts <database> <task>`. */
import { SYSTEM_ACTOR } from '../company/index.ts';
import { systemClock } from '../platform/clock.ts';
import type { Context } from '../platform/context.ts';
import { openDatabase } from '../platform/database/database.ts';
import { createLog } from '../platform/log.ts';
import { createVault } from '../platform/vault.ts';
import { registerTaskKinds } from '../platform/tasks/kinds.ts';
import { runTask } from '../platform/tasks/run-task.ts';

const [url = '', taskId = ''] = process.argv.slice(2);
const log = createLog('silent');
const database = await openDatabase({ url, entities: [], log });
const ctx: Context = {
  actor: SYSTEM_ACTOR,
  clock: systemClock,
  database,
  em: database.em(),
  sql: database.sql,
  vault: createVault('a secret nobody needs, of thirty-two letters'),
  log,
  mode: 'demo',
  dataDir: '/nonexistent',
};
registerTaskKinds(database, [
  {
    kind: 'test.work',
    scope: 'imports.run',
    async run(_ctx, _facts, report) {
      report(37, 100);
      await new Promise(() => setInterval(() => undefined, 1_000));
    },
  },
]);
await runTask(ctx, taskId);
