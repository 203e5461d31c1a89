import { readdir, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { asActor, aKey, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { folderOf } from './file-path.ts';
import { forgetExpiredFiles, forgetFilesAbout, forgetListFiles } from './forget-files.ts';
import { keepFile } from './keep-file.ts';
import { findFile } from './read-file.ts';
import { FileTooLarge, writeFile } from './write-file.ts';

const server = useTestApp();

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

function aFile(
  ctx: Context,
  file: { scope?: string; about?: string[]; holdsList?: boolean; name?: string } = {},
) {
  const { name = 'покупатели.csv', ...rest } = file;
  return keepFile(ctx, {
    name,
    type: 'text/csv; charset=utf-8',
    stream: pieces('имя\n', 'Мария\n'),
    ...rest,
  });
}

const get = (id: string, token?: string) =>
  server.app.http.inject({
    method: 'GET',
    url: `/files/${id}`,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });

test('its owner downloads a file under its name, and that is noted', async () => {
  const ctx = server.app.context();
  const key = await aKey(ctx);
  const file = await aFile(asActor(ctx, key.actor));
  expect(file).toEqual({ id: file.id, name: 'покупатели.csv', bytes: 18 });
  const answer = await get(file.id, key.token);
  expect([answer.statusCode, answer.body]).toEqual([200, 'имя\nМария\n']);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('покупатели.csv')}`,
    'content-length': '18',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
  const noted = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'actor_id'])
    .where('subject', '=', `file:${file.id}`)
    .execute();
  expect(noted).toEqual([{ action: 'file.downloaded', actor_id: key.id }]);
});

test('a file is there for its owner, or for who has its scope, and for nobody else', async () => {
  const ctx = server.app.context();
  const owner = await aKey(ctx);
  const reader = await aKey(ctx, { scopes: ['profiles.export'] });
  const stranger = await aKey(ctx, { scopes: ['products.read'] });
  const own = await aFile(asActor(ctx, owner.actor));
  const shared = await aFile(asActor(ctx, owner.actor), { scope: 'profiles.export' });
  const status = async (id: string, token?: string) => (await get(id, token)).statusCode;
  expect([await status(own.id, owner.token), await status(own.id, reader.token)]).toEqual([200, 404]);
  expect([await status(shared.id, reader.token), await status(shared.id, stranger.token)]).toEqual([
    200, 404,
  ]);
  expect([
    await status(own.id),
    await status(own.id, 'ck_no'),
    await status('../secret', owner.token),
  ]).toEqual([401, 401, 404]);
  // Who lost the right to such data lost the file too.
  const lost = { ...owner.actor, scopes: new Set(['products.read']) };
  expect(await findFile(asActor(ctx, lost), shared.id, 'FILES')).toBeNull();
});

test('a day later a file is gone, from the folder too', async () => {
  const ctx = asSystem(server.app.context());
  const { id } = await aFile(ctx);
  server.app.clock.advance(86_399_000);
  expect(await findFile(ctx, id, 'FILES')).toMatchObject({ id });
  server.app.clock.advance(1_000);
  expect(await findFile(ctx, id, 'FILES')).toBeNull();
  await forgetExpiredFiles(ctx);
  expect(await readdir(folderOf(ctx, 'FILES'))).not.toContain(id);
});

test('files about an erased person go, and every list made before', async () => {
  const ctx = asSystem(server.app.context());
  const [erased, other] = [newId(), newId()];
  const about = await aFile(ctx, { about: [other, erased] });
  const elsewhere = await aFile(ctx, { about: [other] });
  const list = await aFile(ctx, { holdsList: true });
  expect(await forgetFilesAbout(ctx, erased)).toBe(1);
  expect(await readdir(folderOf(ctx, 'FILES'))).not.toContain(about.id);
  await forgetListFiles(ctx);
  const left = await readdir(folderOf(ctx, 'FILES'));
  expect([left.includes(list.id), left.includes(elsewhere.id)]).toEqual([false, true]);
});

test('names lose what a path or a header would read as its own', async () => {
  const ctx = asSystem(server.app.context());
  const names = ['../../etc/passwd', 'a\r\nset-cookie: x', '..', 'отчёт "май".csv', 'x'.repeat(300)];
  const kept = await Promise.all(names.map((name) => aFile(ctx, { name })));
  expect(kept.map(({ name }) => name)).toEqual([
    '.._.._etc_passwd',
    'a__set-cookie_ x',
    'file',
    'отчёт _май_.csv',
    'x'.repeat(150),
  ]);
});

const upload = (token: string | undefined, payload: string | Buffer, headers: Record<string, string> = {}) =>
  server.app.http.inject({
    method: 'POST',
    url: '/uploads',
    headers: {
      'content-type': 'text/csv',
      'x-file-name': encodeURIComponent('База 2026.csv'),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    payload,
  });

test('an upload is stored byte by byte, whatever it is', async () => {
  const ctx = server.app.context();
  const key = await aKey(ctx, { scopes: ['imports.run'] });
  const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x22]);
  for (const type of [
    'text/csv',
    'application/json',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ]) {
    const answer = await upload(key.token, bytes, { 'content-type': type });
    const { id, ...rest } = answer.json<{ id: string; name: string; bytes: number }>();
    expect([type, answer.statusCode, rest]).toEqual([type, 201, { name: 'База 2026.csv', bytes: 5 }]);
    const found = await findFile(asActor(ctx, key.actor), id, 'UPLOADS');
    expect((await stat(found?.path ?? '')).size).toBe(5);
    expect((await stat(found?.path ?? '')).mode & 0o777).toBe(0o600);
    // Brought to be imported, not to be served.
    expect((await get(id, key.token)).statusCode).toBe(404);
  }
});

test('who may not import brings nothing', async () => {
  const ctx = server.app.context();
  const weak = await aKey(ctx, { scopes: ['products.read'] });
  expect((await upload(undefined, 'x')).statusCode).toBe(401);
  expect((await upload(weak.token, 'x')).statusCode).toBe(403);
  const key = await aKey(ctx, { scopes: ['imports.run'] });
  expect((await upload(key.token, 'x', { 'x-file-name': '' })).statusCode).toBe(400);
  expect((await upload(key.token, 'x', { 'x-file-name': '%E0%A4%A' })).statusCode).toBe(400);
});

test('what is too large leaves nothing behind', async () => {
  const ctx = asSystem(server.app.context());
  const id = newId();
  const written = writeFile(ctx, { place: 'UPLOADS', id }, pieces('12345', '67890'), 9);
  await expect(written).rejects.toBeInstanceOf(FileTooLarge);
  expect(await readdir(folderOf(ctx, 'UPLOADS'))).not.toContain(id);
});

async function* failing(code: string): AsyncGenerator<string> {
  yield 'half';
  throw Object.assign(new Error('no space left on device'), { code });
}

test('a full disk is told in words, and half a file is removed (F8)', async () => {
  const ctx = asSystem(server.app.context());
  const id = newId();
  await expect(writeFile(ctx, { place: 'FILES', id }, failing('ENOSPC'), 100)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    retryAfterMs: 30_000,
  });
  expect(await readdir(folderOf(ctx, 'FILES'))).not.toContain(id);
});
