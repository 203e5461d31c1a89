import { computed, onScopeDispose, shallowRef, type WritableComputedRef } from 'vue';
import { kept } from '../app/kept.ts';

/** A telephone, or half a window: the names of the navigation would take the page's place. */
const SMALL = '(width < 700px)';

/** Whether the navigation shows icons alone: as this person left it; in a small window until it is unfolded. */
export function useNarrow(): WritableComputedRef<boolean> {
  const chosen = kept('navigation.narrow', false, (value) => typeof value === 'boolean');
  const small = matchMedia(SMALL);
  const isSmall = shallowRef(small.matches);
  const isUnfolded = shallowRef(false);
  const judge = (): void => {
    [isSmall.value, isUnfolded.value] = [small.matches, false];
  };
  small.addEventListener('change', judge);
  onScopeDispose(() => small.removeEventListener('change', judge));
  return computed({
    get: () => (isSmall.value ? !isUnfolded.value : chosen.value),
    set: (narrow) => {
      if (isSmall.value) isUnfolded.value = !narrow;
      else chosen.value = narrow;
    },
  });
}
