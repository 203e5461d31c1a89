import { expect, test } from 'vitest';
import { findBinaries, tryBinary } from './binaries.ts';
import { lastWord, saysDiskFull } from './cluster.ts';
import { MissingLibrary, UnsupportedPlatform } from './embedded.errors.ts';

test('a machine without binaries is told about DATABASE_URL', async () => {
  await expect(findBinaries('darwin', 'arm64')).rejects.toThrow(
    'The embedded PostgreSQL runs on 64-bit Intel/AMD Linux with glibc only (this is darwin arm64): ' +
      'set DATABASE_URL to a PostgreSQL 16 or newer.',
  );
  expect(await findBinaries('linux', 'x64')).toMatchObject({
    postgres: expect.stringMatching(/bin\/postgres$/),
  });
});

const sh =
  (script: string): (() => string) =>
  () =>
    tryBinary('sh', ['-c', script], {});

test('a library the system lacks is named', () => {
  const said =
    'postgres: error while loading shared libraries: libfoo.so.1: cannot open shared object file: No such file';
  expect(sh(`echo '${said}' >&2; exit 127`)).toThrow(MissingLibrary);
  expect(sh(`echo '${said}' >&2; exit 127`)).toThrow('needs the system library libfoo.so.1: install it');
});

test('a missing loader is another C library, a refusal is a closed path', () => {
  expect(() => tryBinary('/no/such/loader', [], {})).toThrow(UnsupportedPlatform);
  expect(sh('exit 126')()).toBe('closed');
  expect(sh('exit 0')()).toBe('works');
});

test.each([
  [
    '2026-11-22 02:37:19.881 UTC [5491] FATAL:  data directory has wrong ownership\nHINT: x',
    'data directory has wrong ownership',
  ],
  [
    'initdb: error: could not create directory: Read-only file system',
    'could not create directory: Read-only file system',
  ],
  ['a\nlast line.\n', 'last line'],
  ['', 'no reason given'],
])('PostgreSQL’s last word of %j', (log, word) => {
  expect(lastWord(log)).toBe(word);
});

test('a full disk is recognised by PostgreSQL’s error or its hint', () => {
  expect(saysDiskFull('FATAL:  could not extend file "base/1/2691": No space left on device')).toBe(true);
  const cutShort =
    'could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.';
  expect(saysDiskFull(cutShort)).toBe(true);
  expect(saysDiskFull('FATAL:  data directory has wrong ownership')).toBe(false);
});
