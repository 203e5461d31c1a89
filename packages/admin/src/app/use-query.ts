import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { useApollo } from './apollo.ts';
import { failureOf, type Failure } from './failure.ts';

export interface Query<Data> {
  /** The last whole answer; kept while the next one is on its way. */
  data: ShallowRef<Data | undefined>;
  loading: ShallowRef<boolean>;
  failure: ShallowRef<Failure | null>;
  reload: () => Promise<void>;
}

/**
 * A query that follows its variables. Asks nothing while `variables` gives null (nothing chosen yet), and shows what the
 * cache knows at once.
 */
export function useQuery<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables | null,
): Query<Data> {
  const client = useApollo();
  const data = shallowRef<Data>();
  const loading = shallowRef(false);
  const failure = shallowRef<Failure | null>(null);
  let observable = null as ReturnType<typeof client.watchQuery<Data, Variables>> | null;
  let stop: (() => void) | null = null;

  watch(
    variables,
    (now, before) => {
      if (now !== null && observable !== null && JSON.stringify(now) === JSON.stringify(before)) return;
      stop?.();
      observable = null;
      if (now === null) {
        data.value = undefined;
        loading.value = false;
        return;
      }
      observable = client.watchQuery({ query: document, variables: now } as never);
      const subscription = observable.subscribe((result) => {
        loading.value = result.loading;
        failure.value = result.error === undefined ? null : failureOf(result.error);
        if (result.dataState === 'complete') data.value = result.data as Data;
      });
      stop = () => subscription.unsubscribe();
    },
    { immediate: true },
  );
  onScopeDispose(() => stop?.());

  async function reload(): Promise<void> {
    if (observable === null) return;
    failure.value = null;
    loading.value = true;
    try {
      await observable.refetch();
    } catch (error) {
      failure.value = failureOf(error);
    } finally {
      loading.value = false;
    }
  }
  return { data, loading, failure, reload };
}
