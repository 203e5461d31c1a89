import type { initGraphQLTada } from 'gql.tada';
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

type TypedGraphql = initGraphQLTada<{
  introspection: introspection;
  scalars: Scalars;
  disableMasking: true;
}>;

/** Two fragments may bring the same third one: a document defines each only once. */
function documentText(text: string, fragments: readonly string[] = []): string {
  const definitions = [text, ...fragments].flatMap((part) => part.split(/^(?=\s*fragment \w+ on )/m));
  return [...new Set(definitions.map((part) => part.replace(/\s+/g, ' ').trim()))]
    .filter((part) => part !== '')
    .join('\n');
}

/**
 * Typed documents whose run-time value is their text: the till sends text or its hash, so a GraphQL parser
 * has no place in the bundle. The types come from the committed schema.
 */
// gql.tada types a document as a parsed tree; nothing here reads the tree.
export const graphql = documentText as unknown as TypedGraphql;
