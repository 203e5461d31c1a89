import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { useSubscription } from '../../app/use-subscription.ts';
import { memberNews } from '../operations/asking.ts';

export interface News {
  /** Since the page was opened. */
  entered: ShallowRef<number>;
  left: ShallowRef<number>;
}

/** A whole base that is computed anew brings thousands at once. */
const PAUSE_MS = 300;

/** Who comes and goes while somebody looks. @param changed after a burst of it */
export function useNews(segmentId: () => string | null, changed: () => void): News {
  const [entered, left] = [shallowRef(0), shallowRef(0)];
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(segmentId, () => {
    [entered.value, left.value] = [0, 0];
  });
  useSubscription(
    memberNews,
    () => {
      const id = segmentId();
      return id === null ? null : { segmentId: id };
    },
    ({ segmentTransition }) => {
      if (segmentTransition.entered) entered.value += 1;
      else left.value += 1;
      clearTimeout(timer);
      timer = setTimeout(changed, PAUSE_MS);
    },
  );
  onScopeDispose(() => clearTimeout(timer));
  return { entered, left };
}
