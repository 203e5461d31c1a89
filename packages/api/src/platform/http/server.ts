import type { Server } from 'node:http';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Actor } from '../context.ts';
import { RequestError } from '../errors.ts';
import type { GraphQLContext } from '../graphql/builder.ts';
import { MAX_BODY_BYTES } from '../graphql/limits.ts';
import type { GraphQLServer } from '../graphql/server.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { cutOffSlowBodies } from './slow-bodies.ts';
import { isOwnPage, sessionCookie, sessionTokenOf, type SessionCookie } from './session-cookie.ts';

export interface ReadyReport {
  ready: boolean;
  /** What was looked at, in words: `{ database: 'ok', migrations: 'ok', worker: '3 events wait' }`. */
  checks: Record<string, string>;
}

export interface HttpOptions {
  graphql: GraphQLServer;
  log: Log;
  metrics: Metrics;
  trustedProxies: readonly string[];
  /** @throws RequestError UNAUTHENTICATED for a token that is not valid; no token at all is an anonymous actor. */
  authenticate(caller: Caller): Promise<Actor>;
  newContext: NewContext;
  ready(): Promise<ReadyReport>;
  /** Pages of the product: the apps, the start page, the outbox. */
  pages(app: FastifyInstance): Promise<void>;
}

export type NewContext = (actor: Actor, requestId: string, recheck: () => Promise<Actor>) => GraphQLContext;

export interface Caller {
  authorization: string | undefined;
  /** Address the request came from; of the client behind a trusted proxy. */
  address: string;
  origin: string | undefined;
  /** Token of the browser's session, where our own page sent it. */
  session: string | undefined;
  /** Only whether it still may: nobody used it just now. */
  idle?: boolean;
}

/** Slow senders are cut off: no header or body may dribble in for longer. */
const BODY_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;

/** The one HTTP server: GraphQL, probes, metrics and the pages, with the limits that hold for all of them. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    // See `cutOffSlowBodies`.
    requestTimeout: 0,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    forceCloseConnections: true,
    logger: false,
    genReqId: () => newId(),
  });
  const server: Server = app.server;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  cutOffSlowBodies(app, { limitMs: BODY_TIMEOUT_MS, except: ['/uploads'] });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: CONTENT_POLICY },
    strictTransportSecurity: false,
  });
  // Before the routes: they take the handler there is when they are added.
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
    answerFailure(options.log, error, request, reply),
  );
  addGraphQL(app, options);
  addProbes(app, options);
  await options.pages(app);
  return app;
}

const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'https:'],
  connectSrc: ["'self'", 'ws:', 'wss:'],
  upgradeInsecureRequests: null,
};

/** GraphiQL brings its script from a CDN and starts it inline; demo mode only. */
const GRAPHIQL_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' https://unpkg.com https://esm.sh https://cdn.jsdelivr.net; style-src 'self' 'unsafe-inline' https:; font-src 'self' https: data:; img-src 'self' https: data:; connect-src 'self' https: ws: wss:; worker-src 'self' blob:";

function addGraphQL(app: FastifyInstance, { graphql, authenticate, newContext, log }: HttpOptions): void {
  // Yoga answers for these itself; without a parser fastify would refuse them before.
  app.addContentTypeParser(
    [
      'application/graphql',
      'application/graphql+json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
    ],
    (_request, _payload, done) => done(null),
  );
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(/^application\/(.+\+)?json/, { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: async (request, reply) => {
      const { caller, actor } = await identify(request, authenticate);
      if (caller === null) return refuseCaller(reply, actor);
      const cookies: string[] = [];
      const ctx = {
        ...newContext(actor, request.id, () => authenticate({ ...caller, idle: true })),
        ...(isOwnPage(request.headers) ? { sessionCookie: cookieOf(request, cookies) } : {}),
      };
      const response = await graphql.fetch(requestUrl(request), fetchInit(request), ctx);
      reply.status(response.status);
      response.headers.forEach((value, key) => reply.header(key, value));
      for (const cookie of cookies) reply.header('set-cookie', cookie);
      reply.header('x-request-id', request.id);
      if (response.headers.get('content-type')?.startsWith('text/html'))
        reply.header('content-security-policy', GRAPHIQL_POLICY);
      log.debug({ requestId: request.id, status: response.status }, 'answered');
      return response.body === null
        ? reply.send()
        : reply.send(streams(response) ? response.body : await response.text());
    },
  });
}

type Identified = { caller: Caller; actor: Actor } | { caller: null; actor: RequestError };

/** Who asks; a RequestError where that is nobody we answer. */
async function identify(
  request: FastifyRequest,
  authenticate: HttpOptions['authenticate'],
): Promise<Identified> {
  try {
    const caller = callerOf(request);
    return { caller, actor: await authenticate(caller) };
  } catch (error) {
    if (error instanceof RequestError) return { caller: null, actor: error };
    throw error;
  }
}

function cookieOf(request: FastifyRequest, cookies: string[]): SessionCookie {
  const browser = { secure: request.protocol === 'https', userAgent: request.headers['user-agent'] };
  return sessionCookie(browser, (value) => cookies.push(value));
}

function streams(response: Response): boolean {
  return /event-stream|multipart/.test(response.headers.get('content-type') ?? '');
}

function fetchInit(request: FastifyRequest): RequestInit {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const body = request.method === 'POST' && typeof request.body === 'string' ? request.body : null;
  return { method: request.method, headers, body };
}

/** Host headers come from outside; the URL only has to be one. */
function requestUrl(request: FastifyRequest): string {
  return `http://clientele${request.url}`;
}

/**
 * What a request tells of its sender: the same for the API, files and uploads.
 * @throws RequestError FORBIDDEN for a change asked for with the session by anything but our own page
 */
export function callerOf(request: FastifyRequest): Caller {
  const { method, headers } = request;
  return {
    authorization: headers.authorization,
    address: request.ip,
    origin: headers.origin,
    session: sessionTokenOf({ method, headers }),
  };
}

const STATUS: Partial<Record<RequestError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_REQUEST: 400,
};

export function refuseCaller(reply: FastifyReply, error: RequestError): FastifyReply {
  const extensions = {
    code: error.code,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    errorId: reply.request.id,
  };
  return reply.status(STATUS[error.code] ?? 503).send({ errors: [{ message: error.message, extensions }] });
}

function addProbes(app: FastifyInstance, { ready, metrics }: HttpOptions): void {
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const report = await ready();
    return reply.status(report.ready ? 200 : 503).send(report);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

function answerFailure(
  log: Log,
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) log.error({ err: error, errorId: request.id }, 'request failed');
  const code = status >= 500 ? 'INTERNAL' : 'BAD_REQUEST';
  const message = status >= 500 ? 'Unexpected error.' : error.message;
  void reply.status(status).send({ errors: [{ message, extensions: { code, errorId: request.id } }] });
}
