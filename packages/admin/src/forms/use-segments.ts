import { computed, shallowRef, type ComputedRef } from 'vue';
import { useSession } from '../app/session.ts';
import { useQuery } from '../app/use-query.ts';
import { namedSegments, type FoundSegment } from './operations.ts';

/** Segments by their ids. @param ids null where nothing is named; those that are gone are missing in the answer */
export function useSegments(ids: () => readonly string[]): ComputedRef<ReadonlyMap<string, FoundSegment>> {
  const { may } = useSession();
  const named = useQuery(namedSegments, () =>
    ids().length === 0 || !may('segments.read') ? null : { ids: [...ids()].toSorted() },
  );
  return computed(
    () => new Map((named.data.value?.segments.edges ?? []).map(({ node }) => [node.id, node] as const)),
  );
}

/** Names of segments as sentences come upon them: those not known yet are asked for together, and stand as «…» till then. */
export function useSegmentNames(): (id: string) => string {
  const wanted = shallowRef<readonly string[]>([]);
  const known = useSegments(() => wanted.value);
  const met = new Set<string>();
  return (id) => {
    const segment = known.value.get(id);
    if (segment === undefined && !met.has(id)) {
      met.add(id);
      queueMicrotask(() => {
        if (wanted.value.length !== met.size) wanted.value = [...met];
      });
    }
    return segment?.name ?? '…';
  };
}
