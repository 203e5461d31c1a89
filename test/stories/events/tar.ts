const BLOCK = 512;

/** The files of a tar archive (ustar) by name, without their folders. */
export function filesOf(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= archive.length;) {
    const name = text(archive, at, 100);
    if (name === '') break;
    const size = Number.parseInt(text(archive, at + 124, 12), 8);
    const kind = text(archive, at + 156, 1);
    const from = at + BLOCK;
    if (kind === '0' || kind === '')
      files.set(name.split('/').at(-1) ?? name, archive.subarray(from, from + size));
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function text(archive: Buffer, at: number, length: number): string {
  const [value = ''] = archive.toString('latin1', at, at + length).split('\0');
  return value;
}
