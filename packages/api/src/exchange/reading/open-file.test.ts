import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guessDelimiter, openTextFile } from './open-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-reading-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function textOf(path: string, encoding?: 'utf-8'): Promise<[string, string]> {
  const opened = await openTextFile(path, encoding);
  let text = '';
  for await (const piece of opened.pieces()) text += piece;
  return [opened.encoding, text];
}

it('unpacks gzip whatever the file is called, and counts the bytes on disk', async () => {
  const text = 'чек;сумма\n'.repeat(100_000);
  const packed = gzipSync(text);
  const path = await file('orders.csv', packed);
  const opened = await openTextFile(path);
  const read: number[] = [];
  let length = 0;
  for await (const piece of opened.pieces((bytes) => read.push(bytes))) length += piece.length;
  expect(length).toBe(text.length);
  expect(opened.size).toBe(packed.length);
  expect(read.at(-1)).toBe(packed.length);
});

it('guesses UTF-8, windows-1251 and UTF-16', async () => {
  const cyrillic = Uint8Array.from([0xd7, 0xe5, 0xea]);
  expect(await textOf(await file('a.csv', 'Чек'))).toEqual(['utf-8', 'Чек']);
  expect(await textOf(await file('b.csv', cyrillic))).toEqual(['windows-1251', 'Чек']);
  expect(await textOf(await file('c.csv', Buffer.from('\uFEFFЧек', 'utf16le')))).toEqual(['utf-16le', 'Чек']);
});

it('says what is wrong with a file it cannot read', async () => {
  const cut = gzipSync('a'.repeat(100_000)).subarray(0, 60);
  await expect(textOf(await file('cut.gz', cut))).rejects.toThrow(
    /cannot be unpacked: unexpected end of file/,
  );
  const cyrillic = Uint8Array.from([0xd7, 0xe5, 0xea, 0x0a]);
  await expect(textOf(await file('d.csv', cyrillic), 'utf-8')).rejects.toThrow(/is not text in utf-8/);
  await expect(openTextFile(join(folder, 'none.csv'))).rejects.toThrow(/there is no file/);
});

it('guesses the delimiter from the header', () => {
  expect(guessDelimiter('a;b;c,d\n1,2,3,4;5')).toBe(';');
  expect(guessDelimiter('a\tb\n')).toBe('\t');
  expect(guessDelimiter('alone')).toBe(',');
});
