import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useApollo } from './apollo.ts';
import { failureOf, type Failure } from './failure.ts';

/** A Relay connection, as `platform/graphql/paging` makes them. */
export interface Page<Node> {
  edges: readonly { node: Node }[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

export interface Connection<Node, Data> {
  items: ShallowRef<readonly Node[]>;
  /** The answer of the last page: counts beside the list. */
  data: ShallowRef<Data | undefined>;
  /** The first page is on its way; what was shown before stays meanwhile. */
  loading: ShallowRef<boolean>;
  loadingMore: ShallowRef<boolean>;
  hasMore: ShallowRef<boolean>;
  failure: ShallowRef<Failure | null>;
  /** Answered, and nothing in it. */
  isEmpty: ComputedRef<boolean>;
  loadMore: () => Promise<void>;
  reload: () => Promise<void>;
  /** Shows changed rows without asking again. */
  change: (edit: (items: readonly Node[]) => readonly Node[]) => void;
}

const PAGE_SIZE = 50;

type Paged<Variables> = Omit<Variables, 'after' | 'first'>;

/**
 * A list page by page (keyset: rows that come or go meanwhile shift nothing). Starts anew when `variables` change; asks
 * nothing while they are null. The document takes `$after: String, $first: Int`.
 */
export function useConnection<Data, Variables extends OperationVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Paged<Variables> | null,
  pick: (data: Data) => Page<Node> | null | undefined,
  pageSize = PAGE_SIZE,
): Connection<Node, Data> {
  const client = useApollo();
  const items = shallowRef<readonly Node[]>([]);
  const data = shallowRef<Data>();
  const [loading, loadingMore, hasMore] = [shallowRef(false), shallowRef(false), shallowRef(false)];
  const failure = shallowRef<Failure | null>(null);
  let cursor: string | null = null;
  let asking = new AbortController();

  async function ask(from: string | null): Promise<void> {
    const given = variables();
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (given === null) return forget();
    const busy = from === null ? loading : loadingMore;
    [loading.value, loadingMore.value] = [from === null, from !== null];
    failure.value = null;
    try {
      const answer = await client.query({
        query: document,
        variables: { ...given, first: pageSize, after: from },
        fetchPolicy: 'no-cache',
        context: { fetchOptions: { signal } },
      } as never);
      if (!signal.aborted) take(answer.data as Data, from);
    } catch (error) {
      if (!signal.aborted) failure.value = failureOf(error);
    } finally {
      if (!signal.aborted) busy.value = false;
    }
  }

  function take(answer: Data, from: string | null): void {
    const page = pick(answer);
    const nodes = page?.edges.map(({ node }) => node) ?? [];
    data.value = answer;
    items.value = from === null ? nodes : [...items.value, ...nodes];
    cursor = page?.pageInfo.endCursor ?? null;
    hasMore.value = page?.pageInfo.hasNextPage ?? false;
  }

  function forget(): void {
    [loading.value, loadingMore.value, hasMore.value] = [false, false, false];
    items.value = [];
    data.value = undefined;
  }

  watch(
    () => JSON.stringify(variables()),
    () => void ask(null),
    { immediate: true },
  );
  onScopeDispose(() => asking.abort());

  return {
    items,
    data,
    loading,
    loadingMore,
    hasMore,
    failure,
    isEmpty: computed(() => !loading.value && data.value !== undefined && items.value.length === 0),
    loadMore: async () => {
      if (hasMore.value && !loadingMore.value && !loading.value) await ask(cursor);
    },
    reload: () => ask(null),
    change: (edit) => {
      items.value = edit(items.value);
    },
  };
}
