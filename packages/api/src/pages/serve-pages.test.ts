import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChannels } from '../messaging/index.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { aChannel, aSentCode } from '../testing/messaging.builders.ts';
import { loadPersistedDocuments, servePages, type PagesOptions } from './index.ts';

const running = useTestApp();
const outbox = createChannels('demo', {});
const RECEIPT_TOKEN = 'a-token-of-the-gateway';
const CREDENTIALS = {
  url: 'http://127.0.0.1:4000',
  admin: { email: 'owner@demo.test', password: 'correct horse' },
  till: { token: 'ct_till', storeCode: 'MSK' },
  cashier: { id: 'c', pin: '1111' },
  manager: { id: 'm', pin: '2222' },
  partner: { key: 'ck_partner' },
};

let folder: string;
let demo: FastifyInstance;
let production: FastifyInstance;
const gateway = {
  ...aChannel(() => ({ result: 'ACCEPTED', providerId: 'sms-1', delivered: false }), 'http-sms'),
  receiptToken: RECEIPT_TOKEN,
};

async function serve(mode: 'demo' | 'production', apps: PagesOptions['apps']): Promise<FastifyInstance> {
  const server = Fastify();
  await servePages(server, {
    config: { mode, dataDir: folder },
    newContext: () => running.app.context(),
    channels: mode === 'demo' ? outbox : [gateway],
    ...(apps ? { apps } : {}),
  });
  return server;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-pages-'));
  const pos = join(folder, 'pos');
  await mkdir(join(pos, 'assets'), { recursive: true });
  await writeFile(join(pos, 'index.html'), '<!doctype html><title>till</title>');
  await writeFile(join(pos, 'sw.js'), '// worker');
  await writeFile(join(pos, 'assets/main-a1b2c3.js'), '// main');
  const apps = { pos, admin: join(folder, 'admin-not-built') };
  demo = await serve('demo', apps);
  production = await serve('production', apps);
});

afterAll(async () => {
  await Promise.all([demo?.close(), production?.close()]);
  await rm(folder, { recursive: true, force: true });
});

const text = async (server: FastifyInstance, url: string, headers: Record<string, string> = {}) => {
  const { statusCode, body } = await server.inject({ url, headers });
  return { status: statusCode, body };
};

test('the start page names what runs, in both languages, and needs no script', async () => {
  const russian = await text(demo, '/');
  expect(russian.status).toBe(200);
  expect(russian.body).toContain('<html lang="ru">');
  for (const path of ['/pos/', '/admin/', '/graphql', '/outbox?lang=ru', '/health'])
    expect(russian.body).toContain(`href="${path}"`);
  expect(russian.body).not.toContain('<script');
  expect((await text(demo, '/', { 'accept-language': 'en-US' })).body).toContain('<html lang="en">');
  expect((await text(demo, '/?lang=en', { 'accept-language': 'ru' })).body).toContain('Demo company');
  expect(russian.body).toContain('href="/?lang=en"');
});

test('demo credentials: waited for, then shown, and never in production', async () => {
  expect((await text(demo, '/?lang=en')).body).toContain('still being made');
  await writeFile(join(folder, 'demo.json'), JSON.stringify(CREDENTIALS));
  const shown = (await text(demo, '/')).body;
  expect(shown).toContain('/pos/#token=ct_till');
  for (const secret of ['ck_partner', '1111', '2222']) expect(shown).toContain(secret);
  const { body } = await text(production, '/');
  for (const secret of ['correct horse', 'ck_partner', 'ct_till', '/outbox'])
    expect(body).not.toContain(secret);
  await rm(join(folder, 'demo.json'));
});

test('the outbox page and its JSON show a code; production has neither', async () => {
  const ctx = running.app.context();
  const to = '+79990000077';
  await aSentCode(ctx, outbox, { code: '864209', to });
  for (const query of ['?to=+79990000077', '?to=%2B79990000077', '?to=79990000077']) {
    const { status, body } = await text(demo, `/outbox.json${query}`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        channel: 'SMS',
        to,
        subject: null,
        text: 'Код 864209 — подтверждение номера в программе лояльности.',
        at: '2026-11-22T09:00:00.000Z',
        purpose: 'CODE',
      },
    ]);
  }
  expect(JSON.parse((await text(demo, '/outbox.json?to=%2B79990000078')).body)).toEqual([]);
  const page = (await text(demo, '/outbox')).body;
  expect(page).toContain('<strong>864209</strong>');
  expect(page).toContain('src="/pages/outbox.js"');
  expect((await text(demo, '/pages/outbox.js')).status).toBe(200);
  for (const path of ['/outbox', '/outbox.json', `/outbox.json?to=${to}`])
    expect((await text(production, path)).status).toBe(404);
});

test('what is asked for is shown as text, never as HTML', async () => {
  const { body } = await text(demo, `/outbox?to=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(body).not.toContain('<script>alert');
});

const get = (url: string) => demo.inject({ url });

test('a built app: hashed names are kept for ever, the rest is asked for again, its pages are its own', async () => {
  expect((await get('/pos')).headers.location).toBe('/pos/');
  const page = await get('/pos/');
  expect([page.body, page.headers['cache-control']]).toEqual([
    '<!doctype html><title>till</title>',
    'no-cache',
  ]);
  expect((await get('/pos/shift/today')).body).toBe('<!doctype html><title>till</title>');
  expect((await get('/pos/sw.js')).headers['cache-control']).toBe('no-cache');
  const script = await get('/pos/assets/main-a1b2c3.js');
  expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await get('/pos/assets/old-d4e5f6.js')).statusCode).toBe(404);
  expect((await get('/pos/..%2f..%2fetc/passwd')).body).not.toContain('root:');
});

test('an app that is not built says how to build it', async () => {
  const { status, body } = await text(demo, '/admin/', { 'accept-language': 'en' });
  expect(status).toBe(503);
  expect(body).toContain('npx --yes pnpm@12 build');
});

test('gateways report deliveries with their token, as query, form or JSON; others find nothing there', async () => {
  const ctx = running.app.context();
  const challengeId = await aSentCode(ctx, [gateway], { to: '+79990000079' });
  const state = () =>
    ctx.sql
      .selectFrom('message')
      .select('state')
      .where('about_id', '=', challengeId)
      .executeTakeFirstOrThrow();
  const report = { messageId: null, providerId: 'sms-1', state: 'DELIVERED' };
  const url = '/messages/receipts/http-sms';
  const post = (token: string, payload: string, type: string) =>
    production.inject({
      method: 'POST',
      url: `${url}?token=${token}`,
      payload,
      headers: { 'content-type': type },
    });
  expect((await post('wrong', JSON.stringify(report), 'application/json')).statusCode).toBe(404);
  expect(await state()).toEqual({ state: 'SENT' });
  expect((await post(RECEIPT_TOKEN, '{broken', 'application/json')).statusCode).toBe(404);
  const json = await post(RECEIPT_TOKEN, JSON.stringify(report), 'application/json');
  expect([json.statusCode, json.body]).toEqual([200, 'TAKEN\n']);
  expect(await state()).toEqual({ state: 'DELIVERED' });
  const form = await post(
    RECEIPT_TOKEN,
    'providerId=sms-1&state=FAILED',
    'application/x-www-form-urlencoded',
  );
  expect(form.statusCode).toBe(200);
  expect(await state()).toEqual({ state: 'DELIVERED' });
  expect((await demo.inject({ method: 'POST', url: '/messages/receipts/outbox' })).statusCode).toBe(404);
});

test('persisted documents: by hash, none where the till is not built, junk is an error', async () => {
  const file = join(folder, 'persisted-documents.json');
  const hash = 'a'.repeat(64);
  expect(await loadPersistedDocuments([file])).toEqual(new Map());
  await writeFile(file, JSON.stringify({ [hash]: 'query Till { till { id } }' }));
  expect(await loadPersistedDocuments([file])).toEqual(new Map([[hash, 'query Till { till { id } }']]));
  await writeFile(file, '{"short":"x"}');
  await expect(loadPersistedDocuments([file])).rejects.toThrow();
});
