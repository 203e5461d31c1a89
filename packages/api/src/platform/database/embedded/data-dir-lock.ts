import { createServer, connect } from 'node:net';
import { stat } from 'node:fs/promises';
import { DataDirBusy } from './embedded.errors.ts';

export interface DataDirLock {
  release(): Promise<void>;
}

/**
 * One living process per data folder. The lock is a socket in the kernel's abstract namespace, named by the folder's
 * inode: it vanishes with its process even after kill -9, so there is never a stale lock to judge.
 * @throws DataDirBusy
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const name = await lockName(dataDir);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(String(process.pid));
  });
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(true) : reject(error),
    );
    server.listen({ path: name }, () => resolve(false));
  });
  if (taken) throw new DataDirBusy(dataDir, await askHolder(name));
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** @returns the process that holds the folder, if any does. */
export async function dataDirHolder(dataDir: string): Promise<number | undefined> {
  return askHolder(await lockName(dataDir));
}

async function lockName(dataDir: string): Promise<string> {
  const { dev, ino } = await stat(dataDir, { bigint: true });
  return `\0clientele-data:${dev}:${ino}`;
}

function askHolder(name: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path: name });
    let answer = '';
    socket.setEncoding('utf8').setTimeout(1000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(/^\d+$/.test(answer) ? Number(answer) : undefined));
  });
}
