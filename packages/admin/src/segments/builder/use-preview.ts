import type { Condition } from '@clientele/shared/segments';
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useApollo } from '../../app/apollo.ts';
import { failureOf, type Failure } from '../../app/failure.ts';
import { isRefusal, type AnyRefusal } from '../../app/refusal.ts';
import { segmentPreview, type PreviewAnswer } from '../operations/asking.ts';

export interface Preview {
  /** The last answer; of other conditions unless `isFresh`. */
  answer: ShallowRef<PreviewAnswer | null>;
  /** It is of the conditions as they stand. */
  isFresh: ComputedRef<boolean>;
  asking: ShallowRef<boolean>;
  refusal: ShallowRef<AnyRefusal | null>;
  failure: ShallowRef<Failure | null>;
  again: () => void;
}

/** After a person stops writing. */
const PAUSE_MS = 400;
/** An answer by a sample is asked again until it is counted. */
const EXACT_MS = 1_500;

/** How many fit, live. @param condition null: it cannot be asked as it stands */
export function usePreview(condition: () => Condition | null): Preview {
  const client = useApollo();
  const answer = shallowRef<PreviewAnswer | null>(null);
  const answered = shallowRef<string | null>(null);
  const wanted = computed(() => {
    const now = condition();
    return now === null ? null : JSON.stringify(now);
  });
  const asking = shallowRef(false);
  const refusal = shallowRef<AnyRefusal | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request = new AbortController();

  function plan(after: number): void {
    clearTimeout(timer);
    request.abort();
    timer = setTimeout(() => void ask(), after);
  }

  async function ask(): Promise<void> {
    const text = wanted.value;
    if (text === null) return;
    request = new AbortController();
    const { signal } = request;
    asking.value = true;
    [refusal.value, failure.value] = [null, null];
    try {
      const { data } = await client.query({
        query: segmentPreview,
        variables: { condition: JSON.parse(text) as unknown },
        fetchPolicy: 'no-cache',
        context: { fetchOptions: { signal } },
      });
      if (!signal.aborted && data !== undefined) take(data.segmentPreview, text);
    } catch (error) {
      if (!signal.aborted) failure.value = failureOf(error);
    } finally {
      if (!signal.aborted) asking.value = false;
    }
  }

  function take(outcome: { readonly __typename: string }, text: string): void {
    if (isRefusal(outcome)) {
      refusal.value = outcome as AnyRefusal;
      return;
    }
    answer.value = outcome as PreviewAnswer;
    answered.value = text;
    if (!answer.value.exact) timer = setTimeout(() => void ask(), EXACT_MS);
  }

  watch(
    wanted,
    (now, before) => {
      asking.value = now !== null;
      [refusal.value, failure.value] = [null, null];
      if (now === null) {
        clearTimeout(timer);
        request.abort();
      } else plan(before === undefined ? 0 : PAUSE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    request.abort();
  });
  return {
    answer,
    isFresh: computed(() => answered.value !== null && answered.value === wanted.value),
    asking,
    refusal,
    failure,
    again: () => plan(0),
  };
}
