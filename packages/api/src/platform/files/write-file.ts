import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { folderOf, pathOf, type Place } from './file-path.ts';

/** More came than may. */
export class FileTooLarge extends RequestError {
  constructor(limit: number) {
    super('BAD_REQUEST', `The file has more than ${Math.floor(limit / 1_000_000)} MB.`);
  }
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/**
 * Writes a stream piece by piece, nothing of it in memory. What was written of a broken one is removed.
 * @returns its bytes
 * @throws FileTooLarge @throws RequestError UNAVAILABLE where nothing can be stored
 */
export async function writeFile(
  ctx: Pick<Context, 'dataDir'>,
  file: { place: Place; id: string },
  source: Readable | AsyncIterable<Uint8Array | string>,
  limit: number,
): Promise<number> {
  const path = pathOf(ctx, file);
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limit ? new FileTooLarge(limit) : null, chunk);
    },
  });
  try {
    await mkdir(folderOf(ctx, file.place), { recursive: true, mode: 0o700 });
    const readable = source instanceof Readable ? source : Readable.from(source);
    await pipeline(readable, counting, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    return bytes;
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    if (NO_ROOM.has((error as NodeJS.ErrnoException).code ?? ''))
      throw new RequestError('UNAVAILABLE', 'The server cannot store anything right now.', 30_000);
    throw error;
  }
}
