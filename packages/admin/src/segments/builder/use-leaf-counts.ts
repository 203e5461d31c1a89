import type { Leaf } from '@clientele/shared/segments';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useApollo } from '../../app/apollo.ts';
import { leafCount } from '../operations/asking.ts';

const PAUSE_MS = 600;
/** More sentences than a person looks through. */
const MOST = 12;

/**
 * How many people each question finds by itself: so that one sees which of them leaves nobody. Asked one by one, once
 * the whole is counted and only while that is quick: the whole never waits for its parts.
 * @param leaves questions that can be asked; empty while the whole is not counted yet
 */
export function useLeafCounts(leaves: () => readonly Leaf[]): {
  countOf: (leaf: Leaf) => number | null;
  forget: () => void;
} {
  const client = useApollo();
  const counts = shallowRef<ReadonlyMap<string, number>>(new Map());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();

  async function ask(): Promise<void> {
    asking = new AbortController();
    const { signal } = asking;
    for (const text of waiting()) {
      const count = await countOne(text, signal);
      if (signal.aborted || count === null) return;
      counts.value = new Map([...counts.value, [text, count]]);
    }
  }
  function waiting(): string[] {
    const texts = leaves()
      .slice(0, MOST)
      .map((leaf) => JSON.stringify(leaf));
    return [...new Set(texts)].filter((text) => !counts.value.has(text));
  }
  /** null: not counted; the others need not be asked either. */
  async function countOne(text: string, signal: AbortSignal): Promise<number | null> {
    try {
      const { data } = await client.query({
        query: leafCount,
        variables: { condition: JSON.parse(text) as unknown },
        fetchPolicy: 'no-cache',
        context: { fetchOptions: { signal } },
      });
      const answer = data?.segmentPreview;
      return answer?.__typename === 'SegmentPreview' && answer.exact ? answer.count : null;
    } catch {
      // A number beside a sentence is a help; without it the sentence says the same.
      return null;
    }
  }
  function stop(): void {
    clearTimeout(timer);
    asking.abort();
  }
  function plan(): void {
    stop();
    timer = setTimeout(() => void ask(), PAUSE_MS);
  }
  watch(() => JSON.stringify(leaves()), plan, { immediate: true });
  onScopeDispose(stop);
  return {
    countOf: (leaf) => counts.value.get(JSON.stringify(leaf)) ?? null,
    forget: () => {
      counts.value = new Map();
      plan();
    },
  };
}
