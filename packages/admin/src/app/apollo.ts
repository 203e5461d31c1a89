import type { ApolloClient } from '@apollo/client';
import { inject, type InjectionKey } from 'vue';

export const apolloKey: InjectionKey<ApolloClient> = Symbol('apollo');

export function useApollo(): ApolloClient {
  const client = inject(apolloKey);
  if (client === undefined) throw new Error('No Apollo client is provided.');
  return client;
}
