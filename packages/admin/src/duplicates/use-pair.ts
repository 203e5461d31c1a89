import { computed, shallowRef, watch } from 'vue';
import { newId } from '../app/new-id.ts';
import { isRefusal } from '../app/refusal.ts';
import { useMutation } from '../app/use-mutation.ts';
import { useQuery } from '../app/use-query.ts';
import { mergePreview, mergeProfiles } from './operations.ts';

/** Two profiles side by side: who stays, whose value wins, what comes of it. */
export function usePair(pair: () => { first: string; second: string } | null) {
  const swapped = shallowRef(false);
  const choices = shallowRef<Record<string, 'SURVIVOR' | 'OTHER'>>({});
  watch(
    () => `${pair()?.first} ${pair()?.second}`,
    () => {
      swapped.value = false;
      choices.value = {};
    },
  );
  const ids = computed(() => {
    const two = pair();
    if (two === null) return null;
    return swapped.value
      ? { survivorId: two.second, otherId: two.first }
      : { survivorId: two.first, otherId: two.second };
  });
  const query = useQuery(mergePreview, () => ids.value);
  // While the next pair is on its way the last one is not shown as it.
  const preview = computed(() => {
    const shown = query.data.value?.previewMerge;
    return shown && shown.survivor.id === ids.value?.survivorId && shown.other.id === ids.value.otherId
      ? shown
      : null;
  });
  const merging = useMutation(mergeProfiles);

  function swap(): void {
    swapped.value = !swapped.value;
    choices.value = {};
  }

  /** @returns what was merged into whom; null where nothing came of it: the refusal or failure is in `merging` */
  async function merge(): Promise<{ mergeId: string; survivorId: string } | null> {
    if (preview.value === null || ids.value === null || merging.running.value) return null;
    const { survivorVersion, otherVersion } = preview.value;
    const chosen = Object.entries(choices.value).map(([field, from]) => ({ field, from }));
    const outcome = await merging.run({
      input: { ...ids.value, requestId: newId(), choices: chosen, survivorVersion, otherVersion },
    });
    if (outcome === null) return null;
    if (isRefusal(outcome)) {
      await query.reload();
      return null;
    }
    return { mergeId: outcome.mergeId, survivorId: outcome.profile.id };
  }
  return { choices, query, preview, merging, swap, merge };
}
