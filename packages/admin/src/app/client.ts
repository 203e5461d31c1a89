import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { hashes } from 'virtual:persisted-documents';
import { possibleTypes } from 'virtual:possible-types';
import { failureOf, noteRequest } from './failure.ts';

const PATH = '/graphql';

export interface ClientOptions {
  /** The session is over: whatever page is open, a person must sign in again. */
  onSignedOut: () => void;
}

/** Queries and mutations by HTTP with the session's cookie, subscriptions over one WebSocket opened when first needed. */
export function createApolloClient({ onSignedOut }: ClientOptions): ApolloClient {
  const errors = new ErrorLink(({ error, operation }) => {
    const { response } = operation.getContext();
    if (CombinedGraphQLErrors.is(error) && response instanceof Response)
      noteRequest(error, response.headers.get('x-request-id'));
    if (failureOf(error).kind === 'SIGNED_OUT') onSignedOut();
  });
  // The header is what a form or a picture on a foreign page cannot send: it guards the cookie.
  const http = new HttpLink({
    uri: PATH,
    credentials: 'same-origin',
    headers: { 'x-clientele-csrf': '1' },
  });
  // Built, a document goes by its hash: in production the server takes no other.
  const byHash = new ApolloLink((operation, forward) => {
    const sha256Hash = hashes[operation.operationName ?? ''];
    if (sha256Hash !== undefined) {
      operation.extensions['persistedQuery'] = { version: 1, sha256Hash };
      operation.setContext({ http: { includeExtensions: true, includeQuery: false } });
    }
    return forward(operation);
  });
  const socket = new GraphQLWsLink(
    createClient({
      url: () => new URL(PATH, location.href).href.replace(/^http/, 'ws'),
      lazy: true,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
    }),
  );
  const transport = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    socket,
    http,
  );
  return new ApolloClient({
    link: ApolloLink.from([errors, byHash, transport]),
    cache: new InMemoryCache({ possibleTypes: { ...possibleTypes } }),
    defaultOptions: {
      watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' },
      query: { fetchPolicy: 'network-only' },
    },
  });
}
