import { computed, shallowRef, watch } from 'vue';
import { useQuery } from '../app/use-query.ts';
import { importRun } from './operations.ts';
import { reportOf } from './report.ts';

const PAGE = 50;
const MOST = 100;

/** One run with its report and the first of its problems, more of them on demand. */
export function useRun(id: () => string) {
  const shown = shallowRef(PAGE);
  watch(id, () => (shown.value = PAGE));
  const query = useQuery(importRun, () =>
    id() === '' ? null : { id: id(), first: Math.min(shown.value, MOST), offset: 0 },
  );
  const run = computed(() => query.data.value?.importRun ?? null);
  const report = computed(() => (run.value === null ? null : reportOf(run.value)));
  const problems = computed(() => run.value?.problems ?? []);
  return {
    query,
    run,
    report,
    problems,
    hasMore: computed(() => problems.value.length === shown.value && shown.value < MOST),
    more: () => {
      shown.value = MOST;
    },
    reload: query.reload,
  };
}
