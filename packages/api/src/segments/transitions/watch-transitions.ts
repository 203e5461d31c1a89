import { RequestError } from '../../platform/errors.ts';
import type { GraphQLContext } from '../../platform/graphql/builder.ts';
import { liveValues, type LiveMessage } from '../../platform/live/index.ts';
import { readSegmentsById } from '../definitions/read-segments.ts';
import { readOnce } from './read-once.ts';
import { continuedAt, lastPosition, transitionsAfter, type TransitionRecord } from './read-transitions.ts';

const AT_ONCE = 100;

export const transitionsTopic = (segmentId: string): string => `segment:${segmentId}`;

/**
 * Who comes and goes from now on, or since a cursor: each once and in order, none left out, however long the reader was
 * away. However many watch a segment, what is new is read once in a process.
 * @throws RequestError BAD_REQUEST for no segment or no cursor, CURSOR_EXPIRED for one that is too old
 */
export async function watchTransitions(
  ctx: GraphQLContext,
  { segmentId, after }: { segmentId: string; after: string | null },
): Promise<AsyncIterableIterator<TransitionRecord>> {
  const [segment] = await readSegmentsById(ctx, [segmentId]);
  if (segment === undefined) throw new RequestError('BAD_REQUEST', 'There is no such segment.');
  let position =
    after === null ? await lastPosition(ctx, segmentId) : await continuedAt(ctx, segmentId, after);
  const { sql } = ctx.database;
  let heard: LiveMessage | null = null;
  const more = async (): Promise<TransitionRecord[] | null> => {
    if (heard === null) return null;
    const found = await readOnce(heard, `${segmentId} ${position}`, () =>
      transitionsAfter({ sql }, segmentId, position, AT_ONCE),
    );
    position = found.at(-1)?.position ?? position;
    return found.length === 0 ? null : found;
  };
  const read = (message: LiveMessage): Promise<TransitionRecord[] | null> => {
    heard = message;
    return more();
  };
  return oneByOne(await liveValues(ctx, [transitionsTopic(segmentId)], read), more);
}

/** A portion that was full may have more behind it, which nobody tells of again. */
function oneByOne<Value>(
  portions: AsyncIterableIterator<Value[]>,
  more: () => Promise<Value[] | null>,
): AsyncIterableIterator<Value> {
  let waiting: Value[] = [];
  let full = false;
  const values: AsyncIterableIterator<Value> = {
    async next() {
      while (waiting.length === 0) {
        const behind = full ? await more() : null;
        const portion = behind === null ? await portions.next() : { done: false as const, value: behind };
        if (portion.done) return { done: true, value: undefined };
        waiting = [...portion.value];
        full = waiting.length === AT_ONCE;
      }
      return { done: false, value: waiting.shift() as Value };
    },
    return: async () => {
      await portions.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => values,
  };
  return values;
}
