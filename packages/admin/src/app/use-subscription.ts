import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { useApollo } from './apollo.ts';
import { failureOf, type Failure } from './failure.ts';

/** Listens while the component lives and `variables` gives something; a lost socket reconnects by itself. */
export function useSubscription<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables | null,
  heard: (data: Data) => void,
): { failure: ShallowRef<Failure | null> } {
  const client = useApollo();
  const failure = shallowRef<Failure | null>(null);
  let stop: (() => void) | null = null;
  watch(
    variables,
    (now, before) => {
      if (before !== undefined && JSON.stringify(now) === JSON.stringify(before)) return;
      stop?.();
      if (now === null) return;
      const subscription = client
        .subscribe<Data>({ query: document, variables: now } as never)
        .subscribe((result) => {
          failure.value = result.error === undefined ? null : failureOf(result.error);
          if (result.data !== undefined && result.data !== null) heard(result.data as Data);
        });
      stop = () => subscription.unsubscribe();
    },
    { immediate: true },
  );
  onScopeDispose(() => stop?.());
  return { failure };
}
