import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../graphql-env.d.ts';

/** Scalars as they travel: money, quantities and instants stay strings and are never floats. */
interface Scalars {
  DateTime: string;
  Date: string;
  Money: string;
  Quantity: string;
  Phone: string;
  Cursor: string;
  CurrencyCode: string;
  JSON: unknown;
}

/**
 * Typed documents: a field the schema does not know is an error of `pnpm lint`. They live in `operations.ts` files,
 * so that the build can list them for the API.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: Scalars;
  disableMasking: true;
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
