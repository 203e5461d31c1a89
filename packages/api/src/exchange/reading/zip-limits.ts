import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { UnreadableFile } from '../exchange.errors.ts';

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its own header stands in the file. */
  readonly at: number;
}

export interface ZipLimits {
  /** Bytes of all entries unpacked. */
  readonly total: number;
  /** Bytes of one entry, by its name. */
  readonly entry: (name: string) => number;
  /** Unpacked bytes for each packed one, of entries large enough to matter. */
  readonly ratio: number;
}

const MOST_ENTRIES = 5_000;
const MATTERS = 10_000_000;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const ZIP64 = 0xffffffff;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;

/**
 * Refuses a packed file that would unpack into more than is good: by what it says of itself, and then, because it may
 * lie, by unpacking it into nothing with the same limits. Memory does not grow with it.
 * @throws UnreadableFile
 */
export async function checkZip(path: string, limits: ZipLimits): Promise<void> {
  const file = await open(path);
  try {
    const entries = await readEntries(file);
    let total = 0;
    for (const { name, packed, unpacked } of entries) {
      total += unpacked;
      const tooMuch = unpacked > MATTERS && unpacked > packed * limits.ratio;
      if (tooMuch || unpacked > limits.entry(name) || total > limits.total) throw packedTooMuch(limits.total);
    }
    for (const entry of entries) await unpackIntoNothing(path, file, entry);
  } finally {
    await file.close();
  }
}

async function readEntries(file: FileHandle): Promise<ZipEntry[]> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - END_LENGTH - LONGEST_COMMENT), size);
  let end = tail.length - END_LENGTH;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
  if (end < 0) throw damaged();
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const from = tail.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES || length === ZIP64 || from === ZIP64) throw packedTooMuch(MOST_ENTRIES);
  const directory = await bytesAt(file, from, from + length);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) throw damaged();
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function unpackIntoNothing(path: string, file: FileHandle, entry: ZipEntry): Promise<void> {
  if (entry.method !== 8 || entry.packed === 0) return;
  const header = await bytesAt(file, entry.at, entry.at + 30);
  if (header.length < 30) throw damaged();
  const start = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > entry.unpacked ? packedTooMuch(entry.unpacked) : null);
    },
  });
  count.resume();
  try {
    await pipeline(
      createReadStream(path, { start, end: start + entry.packed - 1 }),
      createInflateRaw({ chunkSize: 262_144 }),
      count,
    );
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged();
  }
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const length = Math.max(0, to - from);
  if (length > 64_000_000) throw damaged();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

function damaged(): UnreadableFile {
  return new UnreadableFile('the file is damaged: it is no whole spreadsheet', { reason: 'DAMAGED' });
}

function packedTooMuch(limit: number): UnreadableFile {
  return new UnreadableFile('the file unpacks into far more than it should: save it as CSV', {
    reason: 'PACKED_TOO_MUCH',
    limit,
  });
}
