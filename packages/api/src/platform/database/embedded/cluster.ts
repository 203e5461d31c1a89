import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chown,
  lchown,
  lstat,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { postgresEnvironment } from './binaries.ts';
import { DataDirUnusable, DiskFull, PostgresFailed } from './embedded.errors.ts';
import { identityOf } from './run-as.ts';
import type { Owner, RunAs } from './run-as.ts';

const MAJOR_VERSION = '18';
export const SUPERUSER = 'clientele';
export const DATABASE = 'clientele';

/** What another process of the same user needs to connect; kept 0600 beside the cluster, never in it. */
export interface ConnectionFile {
  readonly port: number;
  readonly password: string;
}

export const clusterFolder = (runAs: RunAs): string => join(runAs.home, 'postgres');

const connectionFile = (dataDir: string): string => join(dataDir, 'postgres.json');

/** @returns undefined when there is no cluster yet. */
export async function readConnection(dataDir: string): Promise<ConnectionFile | undefined> {
  const text = await readIfThere(connectionFile(dataDir));
  if (text === undefined) return undefined;
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { port, password } = { port: 0, password: '', ...parsed };
  return { port: Number(port), password: String(password) };
}

export async function writeConnection(dataDir: string, connection: ConnectionFile): Promise<void> {
  const draft = `${connectionFile(dataDir)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  await leaveToOwner(draft, dataDir);
  await rename(draft, connectionFile(dataDir));
}

export function connectionUrl({ port, password }: ConnectionFile, database: string = DATABASE): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Makes the cluster on first start, else checks that it is one this version opens and that it belongs to the user
 * PostgreSQL will run as.
 * @returns the cluster's folder
 * @throws DataDirUnusable, DiskFull, PostgresFailed
 */
export async function prepareCluster(runAs: RunAs, dataDir: string, durable: boolean): Promise<string> {
  const cluster = clusterFolder(runAs);
  const version = await readIfThere(join(cluster, 'PG_VERSION'));
  const password = (await readConnection(dataDir))?.password;
  if (version === undefined || password === undefined) {
    await refuseForeign(cluster, dataDir, version);
    await createCluster(runAs, dataDir, cluster, durable);
    return cluster;
  }
  if (version.trim() !== MAJOR_VERSION) {
    throw new DataDirUnusable(
      dataDir,
      `its database is of PostgreSQL ${version.trim()}, this is ${MAJOR_VERSION}`,
    );
  }
  const { uid } = await stat(cluster);
  if (runAs.owner === undefined && uid !== process.getuid?.()) {
    throw new DataDirUnusable(dataDir, `its database belongs to another user, number ${uid}`);
  }
  if (runAs.owner !== undefined && uid !== runAs.owner.uid) await giveTo(cluster, runAs.owner);
  return cluster;
}

/** An existing folder is never overwritten: without its password nobody here made it, or the password file was lost. */
async function refuseForeign(cluster: string, dataDir: string, version: string | undefined): Promise<void> {
  if (version !== undefined)
    throw new DataDirUnusable(dataDir, `postgres.json with its database's password is missing`);
  const entries = existsSync(cluster) ? await readdir(cluster) : [];
  if (entries.length > 0)
    throw new DataDirUnusable(dataDir, `${cluster} holds something that is not a database`);
}

/** Made beside its place and renamed, so that an interrupted first start leaves nothing half-made behind. */
async function createCluster(
  runAs: RunAs,
  dataDir: string,
  cluster: string,
  durable: boolean,
): Promise<void> {
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  await writeFile(join(draft, 'password'), password, { mode: 0o600 });
  if (runAs.owner !== undefined) await giveTo(draft, runAs.owner);
  try {
    runInitdb(runAs, draft, dataDir, durable);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  await writeConnection(dataDir, { port: 0, password });
  await rename(join(draft, 'data'), cluster);
  await rm(draft, { recursive: true, force: true });
}

function runInitdb(runAs: RunAs, draft: string, dataDir: string, durable: boolean): void {
  const [command = runAs.binaries.initdb, ...args] = [
    ...runAs.prefix,
    runAs.binaries.initdb,
    `--pgdata=${join(draft, 'data')}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${join(draft, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync', '--no-data-checksums']),
  ];
  const result = spawnSync(command, args, {
    ...identityOf(runAs),
    cwd: draft,
    env: postgresEnvironment(),
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  const said = `${result.error?.message ?? ''}${result.stderr}`.trim();
  if (saysDiskFull(said)) throw new DiskFull(dataDir);
  throw new PostgresFailed(lastWord(said), dataDir);
}

/** A write cut short is told by its hint alone. */
export function saysDiskFull(log: string): boolean {
  return /No space left on device|Check free disk space/.test(log);
}

/** PostgreSQL's own last complaint out of a log. */
export function lastWord(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const complaint =
    lines.findLast((line) => /\b(FATAL|PANIC|error)\b/.test(line)) ?? lines.at(-1) ?? 'no reason given';
  return complaint
    .replace(/^.*?\b(FATAL|PANIC|error): */, '')
    .replace(/\.$/, '')
    .trim();
}

/** Absent is one thing, unreadable another: only what is not there may be made anew. */
async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What root writes into somebody's data folder stays readable by them. */
export async function leaveToOwner(file: string, dataDir: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dataDir);
  await chown(file, uid, gid);
}

/** Needed once, when the user PostgreSQL runs as changes: a folder was closed or opened since. */
async function giveTo(path: string, owner: Owner): Promise<void> {
  await lchown(path, owner.uid, owner.gid);
  if (!(await lstat(path)).isDirectory()) return;
  for (const child of await readdir(path)) await giveTo(join(path, child), owner);
}
