import type { IncomingMessage, Server } from 'node:http';
import { GraphQLError, type ExecutionArgs } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Actor } from '../context.ts';
import { RequestError } from '../errors.ts';
import type { GraphQLContext } from '../graphql/builder.ts';
import { maskError } from '../graphql/mask-error.ts';
import type { GraphQLServer } from '../graphql/server.ts';
import { newId } from '../ids.ts';
import { stillAllowed } from '../live/subscription.ts';
import type { Log } from '../log.ts';
import type { Caller, NewContext } from './server.ts';
import { isSameHost, socketTokenOf } from './session-cookie.ts';

export interface WebSocketOptions {
  /** Limits, masking and persisted documents hold here as over HTTP. */
  graphql: GraphQLServer;
  log: Log;
  authenticate(caller: Caller): Promise<Actor>;
  newContext: NewContext;
  initTimeoutMs?: number;
}

const MAX_FRAME_BYTES = 256 * 1024;
const INIT_TIMEOUT_MS = 5_000;
const MOST_OPERATIONS = 20;
/** What a reader that does not read may leave in memory. */
const MOST_UNREAD_BYTES = 1024 * 1024;
const LOOK_MS = 2_000;
const FORBIDDEN = 4403;

interface Extra extends Record<PropertyKey, unknown> {
  socket: WebSocket;
  request: IncomingMessage;
  actor?: Actor;
  recheck?: () => Promise<Actor>;
}

interface Operations {
  execute: (args: ExecutionArgs) => unknown;
  subscribe: (args: ExecutionArgs) => unknown;
}

/**
 * GraphQL over WebSocket at the same path; the token comes in `connectionParams.authorization`, a staff session by its
 * cookie. A socket whose token or session is taken back is closed within five seconds.
 */
export function serveWebSocket(server: Server, options: WebSocketOptions): { stop(): Promise<void> } {
  const { graphql, log } = options;
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MAX_FRAME_BYTES });
  const callers = new Map<WebSocket, Extra>();
  sockets.on('connection', (socket) => socket.once('close', () => callers.delete(socket)));
  const looking = setInterval(() => void closeUnwanted(callers), LOOK_MS);
  looking.unref();

  const disposable = useServer<{ authorization?: unknown }, Extra>(
    {
      connectionInitWaitTimeout: options.initTimeoutMs ?? INIT_TIMEOUT_MS,
      onConnect: async ({ connectionParams, extra }) => {
        const caller = callerOf(extra.request, connectionParams?.authorization);
        if (!isOwnOrigin(extra.request)) return false;
        try {
          extra.recheck = () => options.authenticate({ ...caller, idle: true });
          extra.actor = await options.authenticate(caller);
        } catch (error) {
          if (error instanceof RequestError) return false;
          throw error;
        }
        if (extra.actor.scopes.size === 0) return false;
        callers.set(extra.socket, extra);
        return true;
      },
      onSubscribe: async ({ extra, subscriptions }, _id, { operationName, query, variables, extensions }) => {
        if (Object.keys(subscriptions).length > MOST_OPERATIONS) return [tooManyOperations()];
        const { actor, recheck } = extra;
        if (actor === undefined || recheck === undefined) return [new GraphQLError('Send a valid token.')];
        const ctx = options.newContext(actor, newId(), recheck);
        const params: GraphQLParams = {
          query,
          ...(operationName ? { operationName } : {}),
          ...(variables ? { variables } : {}),
          ...(extensions ? { extensions } : {}),
        };
        try {
          return await operationOf(graphql, ctx, params);
        } catch (error) {
          return [maskError(error, log)];
        }
      },
      execute: (args) => (args.rootValue as Operations).execute(args) as ReturnType<Execute>,
      subscribe: (args) => (args.rootValue as Operations).subscribe(args) as ReturnType<Execute>,
      onError: (_ctx, _id, _payload, errors) =>
        errors.map((error) => maskError(causeOf(error), log).toJSON()),
    },
    sockets,
  );
  // The library tells the console of what a stranger sent; a broken frame is nobody's mistake here.
  sockets.on('connection', (socket) => {
    socket.removeAllListeners('error');
    socket.on('error', (error) => log.debug({ reason: error.message }, 'a socket broke'));
  });
  return {
    stop: async () => {
      clearInterval(looking);
      await disposable.dispose();
    },
  };
}

type Execute = NonNullable<Parameters<typeof useServer>[0]['execute']>;

async function operationOf(
  graphql: GraphQLServer,
  ctx: GraphQLContext,
  params: GraphQLParams,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const enveloped = graphql.getEnveloped({ ...ctx, params });
  const document = enveloped.parse(graphql.documentOf(ctx, params));
  const errors = enveloped.validate(enveloped.schema, document) as readonly GraphQLError[];
  if (errors.length > 0) return errors;
  return {
    schema: enveloped.schema,
    document,
    operationName: params.operationName ?? null,
    variableValues: params.variables ?? null,
    contextValue: await enveloped.contextFactory(),
    rootValue: { execute: enveloped.execute, subscribe: enveloped.subscribe } satisfies Operations,
  };
}

function tooManyOperations(): GraphQLError {
  const message = `At most ${MOST_OPERATIONS} operations at once on one socket.`;
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED', errorId: newId() } });
}

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.cause instanceof RequestError ? error.cause : error;
}

/** A page of ours, or a program, which sends no origin. */
function isOwnOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === undefined || isSameHost(origin, host);
}

function callerOf({ headers, socket }: IncomingMessage, authorization: unknown): Caller {
  return {
    authorization: typeof authorization === 'string' ? authorization : undefined,
    address: socket.remoteAddress ?? '',
    origin: headers.origin,
    session: authorization === undefined ? socketTokenOf(headers) : undefined,
  };
}

async function closeUnwanted(callers: ReadonlyMap<WebSocket, Extra>): Promise<void> {
  for (const [socket, { actor, recheck }] of callers) {
    if (socket.bufferedAmount > MOST_UNREAD_BYTES) socket.terminate();
    else if (actor !== undefined && recheck !== undefined && !(await stillAllowed({ actor, recheck })))
      socket.close(FORBIDDEN, 'This session is over');
  }
}
