import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, matchesGlob, sep } from 'node:path';
import { PullFailed, type ScheduleRow } from './schedule.ts';

export interface FoundInFolder {
  name: string;
  /** Absolute. */
  path: string;
  fingerprint: string;
}

/** Inside IMPORT_DIR, by plain names: no way up, no way from the root. */
export function isInnerPath(location: string): boolean {
  return (
    !isAbsolute(location) &&
    !location.includes('\0') &&
    location.split(/[\\/]/).every((part) => part !== '..')
  );
}

/**
 * Files of a schedule's folder that fit its pattern, by name. Links that lead out of IMPORT_DIR are not followed.
 * @throws PullFailed
 */
export async function findFiles(
  { location, pattern }: Pick<ScheduleRow, 'location' | 'pattern'>,
  importDir: string | null,
): Promise<FoundInFolder[]> {
  if (importDir === null) throw new PullFailed('NO_IMPORT_DIR', 'IMPORT_DIR is not set on this server.');
  if (!isInnerPath(location)) throw new PullFailed('OUTSIDE', 'The folder is outside of IMPORT_DIR.');
  const root = await realpath(importDir).catch(missing);
  const folder = await realpath(join(importDir, location)).catch(missing);
  if (!isWithin(root, folder)) throw new PullFailed('OUTSIDE', 'The folder is outside of IMPORT_DIR.');
  const names = await readdir(folder).catch(missing);
  const files: FoundInFolder[] = [];
  for (const name of names.toSorted()) {
    if (name.startsWith('.') || !matchesGlob(name, pattern)) continue;
    const path = await realpath(join(folder, name)).catch(() => null);
    if (path === null || !isWithin(root, path)) continue;
    const found = await stat(path);
    if (found.isFile()) files.push({ name, path, fingerprint: `${found.size}:${found.mtimeMs}` });
  }
  return files;
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function missing(): never {
  throw new PullFailed('NO_FOLDER', 'There is no such folder, or it may not be read.');
}
