import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { postgresEnvironment } from './binaries.ts';
import { lastWord, saysDiskFull } from './cluster.ts';
import { DiskFull, PostgresFailed } from './embedded.errors.ts';
import { disownRecycledPid, judgeSurvivor, readPostmasterFile } from './postmaster-file.ts';
import { identityOf } from './run-as.ts';
import type { RunAs } from './run-as.ts';

const LOG_LIMIT_BYTES = 10_000_000;
const POLL_MS = 15;
/** Crash recovery replays at most `max_wal_size` of log; a slow disk needs its time. */
const START_LIMIT_MS = 120_000;
const LAST_CONNECTIONS_MS = 300;
const LEAVING_LIMIT_MS = 10_000;
const LEAVING_POLL_MS = 200;

export interface Postmaster {
  readonly pid: number;
  /** Resolves when the process has ended, however. */
  readonly ended: Promise<void>;
  /** Fast shutdown; after `limitMs` the immediate one, which the next start recovers from. */
  stop(limitMs: number): Promise<void>;
  /** For the last moment of this process, where nothing can be awaited. */
  signalStop(): void;
}

export interface PostmasterOptions {
  readonly runAs: RunAs;
  readonly dataDir: string;
  readonly cluster: string;
  readonly logFile: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
}

/** The port was taken between choosing and binding it. */
export class PortTaken extends Error {}

/** Backends of a killed server still hold its shared memory; they notice within moments and go. */
class StillLeaving extends Error {}

/**
 * Starts the server and waits until it accepts connections.
 * @throws PortTaken, DiskFull, PostgresFailed
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  for (let step = 0; step < LEAVING_LIMIT_MS / LEAVING_POLL_MS; step += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (!(error instanceof StillLeaving)) throw error;
      await delay(LEAVING_POLL_MS);
    }
  }
  throw new PostgresFailed('processes of an earlier server do not end', options.logFile);
}

async function startOnce(options: PostmasterOptions): Promise<Postmaster> {
  await rotateLog(options.logFile);
  const logStart = await sizeOf(options.logFile);
  const postmaster = spawnPostmaster(options);
  let ended = false;
  void postmaster.ended.then(() => (ended = true));
  // A bounded count of steps, not a clock: the machine's clock may jump while it starts.
  for (let step = 0; step < START_LIMIT_MS / POLL_MS; step += 1) {
    if (ended) throw await whyItEnded(options, logStart);
    const file = await readPostmasterFile(options.cluster);
    if (file?.pid === postmaster.pid && file.status === 'ready') return postmaster;
    await delay(POLL_MS);
  }
  await postmaster.stop(0);
  throw new PostgresFailed(`it was not ready after ${START_LIMIT_MS / 1000} seconds`, options.logFile);
}

function spawnPostmaster({ runAs, cluster, logFile, port, settings }: PostmasterOptions): Postmaster {
  const [command = runAs.binaries.postgres, ...args] = [
    ...runAs.prefix,
    ...runAs.deathSignal,
    runAs.binaries.postgres,
    '-D',
    cluster,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const log = openSync(logFile, 'a', 0o600);
  // Its own session: Ctrl+C in a terminal reaches this process alone, which then stops things in the right order.
  const child = spawn(command, args, {
    ...identityOf(runAs),
    cwd: cluster,
    detached: true,
    stdio: ['ignore', log, log],
    env: postgresEnvironment(),
  });
  closeSync(log);
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    pid: child.pid ?? 0,
    ended,
    stop: (limitMs) => stopChild(child, ended, limitMs),
    signalStop: () => void child.kill('SIGINT'),
  };
}

async function stopChild(child: ChildProcess, ended: Promise<void>, limitMs: number): Promise<void> {
  child.ref();
  if (limitMs > 0) {
    // Connections being closed are waited for a moment, the rest are cut off.
    child.kill('SIGTERM');
    if (await within(ended, LAST_CONNECTIONS_MS)) return;
    child.kill('SIGINT');
    if (await within(ended, limitMs)) return;
  }
  child.kill('SIGQUIT');
  if (await within(ended, 2000)) return;
  child.kill('SIGKILL');
  await ended;
}

async function within(ended: Promise<void>, limitMs: number): Promise<boolean> {
  const giveUp = new AbortController();
  const timeout = delay(limitMs, false, { signal: giveUp.signal }).catch(() => false);
  const inTime = await Promise.race([ended.then(() => true), timeout]);
  giveUp.abort();
  return inTime;
}

/**
 * After a kill -9 of this process's predecessor its server may still be running, or be on its way out.
 * @returns the number of the server that was stopped, if there was one
 * @throws PostgresFailed when it cannot be stopped
 */
export async function stopSurvivor(cluster: string, logFile: string): Promise<number | undefined> {
  const file = await readPostmasterFile(cluster);
  if (file === undefined) return undefined;
  const survivor = await judgeSurvivor(cluster, file.pid);
  if (survivor === 'recycled') await disownRecycledPid(cluster);
  if (survivor !== 'running') return undefined;
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 5],
    ['SIGKILL', 2],
  ] as const) {
    if (!signalled(file.pid, signal)) break;
    for (let step = 0; step < (seconds * 1000) / POLL_MS; step += 1) {
      if ((await judgeSurvivor(cluster, file.pid)) !== 'running') return file.pid;
      await delay(POLL_MS);
    }
  }
  throw new PostgresFailed(
    `process ${file.pid}, left over from an earlier start, cannot be stopped`,
    logFile,
  );
}

function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

async function whyItEnded({ logFile, dataDir }: PostmasterOptions, logStart: number): Promise<Error> {
  const log = (await readFile(logFile)).subarray(logStart).toString();
  if (/could not bind .*Address already in use/.test(log)) return new PortTaken();
  if (log.includes('pre-existing shared memory block')) return new StillLeaving();
  if (saysDiskFull(log)) return new DiskFull(dataDir);
  return new PostgresFailed(lastWord(log), logFile);
}

async function rotateLog(logFile: string): Promise<void> {
  if ((await sizeOf(logFile)) > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.1`);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}
