import type { Condition } from '@clientele/shared/segments';
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { isRefusal, type AnyRefusal } from '../../app/refusal.ts';
import { useQuery, type Query } from '../../app/use-query.ts';
import { segmentExplanation } from '../operations/asking.ts';
import type { Explanation } from '../operations/explanation-facts.ts';

export interface CheckedPerson {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

export interface Check {
  /** Never in the address: it is somebody. */
  person: ShallowRef<CheckedPerson | null>;
  explanation: ComputedRef<Explanation | null>;
  /** What was decided at a node, by its path. */
  node: (path: string) => Explanation['nodes'][number] | undefined;
  refusal: ComputedRef<AnyRefusal | null>;
  query: Query<unknown>;
}

/** A purchase may come while somebody reads. */
const AGAIN_MS = 2_000;

/** Why somebody fits the conditions as they stand, or does not. @param condition null: they cannot be asked */
export function useCheck(condition: () => Condition | null): Check {
  const person = shallowRef<CheckedPerson | null>(null);
  const asked = computed(() => {
    const now = condition();
    return person.value === null || now === null ? null : { condition: now, profileId: person.value.id };
  });
  const query = useQuery(segmentExplanation, () => asked.value);
  const answered = shallowRef('');
  watch(query.data, () => (answered.value = JSON.stringify(asked.value)));
  // What was said of other conditions says nothing of these.
  const answer = computed(() =>
    asked.value !== null && answered.value === JSON.stringify(asked.value)
      ? (query.data.value?.segmentExplanation ?? null)
      : null,
  );
  const explanation = computed(() =>
    answer.value?.__typename === 'SegmentExplanation' ? answer.value : null,
  );
  const timer = setInterval(() => {
    if (asked.value !== null && !query.loading.value && !document.hidden) void query.reload();
  }, AGAIN_MS);
  onScopeDispose(() => clearInterval(timer));
  const byPath = computed(() => new Map(explanation.value?.nodes.map((node) => [node.path.join('.'), node])));
  return {
    person,
    explanation,
    node: (path) => byPath.value.get(path),
    refusal: computed(() =>
      answer.value !== null && isRefusal(answer.value) ? (answer.value as AnyRefusal) : null,
    ),
    query,
  };
}
