import type { Condition } from '../condition.ts';
import { segmentsNamed } from './references-of.ts';

export interface SegmentInOrder {
  readonly id: string;
  readonly condition: Condition;
}

/**
 * ORDER: each segment after all it is made of. CYCLE: segments each of which is made of the next one, the last of the
 * first: nobody can tell who belongs to them.
 */
export type SegmentOrder<Segment extends SegmentInOrder> =
  | { readonly kind: 'ORDER'; readonly order: readonly Segment[] }
  | { readonly kind: 'CYCLE'; readonly cycle: readonly Segment[] };

interface Step<Segment> {
  readonly segment: Segment;
  /** Those it is made of that were not looked at yet. */
  readonly ahead: Segment[];
}

/** Segments that are named but not given are left out: see `referencesOf` for what is gone. */
export function topologicalOrder<Segment extends SegmentInOrder>(
  segments: readonly Segment[],
): SegmentOrder<Segment> {
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const done = new Set<string>();
  const order: Segment[] = [];
  const step = (segment: Segment): Step<Segment> => ({
    segment,
    ahead: segmentsNamed(segment.condition).flatMap((id) => byId.get(id) ?? []),
  });
  for (const segment of segments) {
    // A way of steps instead of calls: a chain of segments may be longer than the stack is deep.
    const way = done.has(segment.id) ? [] : [step(segment)];
    const onWay = new Set(way.map((each) => each.segment.id));
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const next = last.ahead.shift();
      if (next === undefined) {
        way.pop();
        onWay.delete(last.segment.id);
        done.add(last.segment.id);
        order.push(last.segment);
      } else if (onWay.has(next.id)) {
        const from = way.findIndex((each) => each.segment.id === next.id);
        return { kind: 'CYCLE', cycle: way.slice(from).map((each) => each.segment) };
      } else if (!done.has(next.id)) {
        way.push(step(next));
        onWay.add(next.id);
      }
    }
  }
  return { kind: 'ORDER', order };
}
