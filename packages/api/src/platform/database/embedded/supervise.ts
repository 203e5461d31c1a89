import { setTimeout as delay } from 'node:timers/promises';
import type { DataDirLock } from './data-dir-lock.ts';
import type { Postmaster } from './postmaster.ts';

/** Within PostgreSQL's own limit for a fast shutdown of a small database; past it crash recovery does the rest. */
const STOP_LIMIT_MS = 2500;
const RESTARTS_IN_A_ROW = 5;
const CALM_MS = 60_000;

export interface Supervised {
  pid(): number;
  stop(): Promise<void>;
}

export interface Supervision {
  readonly postmaster: Postmaster;
  readonly start: () => Promise<Postmaster>;
  readonly lock: DataDirLock;
  readonly log: (line: string) => void;
}

/** Starts a server that died by itself again, on the same port, and ends it with this process. */
export function supervise({ postmaster, start, lock, log }: Supervision): Supervised {
  let current = postmaster;
  let stopping: Promise<void> | undefined;
  let restarting: Promise<void> | undefined;
  let deaths = 0;
  const atExit = (): void => current.signalStop();
  process.once('exit', atExit);

  const restart = async (): Promise<void> => {
    deaths += 1;
    if (deaths > RESTARTS_IN_A_ROW)
      return log('PostgreSQL keeps dying and is left stopped: see postgres.log.');
    log(`PostgreSQL (process ${current.pid}) ended by itself and is started again.`);
    const failed = await start().then(
      (next) => void (current = next),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (failed !== undefined) return log(failed);
    watch();
    void delay(CALM_MS, undefined, { ref: false }).then(() => (deaths = 0));
  };
  const watch = (): void => {
    void current.ended.then(() => (stopping === undefined ? (restarting = restart()) : undefined));
  };
  watch();

  const stop = async (): Promise<void> => {
    await restarting;
    await current.stop(STOP_LIMIT_MS);
    process.removeListener('exit', atExit);
    await lock.release();
  };
  return { pid: () => current.pid, stop: () => (stopping ??= stop()) };
}
