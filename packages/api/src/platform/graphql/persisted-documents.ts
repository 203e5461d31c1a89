import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { GraphQLContext } from './builder.ts';

export interface PersistedDocumentsOptions {
  /** SHA-256 of the text → text. */
  documents: ReadonlyMap<string, string>;
  mayAskFreely(ctx: GraphQLContext): boolean;
}

/**
 * The two apps name a document they were built with by its hash; in production they may send nothing else, so a stolen
 * till token asks only what a till asks.
 */
export function persistedDocuments(options: PersistedDocumentsOptions): Plugin<GraphQLContext> {
  return {
    onParams({ params, setParams, context }) {
      // One of a batch may be anything JSON knows.
      if (typeof params !== 'object' || params === null)
        throw refused('BAD_REQUEST', 400, 'A request is an object.');
      if (params.query === undefined && persistedHash(params) === null) return;
      const query = chooseDocument(options, context as unknown as GraphQLContext, params);
      if (query !== params.query) setParams({ ...params, query });
    },
  };
}

/**
 * The text of what a caller asks for, by its hash or as it was sent.
 * @throws GraphQLError when this caller may not ask so, or the hash is not known
 */
export function chooseDocument(
  { documents, mayAskFreely }: PersistedDocumentsOptions,
  ctx: GraphQLContext,
  params: GraphQLParams,
): string {
  const hash = persistedHash(params);
  const known = hash === null ? undefined : documents.get(hash);
  if (known !== undefined) return known;
  if (hash !== null && !params.query) throw refused('BAD_REQUEST', 400, 'This document is not known here.');
  if (params.query !== undefined && !mayAskFreely(ctx))
    throw refused('FORBIDDEN', 403, 'Only the documents the app was built with are accepted.');
  return params.query ?? '';
}

function refused(code: string, status: number, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

function persistedHash(params: GraphQLParams): string | null {
  const extension = (params.extensions as { persistedQuery?: { sha256Hash?: unknown } } | undefined)
    ?.persistedQuery;
  return typeof extension?.sha256Hash === 'string' ? extension.sha256Hash : null;
}
