import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UnreadableFile } from '../exchange.errors.ts';

export type FileEncoding = 'auto' | 'utf-8' | 'windows-1251' | 'utf-16le' | 'utf-16be' | 'iso-8859-1';

export interface TextFile {
  /** Bytes on disk: what progress counts. */
  readonly size: number;
  readonly encoding: Exclude<FileEncoding, 'auto'>;
  /** The beginning, enough to guess what separates its columns. */
  readonly beginning: string;
  /**
   * The text in pieces, in order; memory does not grow with the file.
   * @param onProgress bytes of the file read so far
   * @throws UnreadableFile
   */
  pieces(onProgress?: (bytes: number) => void): AsyncGenerator<string>;
}

const SAMPLE = 65_536;
const PIECE = 262_144;

/** A text file, packed by gzip or not. @throws UnreadableFile */
export async function openTextFile(path: string, encoding: FileEncoding = 'auto'): Promise<TextFile> {
  const { size } = await stat(path).catch(() => {
    throw new UnreadableFile(`there is no file ${path}`, { reason: 'NO_FILE' });
  });
  const packed = await isPacked(path);
  const sample = await firstBytes(bytesOf(path, packed));
  const found = encoding === 'auto' ? guessEncoding(sample) : encoding;
  return {
    size,
    encoding: found,
    beginning: new TextDecoder(found).decode(sample, { stream: true }),
    pieces: (onProgress) => decoded(path, packed, found, onProgress),
  };
}

async function* decoded(
  path: string,
  packed: boolean,
  encoding: string,
  onProgress?: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const bytes of bytesOf(path, packed, onProgress))
      yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError)
      throw new UnreadableFile(`${path} is not text in ${encoding}: name its encoding in the mapping`, {
        reason: 'ENCODING',
      });
    throw error;
  }
}

async function* bytesOf(
  path: string,
  packed: boolean,
  onProgress?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: PIECE });
  file.on('data', () => onProgress?.(file.bytesRead));
  if (!packed) return yield* file;
  const out = new PassThrough({ highWaterMark: PIECE });
  const flow = pipeline(file, createGunzip({ chunkSize: PIECE }), out).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(`${path} cannot be unpacked: ${reason}`, { reason: 'DAMAGED' });
  });
  // Whoever reads gets the reason; a reader who stops early leaves a closed stream, which is no mistake.
  flow.catch(() => undefined);
  try {
    yield* out;
    await flow;
  } catch (error) {
    await flow;
    throw error;
  } finally {
    file.destroy();
  }
}

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function firstBytes(source: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  for await (const bytes of source) return bytes.subarray(0, SAMPLE);
  return new Uint8Array();
}

/** UTF-8 where the beginning is; else the encoding Russian shops still export in. */
function guessEncoding(sample: Uint8Array): Exclude<FileEncoding, 'auto'> {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const wide = guessWide(sample);
  if (wide !== null) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
}

/** Digits and delimiters of UTF-16 have a zero byte beside them, on one side or the other; other texts have none. */
function guessWide(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if ((even + odd) * 20 < sample.length) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** What separates the columns of the first line: the candidate it holds most of. */
export function guessDelimiter(beginning: string): string {
  const [header = ''] = beginning.split('\n', 1);
  const count = (candidate: string): number => header.split(candidate).length;
  return [',', ';', '\t', '|'].reduce((best, each) => (count(each) > count(best) ? each : best), ',');
}
