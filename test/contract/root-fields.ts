import type { GraphQLField } from 'graphql';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { schema } from '@clientele/api/src/schema.ts';

/** An id of the right form, of a row nobody has. */
export const KNOWN_FORM = globalId('Store', '01938f6e-0000-7000-8000-000000000000');

export type RootField = GraphQLField<unknown, unknown>;

export function rootFields(): [name: string, operation: 'query' | 'mutation', field: RootField][] {
  const of = (operation: 'query' | 'mutation', type: ReturnType<typeof schema.getQueryType>) =>
    Object.values(type?.getFields() ?? {}).map((field): [string, 'query' | 'mutation', RootField] => [
      `${type?.name}.${field.name}`,
      operation,
      field,
    ]);
  return [...of('query', schema.getQueryType()), ...of('mutation', schema.getMutationType())];
}

export function scopeOf({ extensions }: RootField): string {
  const { pothosOptions } = extensions as { pothosOptions?: { authScopes?: unknown } };
  const scopes = pothosOptions?.authScopes;
  if (typeof scopes !== 'object' || scopes === null) return 'NONE';
  if ('anybody' in scopes && scopes.anybody === true) return 'anybody';
  return 'can' in scopes && typeof scopes.can === 'string' ? scopes.can : 'NONE';
}
