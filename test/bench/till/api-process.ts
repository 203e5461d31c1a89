/** The API in a process of its own, as `pnpm start` runs it; told over the fork's channel. */
import { randomBytes } from 'node:crypto';
import { buildApp } from '@clientele/api/src/app.ts';
import type { Role } from '@clientele/api/src/platform/config.ts';

export interface ApiJob {
  databaseUrl: string;
  dataDir: string;
  roles: Role[];
  /** Where another process writes to the same database. */
  appSecret?: string;
}

export type ApiMessage = { ready: string } | { rss: number };

function tell(message: ApiMessage): void {
  process.send?.(message);
}

process.once('message', (job: ApiJob) => void run(job));
// The benchmark is gone: nobody is measured any more.
process.once('disconnect', () => process.exit());

async function run({ databaseUrl, dataDir, roles, appSecret }: ApiJob): Promise<void> {
  const app = await buildApp(
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl,
      dataDir,
      mode: 'demo',
      roles: new Set(roles),
      appSecret: appSecret ?? randomBytes(32).toString('base64url'),
      logLevel: 'error',
      trustedProxies: [],
    },
    { databaseUrl },
  );
  tell({ ready: await app.listen() });
  process.on('message', (word: 'memory' | 'stop') => {
    if (word === 'memory') return tell({ rss: process.memoryUsage().rss });
    void app.stop().then(() => process.disconnect());
  });
}
