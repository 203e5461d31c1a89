import { chmod, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { findBinaries, unusable } from './binaries.ts';
import {
  connectionUrl,
  DATABASE,
  clusterFolder,
  leaveToOwner,
  prepareCluster,
  readConnection,
  writeConnection,
} from './cluster.ts';
import { dataDirHolder, lockDataDir } from './data-dir-lock.ts';
import type { DataDirLock } from './data-dir-lock.ts';
import { DiskFull } from './embedded.errors.ts';
import { candidatePorts } from './ports.ts';
import { PortTaken, startPostmaster, stopSurvivor } from './postmaster.ts';
import type { Postmaster } from './postmaster.ts';
import { chooseRunAs } from './run-as.ts';
import type { RunAs } from './run-as.ts';
import { serverSettings } from './settings.ts';
import { supervise } from './supervise.ts';

export interface EmbeddedOptions {
  /** Absolute; made when missing. The cluster stands in `postgres/`, its password in `postgres.json`. */
  readonly dataDir: string;
  /** Default: the one of the last start when it is free, else any free one. */
  readonly port?: number;
  /** PostgreSQL settings over those for a small machine. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly url: string;
  readonly port: number;
  /** Of the server as last started: it is started again when it dies by itself. */
  readonly pid: number;
  /** Whether another process runs the server and this one only connects. */
  readonly reused: boolean;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL in the data folder. One living process per folder; a server left over from a process that was
 * killed is stopped first. The server ends with this process: by `stop`, at its exit, and where the system has
 * `setpriv` even when it is killed outright.
 * @throws EmbeddedPostgresError, each kind with its own advice
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const dataDir = await openDataDir(options.dataDir);
  const lock = await lockDataDir(dataDir);
  try {
    const runAs = chooseRunAs(binaries, dataDir);
    if (runAs.notice !== undefined) options.log(runAs.notice);
    return await startLocked({ ...options, dataDir }, runAs, lock);
  } catch (error) {
    await lock.release();
    throw fileProblem(dataDir, error);
  }
}

/**
 * For the command line beside a running server.
 * @returns undefined when nobody runs the folder's server: start it then.
 */
export async function runningEmbeddedPostgres(folder: string): Promise<{ url: string } | undefined> {
  const dataDir = await realpath(folder).catch(() => undefined);
  if (dataDir === undefined || (await dataDirHolder(dataDir)) === undefined) return undefined;
  const connection = await readConnection(dataDir).catch((error: unknown) => {
    throw fileProblem(dataDir, error);
  });
  return connection === undefined || connection.port === 0 ? undefined : { url: connectionUrl(connection) };
}

/** Connects to the folder's running server, or runs it for as long as this process needs it. */
export async function openEmbeddedPostgres(
  options: EmbeddedOptions,
): Promise<Pick<EmbeddedPostgres, 'url' | 'reused' | 'stop'>> {
  const running = await runningEmbeddedPostgres(options.dataDir);
  return running
    ? { url: running.url, reused: true, stop: async () => undefined }
    : startEmbeddedPostgres(options);
}

async function openDataDir(folder: string): Promise<string> {
  try {
    // Passable, not readable: PostgreSQL may run as another user, its own folder inside is 0700.
    if ((await mkdir(folder, { recursive: true, mode: 0o755 })) !== undefined) await chmod(folder, 0o711);
    return await realpath(folder);
  } catch (error) {
    throw unusable(folder, error);
  }
}

async function startLocked(
  options: EmbeddedOptions,
  runAs: RunAs,
  lock: DataDirLock,
): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options;
  const logFile = join(dataDir, 'postgres.log');
  const settings = options.settings ?? {};
  // Before its files may change hands.
  const stopped = await stopSurvivor(clusterFolder(runAs), logFile);
  if (stopped !== undefined)
    log(`PostgreSQL left over from an earlier start (process ${stopped}) was stopped.`);
  const cluster = await prepareCluster(runAs, dataDir, settings['fsync'] !== 'off');
  const kept = await readConnection(dataDir);
  const startOn = (port: number): Promise<Postmaster> =>
    startPostmaster({ runAs, dataDir, cluster, logFile, port, settings: serverSettings(settings) });
  const { postmaster, port } = await startOnFreePort(startOn, [options.port ?? 0, kept?.port ?? 0]);
  try {
    const connection = { port, password: kept?.password ?? '' };
    await writeConnection(dataDir, connection);
    await leaveToOwner(logFile, dataDir);
    await ensureDatabase(connectionUrl(connection, 'postgres'));
    const server = supervise({ postmaster, start: () => startOn(port), lock, log });
    return {
      url: connectionUrl(connection),
      port,
      reused: false,
      stop: server.stop,
      get pid() {
        return server.pid();
      },
    };
  } catch (error) {
    await postmaster.stop(0);
    throw error;
  }
}

async function startOnFreePort(
  startOn: (port: number) => Promise<Postmaster>,
  wished: readonly number[],
): Promise<{ postmaster: Postmaster; port: number }> {
  let last: unknown;
  for (const port of await candidatePorts(wished)) {
    try {
      return { postmaster: await startOn(port), port };
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error;
      last = error;
    }
  }
  throw last;
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(DATABASE)}`);
  } finally {
    await client.end();
  }
}

function fileProblem(dataDir: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  return error.code === 'ENOSPC' ? new DiskFull(dataDir) : unusable(dataDir, error);
}
