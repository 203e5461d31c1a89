import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';
import type { Actor, Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import type { SessionCookie } from '../http/session-cookie.ts';
import { namesNode, openGlobalId } from './global-id.ts';
import { COST_LIMITS } from './limits.ts';

/** What a resolver gets: a use case's context and what belongs to this request alone. */
export interface GraphQLContext extends Context {
  /** Names the request in the log and in error answers. */
  readonly requestId: string;
  /**
   * Who the caller is by now, for what outlives a request.
   * @throws RequestError UNAUTHENTICATED when its token or session is no longer valid
   */
  readonly recheck?: () => Promise<Actor>;
  /** Only where a page of ours asks over HTTP: signs its browser in and out. */
  readonly sessionCookie?: SessionCookie;
}

export type Scalars = {
  ID: { Input: string; Output: string };
  /** Any dialled form; parsed by the use case, which knows the store's country. */
  Phone: { Input: string; Output: string };
  Money: { Input: string; Output: string };
  Quantity: { Input: string; Output: string };
  Date: { Input: string; Output: string };
  DateTime: { Input: Date; Output: Date };
  Cursor: { Input: string; Output: string };
  CurrencyCode: { Input: string; Output: string };
  JSON: { Input: unknown; Output: unknown };
};

/**
 * The one builder. Access is denied unless a field says otherwise: every root field names its scope
 * (`authScopes: { can: 'orders.write' }`), and a test holds the list of them.
 */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  Scalars: Scalars;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  AuthScopes: { can: string; anybody: boolean };
}>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, ComplexityPlugin, RelayPlugin, DataloaderPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: (ctx) => ({
      can: (scope) => ctx.actor.scopes.has(scope),
      anybody: (allowed) => allowed,
    }),
    unauthorizedError: (_parent, ctx) =>
      ctx.actor.scopes.size === 0
        ? new RequestError('UNAUTHENTICATED', 'Send a valid token.')
        : new RequestError('FORBIDDEN', 'This caller may not do that.'),
  },
  complexity: {
    limit: COST_LIMITS,
    defaultComplexity: 1,
    defaultListMultiplier: 5,
    complexityError: (kind, result) =>
      new GraphQLError(
        `The query asks for too much: ${kind.toLowerCase()} (complexity ${result.complexity}, depth ${result.depth}, breadth ${result.breadth}).`,
        { extensions: { code: 'BAD_REQUEST' } },
      ),
  },
  relay: {
    decodeGlobalID: openGlobalId,
    nodeQueryOptions: {
      authScopes: { can: 'node.read' },
      resolve: (_root, { id }, _ctx, { schema }, find) => (namesNode(schema, id) ? find(id) : null),
    },
    nodesQueryOptions: false,
    cursorType: 'String',
    edgesFieldOptions: { nullable: { list: false, items: false } },
    nodeFieldOptions: { nullable: false },
  },
});

builder.queryType({});
builder.mutationType({});
builder.subscriptionType({});
