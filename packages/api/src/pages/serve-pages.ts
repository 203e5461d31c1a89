import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shownMessages, type ChannelAdapter } from '../messaging/index.ts';
import type { Config } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { serveBuiltApp } from './app-files.ts';
import { takeDeliveryReports } from './delivery-reports.ts';
import { readDemoCredentials } from './demo-credentials.ts';
import { pageLanguage } from './language.ts';
import { outboxPage } from './outbox-page.ts';
import { startPage } from './start-page.ts';

const PACKAGES = join(import.meta.dirname, '../../..');

export interface PagesOptions {
  config: Pick<Config, 'mode' | 'dataDir'>;
  newContext: () => Context;
  channels: readonly ChannelAdapter[];
  /** Where the built apps are; of this checkout where absent. */
  apps?: { pos: string; admin: string };
}

/** The start page, the demo's outbox, the two apps, and where gateways report deliveries. */
export async function servePages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const { config, newContext, channels, apps } = options;
  await serveLook(app);
  await serveStartPage(app, config);
  if (config.mode === 'demo') serveOutbox(app, newContext);
  await takeDeliveryReports(app, newContext, channels);
  await serveBuiltApp(app, { prefix: '/pos', folder: apps?.pos ?? join(PACKAGES, 'pos-client/dist') });
  await serveBuiltApp(app, { prefix: '/admin', folder: apps?.admin ?? join(PACKAGES, 'admin/dist') });
}

async function serveLook(app: FastifyInstance): Promise<void> {
  const look = join(import.meta.dirname, 'look');
  const tokens = await readFile(
    fileURLToPath(import.meta.resolve('@clientele/shared/look/tokens.css')),
    'utf8',
  );
  const css = `${tokens}${await readFile(join(look, 'pages.css'), 'utf8')}`;
  const script = await readFile(join(look, 'outbox.js'), 'utf8');
  app.get('/pages/pages.css', (_request, reply) => sendAsset(reply, 'text/css; charset=utf-8', css));
  app.get('/pages/outbox.js', (_request, reply) =>
    sendAsset(reply, 'text/javascript; charset=utf-8', script),
  );
}

function sendAsset(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.type(type).header('cache-control', 'no-cache').send(text);
}

async function serveStartPage(
  app: FastifyInstance,
  { mode, dataDir }: PagesOptions['config'],
): Promise<void> {
  const file = join(import.meta.dirname, '../../package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  app.get('/', async (request, reply) => {
    const credentials = mode === 'demo' ? await readDemoCredentials(dataDir) : null;
    return sendPage(reply, startPage({ language: languageOf(request), version, mode, credentials }));
  });
}

function serveOutbox(app: FastifyInstance, newContext: () => Context): void {
  app.get('/outbox', async (request, reply) => {
    const to = recipientOf(request);
    const messages = await shownMessages(newContext(), to);
    return sendPage(reply, outboxPage({ language: languageOf(request), to, messages }));
  });
  app.get('/outbox.json', async (request, reply) =>
    reply.header('cache-control', 'no-store').send(await shownMessages(newContext(), recipientOf(request))),
  );
}

/** A plus that was not escaped arrives as a space. */
function recipientOf(request: FastifyRequest): string | null {
  const { to } = request.query as { to?: unknown };
  if (typeof to !== 'string' || to.trim() === '') return null;
  const address = to.trim();
  return /^\d+$/.test(address) ? `+${address}` : address;
}

function languageOf(request: FastifyRequest) {
  return pageLanguage((request.query as { lang?: unknown }).lang, request.headers['accept-language']);
}

function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text);
}
