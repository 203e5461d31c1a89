import { GraphQLError } from 'graphql';
import { translateDatabaseError } from '../database/call-function.ts';
import { RequestError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';

/**
 * What the caller learns of an error: the code and words of a RequestError, the syntax and validation errors of its own
 * document; of anything else only an `errorId`, under which the log holds the rest.
 */
export function maskError(error: unknown, log: Log): GraphQLError {
  const original = translateDatabaseError(
    error instanceof GraphQLError ? (error.originalError ?? error) : error,
  );
  if (original instanceof RequestError) return requestError(error, original);
  if (original instanceof GraphQLError) return badRequest(original);
  const errorId = newId();
  log.error({ err: original, errorId }, 'unexpected error');
  return located(error, 'Unexpected error.', { code: 'INTERNAL', errorId });
}

function requestError(error: unknown, original: RequestError): GraphQLError {
  const { code, retryAfterMs } = original;
  return located(error, original.message, {
    code,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    errorId: newId(),
  });
}

function badRequest(error: GraphQLError): GraphQLError {
  const { code = 'BAD_REQUEST', ...extensions } = error.extensions;
  return new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    ...(error.source ? { source: error.source } : {}),
    ...(error.positions ? { positions: error.positions } : {}),
    ...(error.path ? { path: error.path } : {}),
    extensions: { ...extensions, code: KNOWN_CODES.has(String(code)) ? code : 'BAD_REQUEST' },
  });
}

const KNOWN_CODES = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'BUSY',
  'UNAVAILABLE',
  'CURSOR_EXPIRED',
  'BAD_REQUEST',
  'INTERNAL',
]);

function located(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  const at = error instanceof GraphQLError ? error : undefined;
  return new GraphQLError(message, {
    ...(at?.nodes ? { nodes: at.nodes } : {}),
    ...(at?.path ? { path: at.path } : {}),
    extensions,
  });
}
