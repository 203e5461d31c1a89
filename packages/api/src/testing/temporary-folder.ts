import { statfsSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOM_BYTES = 4_000_000_000;

/** Where throw-away clusters stand: in memory where there is plenty (ten times faster to copy), else on disk. */
export function temporaryRoot(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > ROOM_BYTES ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A new folder that PostgreSQL may pass through whatever user it runs as. */
export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(temporaryRoot(), prefix));
  await chmod(folder, 0o711);
  return folder;
}
