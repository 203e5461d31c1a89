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
export function persistedDocuments({
  documents,
  mayAskFreely,
}: PersistedDocumentsOptions): Plugin<GraphQLContext> {
  return {
    onParams({ params, setParams, context }) {
      const known = documents.get(persistedHash(params) ?? '');
      if (known !== undefined) {
        setParams({ ...params, query: known });
        return;
      }
      if (params.query === undefined) {
        throw new GraphQLError('This document is not known here.', { extensions: { code: 'BAD_REQUEST' } });
      }
      if (!mayAskFreely(context as unknown as GraphQLContext)) {
        throw new GraphQLError('Only the documents the app was built with are accepted.', {
          extensions: { code: 'FORBIDDEN' },
        });
      }
    },
  };
}

function persistedHash(params: GraphQLParams): string | null {
  const extension = (params.extensions as { persistedQuery?: { sha256Hash?: unknown } } | undefined)
    ?.persistedQuery;
  return typeof extension?.sha256Hash === 'string' ? extension.sha256Hash : null;
}
