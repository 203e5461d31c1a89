import type { Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Actor } from '../context.ts';
import { RequestError } from '../errors.ts';
import type { GraphQLContext } from '../graphql/builder.ts';
import { newId } from '../ids.ts';
import type { Caller } from './server.ts';

export interface WebSocketOptions {
  schema: GraphQLSchema;
  authenticate(caller: Caller): Promise<Actor>;
  newContext(actor: Actor, requestId: string): GraphQLContext;
}

const MAX_FRAME_BYTES = 256 * 1024;
const INIT_TIMEOUT_MS = 5_000;

interface Extra extends Record<PropertyKey, unknown> {
  actor?: Actor;
}

/** GraphQL over WebSocket at the same path; the token comes in `connectionParams.authorization`. */
export function serveWebSocket(
  server: Server,
  { schema, authenticate, newContext }: WebSocketOptions,
): { stop(): Promise<void> } {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MAX_FRAME_BYTES });
  const disposable = useServer<{ authorization?: string }, Extra>(
    {
      schema,
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      onConnect: async ({ connectionParams, extra }) => {
        const { origin, host } = extra.request.headers;
        if (origin !== undefined && new URL(origin).host !== host) return false;
        const caller = {
          authorization: connectionParams?.authorization,
          address: extra.request.socket.remoteAddress ?? '',
          origin,
        };
        try {
          extra.actor = await authenticate(caller);
          return extra.actor.scopes.size > 0;
        } catch (error) {
          if (error instanceof RequestError) return false;
          throw error;
        }
      },
      context: ({ extra }) => {
        if (extra.actor === undefined) throw new RequestError('UNAUTHENTICATED', 'Send a valid token.');
        return newContext(extra.actor, newId());
      },
    },
    sockets,
  );
  return { stop: async () => disposable.dispose() };
}
