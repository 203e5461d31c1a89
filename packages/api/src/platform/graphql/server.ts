import {
  getOperationAST,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { createYoga, type GraphQLParams, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { GraphQLContext } from './builder.ts';
import { documentLimits, MAX_TOKENS } from './limits.ts';
import { maskError } from './mask-error.ts';
import { chooseDocument, persistedDocuments, type PersistedDocumentsOptions } from './persisted-documents.ts';

export interface GraphQLServerOptions {
  schema: GraphQLSchema;
  log: Log;
  metrics: Metrics;
  mode: 'demo' | 'production';
  /** SHA-256 of the text → text, of the documents the two apps were built with. */
  persistedDocuments: ReadonlyMap<string, string>;
  /** Something may have been written here: what reacts to it need not wait for its turn. */
  afterMutation?: () => void;
}

export type GraphQLServer = YogaServerInstance<GraphQLContext, object> & {
  /** What an operation over a socket asks for; over HTTP it is chosen on the way. @throws GraphQLError */
  documentOf(ctx: GraphQLContext, params: GraphQLParams): string;
};

/** GraphQL over HTTP (POST, GET for queries, SSE); who calls and with what context is decided before it. */
export function createGraphQLServer(options: GraphQLServerOptions): GraphQLServer {
  const documents: PersistedDocumentsOptions = {
    documents: options.persistedDocuments,
    mayAskFreely: (ctx) => options.mode === 'demo' || ctx.actor.scopes.has('documents.free'),
  };
  const yoga = createYoga<GraphQLContext>({
    schema: options.schema,
    logging: false,
    landingPage: false,
    graphiql: options.mode === 'demo' ? { title: 'Clientele', defaultQuery: '' } : false,
    batching: { limit: 10 },
    multipart: false,
    // Callers show a token, never a cookie: a page elsewhere may ask, with what it knows itself.
    cors: { origin: '*', credentials: false, methods: ['GET', 'POST', 'OPTIONS'] },
    parserAndValidationCache: true,
    maskedErrors: { maskError: (error) => maskError(error, options.log) },
    plugins: [persistedDocuments(documents), limitDocuments(options), observe(options)],
  });
  return Object.assign(yoga, {
    documentOf: (ctx: GraphQLContext, params: GraphQLParams) => chooseDocument(documents, ctx, params),
  }) as unknown as GraphQLServer;
}

function limitDocuments({ mode }: GraphQLServerOptions): Plugin<GraphQLContext> {
  return {
    onParse: ({ params, parseFn, setParseFn }) => {
      params.options = { ...(params.options as object), maxTokens: MAX_TOKENS, noLocation: false };
      setParseFn((...given: Parameters<typeof parseFn>) =>
        withinStack(() => parseFn(...given) as DocumentNode),
      );
    },
    onValidate: ({ addValidationRule, setValidationFn, context }) => {
      addValidationRule(documentLimits);
      if (mode === 'production' && !(context as unknown as GraphQLContext).actor.scopes.has('schema.read')) {
        addValidationRule(NoSchemaIntrospectionCustomRule);
      }
      // A wrong name is told, never what it might have been.
      setValidationFn((known: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[]) =>
        withinStack(() => validate(known, document, rules, { hideSuggestions: true })),
      );
      return ({ valid, result }) => {
        if (!valid) for (const error of result as GraphQLError[]) error.extensions['code'] = 'BAD_REQUEST';
      };
    },
  };
}

/**
 * The parser calls itself for each level of a document, and a few thousand tokens may all be levels.
 * @throws GraphQLError where that was too deep
 */
function withinStack<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new GraphQLError('The document is nested too deeply.', { extensions: { code: 'BAD_REQUEST' } });
  }
}

function observe({ metrics, afterMutation }: GraphQLServerOptions): Plugin<GraphQLContext> {
  return {
    onExecute: ({ args }) => {
      const stop = metrics.operations.startTimer();
      return {
        onExecuteDone: ({ result }) => {
          const errors =
            'errors' in result ? (result.errors as readonly GraphQLError[] | undefined) : undefined;
          for (const error of errors ?? [])
            metrics.refusals.inc({ code: String(error.extensions['code'] ?? 'BAD_REQUEST') });
          if (getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.MUTATION)
            afterMutation?.();
          stop({ operation: boundedName(args.operationName), result: errors ? 'error' : 'ok' });
        },
      };
    },
  };
}

/** Names come from outside: only plain ones become label values. */
function boundedName(name: unknown): string {
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'other';
}
