import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from './html.ts';
import { pageLanguage } from './language.ts';
import { page } from './page.ts';

export interface BuiltApp {
  /** `/pos` or `/admin`. */
  prefix: string;
  /** Its `dist`, absolute. */
  folder: string;
}

/**
 * Serves a built app: names with a hash are kept for ever, everything else is asked for again each time; a path that is
 * no file is a page of the app itself.
 */
export async function serveBuiltApp(app: FastifyInstance, { prefix, folder }: BuiltApp): Promise<void> {
  app.get(prefix, (request, reply) => reply.redirect(`${prefix}/${queryOf(request)}`, 308));
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        if (!existsSync(join(folder, 'index.html'))) return notBuilt(request, reply);
        return undefined;
      });
      scope.setNotFoundHandler((request, reply) => {
        const path = request.url.split('?')[0] ?? '';
        if (request.method !== 'GET' || extname(path) !== '')
          return reply.status(404).type('text/plain').send('Not found\n');
        return reply.sendFile('index.html');
      });
      await scope.register(fastifyStatic, {
        root: folder,
        prefix: '/',
        preCompressed: true,
        cacheControl: false,
        setHeaders: (response, path) => {
          response.header('cache-control', cachingOf(path.slice(folder.length)));
        },
      });
    },
    { prefix },
  );
}

/** Vite puts what carries a hash in its name under `assets`. */
function cachingOf(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function queryOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at === -1 ? '' : request.url.slice(at);
}

const NOT_BUILT = {
  ru: { title: 'Приложение не собрано', intro: 'Соберите его один раз и обновите страницу:' },
  en: { title: 'This app is not built', intro: 'Build it once, then reload the page:' },
} as const;

function notBuilt(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = pageLanguage(undefined, request.headers['accept-language']);
  const body = html`<p class="card"><code>npx --yes pnpm@12 build</code></p>`;
  return reply
    .status(503)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(page({ language, ...NOT_BUILT[language], body, path: '/' }));
}
