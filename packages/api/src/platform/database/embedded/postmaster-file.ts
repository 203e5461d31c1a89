import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server writes into `postmaster.pid` (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_*). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `stopping`, `ready`, `standby`. */
  readonly status: string;
}

export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), status: lines[7]?.trim() ?? 'starting' };
}

export type Survivor = 'none' | 'running' | 'recycled';

/**
 * Judges the process a left-over file names: still the server of this cluster, gone, or (after a restart of the
 * machine or container) a stranger with the same number.
 */
export async function judgeSurvivor(cluster: string, pid: number): Promise<Survivor> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (status === undefined) return 'none';
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  const ours = words[words.indexOf('-D') + 1] === cluster && words.some((word) => word.endsWith('postgres'));
  return ours ? 'running' : 'recycled';
}

/**
 * PostgreSQL refuses to start while the number in the file belongs to any living process. The file itself stays: its
 * shared-memory key is how PostgreSQL notices backends that outlived their server.
 */
export async function disownRecycledPid(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8')).split('\n');
  const beyondEveryPid = '4194305';
  await writeFile(file, [beyondEveryPid, ...lines.slice(1)].join('\n'));
}
